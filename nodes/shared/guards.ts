import type { IExecuteFunctions } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';
import type { Operation } from './operation';
import { isWrite } from './resource';

/** As a tool of an AI Agent the node is another type, whose name n8n ends with Tool. What the builder did not allow is refused. */
function refuseUnaskedAi(context: IExecuteFunctions): void {
	const { type, name } = context.getNode();
	if (!type.endsWith('Tool') || context.getNodeParameter('letAiWrite', 0, false) === true) return;
	throw new NodeOperationError(context.getNode(), 'The AI may not write with this tool', {
		description: `Nothing was sent. Whoever builds the workflow can switch on 'Let the AI Write' in the tool '${name}'.`,
	});
}

/** An execution waits as a whole and has one address to be called back at. */
function refuseToWait(context: IExecuteFunctions, { name }: Operation, items: number): void {
	if (context.getNode().type.endsWith('Tool'))
		throw new NodeOperationError(context.getNode(), `An AI cannot use '${name}'`, {
			description: 'The conversation would have to stop until then. Give the AI the operation that reads how things stand.',
		});
	if (items > 1)
		throw new NodeOperationError(context.getNode(), `'${name}' takes one item at a time, but ${items} came in`, {
			description:
				'One execution can wait for one thing. Put a Loop Over Items node with a batch size of 1 before this node and lead its output back to the loop, or call a sub-workflow once for each item.',
		});
}

/** Refuses, before anything is sent, what this operation must not do here. */
export function guardOperation(context: IExecuteFunctions, operation: Operation, items: number): void {
	if (isWrite(operation)) refuseUnaskedAi(context);
	if (operation.output.waits) refuseToWait(context, operation, items);
}
