import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { NodeApiError, NodeOperationError } from 'n8n-workflow';
import type { Values } from './fields/field';
import { readFields } from './fields/read';
import { inOrder } from './inOrder';
import { selection, shaped } from './output/shape';
import type { Operation } from './operation';
import type { Resources } from './resource';
import { collectionOf, isWrite, optionalOf, shownOf } from './resource';
import type { Api } from './transport/client';
import { clientFor } from './transport/client';
import { Refusal } from './transport/refusal';
import type { ApiRequest, Send } from './transport/send';

const READS_AT_ONCE = 5;

interface RunOptions {
	readonly fieldsToReturn?: string;
	readonly itemsAtOnce?: number;
	/** Seconds. */
	readonly timeout?: number;
}

/** Runs the chosen operation for every item: results in the items' order, each paired with its item, also the failed ones. */
export async function runItems(context: IExecuteFunctions, api: Api, resources: Resources): Promise<INodeExecutionData[][]> {
	const count = context.getInputData().length;
	if (count === 0) return [[]];
	const operation = chosen(context, resources);
	if (isWrite(operation)) refuseUnaskedAi(context);
	const options = context.getNodeParameter('options', 0, {}) as RunOptions;
	const signal = context.getExecutionCancelSignal();
	const client = await clientFor(context, api, { signal, timeoutMs: options.timeout === undefined ? undefined : options.timeout * 1000 });
	const atOnce = options.itemsAtOnce ?? (isWrite(operation) ? 1 : READS_AT_ONCE);

	const results = await inOrder(
		count,
		atOnce,
		async (item) => {
			try {
				const items = await runItem(context, client, operation, item, options);
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

const isEmptyChange = (body: IDataObject) => Object.values(body).every((value) => value === undefined);

function chosen(context: IExecuteFunctions, resources: Resources): Operation {
	const resource = context.getNodeParameter('resource', 0);
	const key = context.getNodeParameter('operation', 0);
	const operation = resources[resource]?.operations[key];
	if (operation) return operation;
	throw new NodeOperationError(context.getNode(), `There is no operation '${key}' of '${resource}'`, { description: 'Choose the resource and the operation again, or update the package.' });
}

/** As a tool of an AI Agent the node is another type, whose name n8n ends with Tool. What the builder did not allow is refused. */
function refuseUnaskedAi(context: IExecuteFunctions): void {
	const { type, name } = context.getNode();
	if (!type.endsWith('Tool') || context.getNodeParameter('letAiWrite', 0, false) === true) return;
	throw new NodeOperationError(context.getNode(), 'The AI may not write with this tool', {
		description: `Nothing was sent. Whoever builds the workflow can switch on 'Let the AI Write' in the tool '${name}'.`,
	});
}

/** One item: read its fields, make the request, make the call, read the answer. */
async function runItem(context: IExecuteFunctions, client: Send, operation: Operation, item: number, { fieldsToReturn }: RunOptions): Promise<INodeExecutionData[]> {
	const timezone = context.getTimezone();
	const optionalFields = optionalOf(operation);
	const collection: IDataObject = Object.keys(optionalFields).length === 0 ? {} : (context.getNodeParameter(collectionOf(operation), item, {}) as IDataObject);
	const required = readFields(shownOf(operation), (name) => context.getNodeParameter(name, item, null), { timezone });
	const { rawBody, ...optional } = readFields(optionalFields, (name) => (name in collection ? collection[name] : undefined), { timezone }) as Values & { rawBody?: IDataObject };
	const values: Values = { ...required, ...optional };
	const { body, ...parts } = operation.request(values);
	if (operation.route.startsWith('PATCH ') && isEmptyChange({ ...body, ...rawBody })) throw new Refusal('There is nothing to change', 'Add at least one field to change.');
	const request: ApiRequest = {
		route: operation.route,
		...parts,
		...(body === undefined && rawBody === undefined ? {} : { body: { ...body, ...rawBody } }),
		...(typeof values.reference === 'string' ? { reference: values.reference } : {}),
		...(operation.lookIn === undefined ? {} : { lookIn: operation.lookIn }),
	};
	const items = await operation.output.read({ context, client, request, values });
	const simple = values.simplify === true ? operation.simple : undefined;
	return shaped(items, fieldsToReturn ? selection(fieldsToReturn.split(',').map((path) => path.trim())) : simple);
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
