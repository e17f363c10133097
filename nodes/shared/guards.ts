import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';
import type { Fields } from './fields/field';
import type { Operation } from './operation';
import { collectionNameOf, isWrite } from './resource';

/** n8n gives a node in a tool of an AI Agent a type that ends with `Tool`. */
export const isTool = (context: IExecuteFunctions): boolean => context.getNode().type.endsWith('Tool');

/** A tool may write only if the author of the workflow allowed it. */
function refuseAiWrite(context: IExecuteFunctions): void {
	const { name, parameters } = context.getNode();
	const isExpression = (value: unknown) => typeof value === 'string' && value.startsWith('=');
	// The saved node counts, not what an expression gives: the AI writes parts of expressions.
	if (parameters.letAiWrite === true && !isExpression(parameters.resource) && !isExpression(parameters.operation)) return;
	throw new NodeOperationError(context.getNode(), 'The AI may not write with this tool', {
		description: `Nothing was sent. The author of the workflow can switch on 'Let the AI Write' in the tool '${name}'.`,
	});
}

/** In a tool these read what the AI gives. Other expressions, such as `$('Form').first().json.user.email`, are the author's. */
const BY_AI = /\$(fromai|json|input|data|tool|binary|parameter|thisitem|items)\b/i;

/** Who prepared and who approved something, and how long that holds, is what the workflow knows, not what an AI says. */
function refuseAiValues(context: IExecuteFunctions, operation: Operation): void {
	const { parameters } = context.getNode();
	const given = { ...parameters, ...(parameters[collectionNameOf(operation)] as IDataObject | undefined) };
	const fields: Fields = { ...operation.fields, ...operation.optional };
	const [, wrong] = Object.entries(fields).find(([name, field]) => field.notByAi && BY_AI.test(JSON.stringify(given[name] ?? ''))) ?? [];
	if (wrong === undefined) return;
	throw new NodeOperationError(context.getNode(), `The AI may not give '${wrong.property.displayName}'`, {
		description: "Nothing was sent. Take the value from a form or a login of the workflow, e.g. {{ $('Form').first().json.user.email }}.",
	});
}

/** An execution has one resume URL, so it can wait for one item only. */
function refuseToWait(context: IExecuteFunctions, { name }: Operation, items: number): void {
	if (isTool(context))
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
	if (isTool(context)) {
		if (isWrite(operation)) refuseAiWrite(context);
		refuseAiValues(context, operation);
	}
	if (operation.output.waits) refuseToWait(context, operation, items);
}
