import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';
import { failureJson, forAi, withItem } from './failedItem';
import { guardOperation } from './guards';
import { foldId, foldLookAlikes } from './core/lookAlikes';
import { mapConcurrent } from './core/mapConcurrent';
import type { Operation } from './operation';
import type { SimpleFields } from './output/shape';
import { ALWAYS_RETURNED, selectedFields, fieldSelector } from './output/shape';
import { requireNoStop } from './fields/checkedReader';
import { previewOf } from './output/preview';
import { hintsOf, hintsOfSettings, noteExecution, noteOf, type WriteNote } from './output/runNotes';
import { readItem } from './readItem';
import { checkTogether, explained } from './severalCalls';
import type { Resources } from './resource';
import { isPreview, isRecorded, isWrite } from './resource';
import type { Api } from './client';
import { clientFor, namesWith } from './client';
import { connectionStateOf } from './connectionState';
import { UserError } from './core/userError';
import { trimmed } from './http/environments';
import type { ApiRequest, SendRequest } from './http/request';

const READS_AT_ONCE = 5;

interface RunOptions {
	readonly selected?: SimpleFields;
	readonly itemsAtOnce?: number;
	readonly timeoutMs?: number;
}

/** The options of the run. Throws when a value is invalid, because n8n would ignore it silently. */
function runOptionsOf(context: IExecuteFunctions, { output }: Operation): RunOptions {
	const options = context.getNodeParameter('options', 0, {}) as IDataObject;
	const { itemsAtOnce, timeout } = options;
	const aboveZero = (value: unknown, label: string, isRight: (number: number) => boolean) => {
		const number = Number(value);
		if (value === undefined || (value !== '' && isRight(number))) return value === undefined ? undefined : number;
		throw new NodeOperationError(context.getNode(), `'${label}': '${String(value)}' is not a number above zero`, {
			description: 'Correct or remove the option.',
		});
	};
	const seconds = aboveZero(timeout, 'Timeout', (number) => number > 0);
	return {
		selected: selectedFields(options, output),
		itemsAtOnce: aboveZero(itemsAtOnce, 'Items at Once', (number) => Number.isInteger(number) && number > 0),
		timeoutMs: seconds === undefined ? undefined : seconds * 1000,
	};
}

/**
 * Runs the chosen operation for every item, or once for all items. The results are in the order of the items. Each result, also a
 * failed one, is paired with its items.
 */
