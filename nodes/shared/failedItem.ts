import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { NodeApiError, NodeOperationError } from 'n8n-workflow';
import { UserError } from './core/userError';
import { isTool } from './guards';

/** Adds the item's index to an error, unless the call is made of several items. A UserError becomes a NodeOperationError with its description; any other error is wrapped. */
export function withItem(context: IExecuteFunctions, error: unknown, itemIndex?: number): NodeApiError | NodeOperationError {
	if (error instanceof NodeApiError || error instanceof NodeOperationError) {
		error.context.itemIndex = itemIndex;
		return error;
	}
	if (error instanceof UserError)
		return new NodeOperationError(context.getNode(), error.message, { itemIndex, description: error.description });
	return new NodeOperationError(context.getNode(), error as Error, { itemIndex });
}

/** In a tool n8n (2.41) gives the AI the message alone, so what to do belongs into it. */
export function forAi<E extends NodeApiError | NodeOperationError>(context: IExecuteFunctions, error: E): E {
	if (isTool(context) && error.description) error.message = `${error.message}. ${error.description}`;
	return error;
}

/**
 * The JSON of a failed item: message and description of the node, and the API's code, text, request ID and outcome. It has the one
 * field `error`, because then every version of n8n sends the item to the error output and keeps all of it.
 */
export function failureJson({ message, description, context }: NodeApiError | NodeOperationError): IDataObject {
	return { error: { message, description: description ?? '', ...(context.data as IDataObject | undefined) } };
}
