import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { NodeApiError, NodeOperationError } from 'n8n-workflow';
import type { Values } from './fields/field';
import { readFields } from './fields/read';
import { inOrder } from './inOrder';
import type { Operation } from './operation';
import type { Resources } from './resource';
import { collectionOf, isWrite, optionalOf } from './resource';
import type { Api } from './transport/client';
import { clientFor } from './transport/client';
import { Refusal } from './transport/refusal';
import type { ApiRequest, Send } from './transport/send';

const READS_AT_ONCE = 5;

/** Runs the chosen operation for every item: results in the items' order, each paired with its item, also the failed ones. */
export async function runItems(context: IExecuteFunctions, api: Api, resources: Resources): Promise<INodeExecutionData[][]> {
	const count = context.getInputData().length;
	if (count === 0) return [[]];
	const operation = chosen(context, resources);
	const options = context.getNodeParameter('options', 0, {}) as { itemsAtOnce?: number; timeout?: number };
	const signal = context.getExecutionCancelSignal();
	const client = await clientFor(context, api, { signal, timeoutMs: options.timeout === undefined ? undefined : options.timeout * 1000 });
	const atOnce = options.itemsAtOnce ?? (isWrite(operation) ? 1 : READS_AT_ONCE);

	const results = await inOrder(
		count,
		atOnce,
		async (item) => {
			try {
				const items = await runItem(context, client, operation, item);
				return items.map((one) => ({ ...one, pairedItem: { item } }));
			} catch (error) {
				const failure = withItem(context, error, item);
				if (!context.continueOnFail()) throw failure;
				return [{ json: failureJson(failure), pairedItem: { item } }];
			}
		},
		signal,
	);
	return [results.flat()];
}

function chosen(context: IExecuteFunctions, resources: Resources): Operation {
	const resource = context.getNodeParameter('resource', 0);
	const key = context.getNodeParameter('operation', 0);
	const operation = resources[resource]?.operations[key];
	if (operation) return operation;
	throw new NodeOperationError(context.getNode(), `There is no operation '${key}' of '${resource}'`, { description: 'Choose the resource and the operation again, or update the package.' });
}

/** One item: read its fields, make the request, make the call, read the answer. */
async function runItem(context: IExecuteFunctions, client: Send, operation: Operation, item: number): Promise<INodeExecutionData[]> {
	const timezone = context.getTimezone();
	const optionalFields = optionalOf(operation);
	const collection: IDataObject = Object.keys(optionalFields).length === 0 ? {} : (context.getNodeParameter(collectionOf(operation), item, {}) as IDataObject);
	const required = readFields({ ...operation.fields, ...operation.output.fields }, (name) => context.getNodeParameter(name, item, null), { timezone });
	const { rawBody, ...optional } = readFields(optionalFields, (name) => (name in collection ? collection[name] : undefined), { timezone }) as Values & { rawBody?: IDataObject };
	const values: Values = { ...required, ...optional };
	const { body, ...parts } = operation.request(values);
	const request: ApiRequest = {
		route: operation.route,
		...parts,
		...(body === undefined && rawBody === undefined ? {} : { body: { ...body, ...rawBody } }),
		...(typeof values.reference === 'string' ? { reference: values.reference } : {}),
		...(operation.lookIn === undefined ? {} : { lookIn: operation.lookIn }),
	};
	return await operation.output.read({ context, client, request, values });
}

/** Names the item in an error; a Refusal becomes the user's error, everything unforeseen keeps its own. */
function withItem(context: IExecuteFunctions, error: unknown, itemIndex: number): NodeApiError | NodeOperationError {
	if (error instanceof NodeApiError || error instanceof NodeOperationError) {
		error.context.itemIndex = itemIndex;
		return error;
	}
	if (error instanceof Refusal) return new NodeOperationError(context.getNode(), error.message, { itemIndex, description: error.description });
	return new NodeOperationError(context.getNode(), error as Error, { itemIndex });
}

/**
 * What a failed item carries on: our words, and the API's own code, text, request id and what is known of the outcome.
 * All under `error` alone: so every n8n sends the item to the error output, and none cuts it down to its message.
 */
function failureJson({ message, description, context }: NodeApiError | NodeOperationError): IDataObject {
	return { error: { message, description: description ?? '', ...(context.data as IDataObject | undefined) } };
}