export async function runItems(context: IExecuteFunctions, api: Api, resources: Resources): Promise<INodeExecutionData[][]> {
	const all = context.getInputData().map((_, index) => index);
	if (all.length === 0) return [[]];
	const operation = chosen(context, resources);
	guardOperation(context, operation, all.length);
	const options = runOptionsOf(context, operation);
	const signal = context.getExecutionCancelSignal();
	const calls = operation.perRow ? [all] : all.map((item) => [item]);
	const atOnce = options.itemsAtOnce ?? (isWrite(operation) ? 1 : READS_AT_ONCE);

	const notes: WriteNote[] = [];
	const hints = new Set<string>();
	const note = (json: IDataObject) => {
		const write = isWrite(operation) ? noteOf(json) : undefined;
		if (write !== undefined) notes.push(write);
	};

	/** Results paired with their items. An error becomes an item where the user lets the node continue. */
	const attempt = async (items: readonly number[], task: () => Promise<INodeExecutionData[]>): Promise<INodeExecutionData[]> => {
		const pairedItem = items.length === 1 ? { item: items[0] } : items.map((item) => ({ item }));
		try {
			const results = await task();
			// Set in place, because copies of 100,000 results need too much memory.
			for (const result of results) {
				result.pairedItem ??= pairedItem;
				note(result.json);
			}
			return results;
		} catch (error) {
			const failure = forAi(context, withItem(context, error, items.length === 1 ? items[0] : undefined));
			const json = failureJson(failure);
			note(json);
			if (!context.continueOnFail()) throw failure;
			return [{ json, pairedItem }];
		}
	};

	const run = async (call: number): Promise<INodeExecutionData[]> => {
		const items = calls[call];
		const clientOf = async (sendsNothing: boolean) =>
			await clientFor(context, api, { signal, timeoutMs: options.timeoutMs, item: items[0], isPreview: sendsNothing });
		const all: Array<() => Promise<INodeExecutionData[]>> = [];
		const ended = await attempt(items, async () => {
			await requireSameConnection(context, api, items);
			const client = await clientOf(isPreview(operation));
			const { values, findings, isComplete, calls: parts } = readItem(context, operation, items);
			const select = fieldSelector(options.selected ?? (values.simplify === true ? operation.simple : undefined));
			const { credential, connectionOf } = api;
			const shared = async () => {
				const connection = connectionOf(await context.getCredentials(credential, items[0]));
				const state = connectionStateOf(connection);
				return { connection, names: namesWith(state, client), once: state.once };
			};
			const completed = async (request: ApiRequest) =>
				(await api.complete?.(request, async (...of) => await (await shared()).names(...of))) ?? request;
			const hint = (message: string) => hints.add(message);
			if (operation.preview) {
				const completing: SendRequest = async (request) => await client(await completed(request));
				return await previewOf({
					totals: operation.preview(values),
					findings,
					isComplete,
					calls: parts,
					client: completing,
					items,
					select,
					hint,
				});
			}
			requireNoStop(findings);
			const known = await Promise.all(parts().map(async (part) => ({ ...part, request: await completed(part.request) })));
			await checkTogether(known, async () => await clientOf(true));
			const itemsOfCalls = known.map((part) => part.items);
			const result = { context, client, credential, connectionOf, values, shared, hint, select };
			for (const [index, part] of known.entries()) {
				const execute = async () => {
					const results = await operation.output.execute({ ...result, request: part.request });
					part.request.remarks?.forEach(hint);
					return results;
				};
				all.push(
					async () =>
						await attempt(part.items, async () => await execute().catch(explained(index, itemsOfCalls, context.continueOnFail()))),
				);
			}
			return [];
		});
		return [...ended, ...(await mapConcurrent(all.length, 1, async (index) => await all[index](), signal)).flat()];
	};
	try {
		const results = (await mapConcurrent(calls.length, atOnce, run, signal)).flat();
		const fields = Object.keys(options.selected ?? {}).filter(
			(name) => ![...ALWAYS_RETURNED, ...(operation.output.keeps ?? [])].includes(name),
		);
		// A remark on the filters says more than that nothing matches them.
		const hasFilters =
			hints.size === 0 && !isWrite(operation) && Object.keys(context.getNodeParameter('filters', 0, {}) as IDataObject).length > 0;
		const others = [
			...hints,
			...hintsOfSettings(context.getNode(), results, { writes: isWrite(operation), isRecorded: isRecorded(operation) }),
		];
		context.addExecutionHints(...hintsOf(results, notes, { fields, hasFilters, others }));
		return [results];
	} finally {
		noteExecution(context, api.name, notes);
	}
}

function chosen(context: IExecuteFunctions, resources: Resources): Operation {
	const resource = context.getNodeParameter('resource', 0);
	const key = context.getNodeParameter('operation', 0);
	const operation = resources[resource]?.operations[key];
	if (operation) return operation;
	throw new NodeOperationError(context.getNode(), `There is no operation '${key}' of '${resource}'`, {
		description: 'Choose the resource and the operation again, or update the package.',
	});
}

/** Items that become one call are sent with one credential, so an expression in it must mean the same for all of them. */
async function requireSameConnection(context: IExecuteFunctions, { credential, connectionOf }: Api, items: readonly number[]) {
	if (items.length === 1) return;
	const meant = async (item: number) => {
		const data = await context.getCredentials(credential, item);
		const { baseUrl, identity, rehearsal, slash, corrections } = connectionOf(data);
		return JSON.stringify([
			baseUrl,
			identity,
			rehearsal,
			slash,
			corrections?.text,
			...[data.tenantId, data.clientId].map((id) => foldId(foldLookAlikes(trimmed(id)))),
		]);
	};
	const first = await meant(items[0]);
	for (const item of items)
		if ((await meant(item)) !== first)
			throw new UserError(
				`Row ${item + 1}: the credential means another client, tenant, address or rehearsal than for row ${items[0] + 1}`,
				'Nothing was sent. All rows become one call. Split them before this node, so that each run has one of them.',
			);
}
