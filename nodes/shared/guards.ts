import type { IExecuteFunctions } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';
import type { Operation } from './operation';
import { isWrite } from './resource';

/** n8n gives a node in a tool of an AI Agent a type that ends with `Tool`. Such a node may write only if the author of the workflow allowed it. */
function refuseAiWrite(context: IExecuteFunctions): void {
	const { type, name, parameters } = context.getNode();
	if (!type.endsWith('Tool')) return;
	const isExpression = (value: unknown) => typeof value === 'string' && value.startsWith('=');
	// The saved node counts, not what an expression gives: the AI writes parts of expressions.
	if (parameters.letAiWrite === true && !isExpression(parameters.resource) && !isExpression(parameters.operation)) return;
	throw new NodeOperationError(context.getNode(), 'The AI may not write with this tool', {
		description: `Nothing was sent. The author of the workflow can switch on 'Let the AI Write' in the tool '${name}'.`,
	});
}

/** An execution has one resume URL, so it can wait for one item only. */
function refuseToWait(context: IExecuteFunctions, { name }: Operation, items: number): void {
	if (context.getNode().type.endsWith('Tool'))
		throw new NodeOperationError(context.getNode(), `An AI cannot use '${name}'`, {
			description: 'The conversation would have to stop until then. Give the AI the operation that reads the current state.',
		});
	if (items > 1)
		throw new NodeOperationError(context.getNode(), `'${name}' takes one item at a time, but ${items} came in`, {
			description:
				'One execution can wait for one thing. Put a Loop Over Items node with a batch size of 1 before this node and lead its output back to the loop, or call a sub-workflow once for each item.',
		});
}

/** Throws a NodeOperationError before anything is sent when this node must not run the operation. */
export function guardOperation(context: IExecuteFunctions, operation: Operation, items: number): void {
	if (isWrite(operation)) refuseAiWrite(context);
	if (operation.output.waits) refuseToWait(context, operation, items);
}
