import type { IDataObject, IExecuteFunctions, INode, INodeExecutionData, NodeExecutionHint } from 'n8n-workflow';
import { isObject } from '../core/isObject';
import type { Outcome } from '../http/request';
import { mask, sentNumbersIn } from '../swedish/masking';
import { looksLikePersonalNumber } from '../swedish/identityNumber';

/** One write of the run, from its receipt or from its error. */
export interface WriteNote {
	readonly reference?: string;
	readonly outcome: Outcome;
	readonly objectId?: string;
}

/** n8n (2.41) keeps 255 characters of a value, and ten values of an execution. */
const MOST_CHARACTERS = 255;

const textOf = (value: unknown) => (typeof value === 'string' || typeof value === 'number' ? String(value) : undefined);

/** The write of an item with a receipt or an error; undefined for an error before the write. */
export function noteOf({ receipt, error, id }: IDataObject): WriteNote | undefined {
	const { outcome, reference } = (receipt ?? error ?? {}) as IDataObject;
	if (typeof outcome !== 'string') return undefined;
	return { outcome: outcome as Outcome, reference: textOf(reference), objectId: textOf(id) };
}

const AFTER: ReadonlyArray<[Outcome, NodeExecutionHint['type'], string]> = [
	['created', 'info', 'created'],
	['accepted', 'info', 'accepted'],
	['found', 'info', 'there already and not sent again'],
	['replayed', 'info', 'executed by an earlier call and not executed again'],
	['validated', 'info', 'checked and not executed'],
	['rehearsed', 'warning', 'rehearsed and not sent, because Rehearsal is on in the credential'],
	['rejected', 'warning', 'refused'],
	['unknown', 'danger', 'not known to be executed: do what the message of the item says'],
];
const PLAIN: readonly Outcome[] = ['created', 'accepted'];

/** What became of the writes, in one sentence, where it is not the usual thing for all. */
function hintOfWrites(notes: readonly WriteNote[]): NodeExecutionHint[] {
	const counted = AFTER.map(([outcome, type, words]) => ({
		outcome,
		type,
		words,
		count: notes.filter((note) => note.outcome === outcome).length,
	}));
	const seen = counted.filter(({ count }) => count > 0);
	if (seen.every(({ outcome }) => PLAIN.includes(outcome))) return [];
	const parts = seen.map(({ count, words }) => `${count} ${words}`);
	return [
		{
			message: `${notes.length === 1 ? '1 write' : `${notes.length} writes`}: ${parts.join('; ')}.`,
			type: seen.at(-1)?.type,
			location: 'outputPane',
		},
	];
}

/** Fields to Return that no result has. */
function hintOfFields(items: readonly INodeExecutionData[], fields: readonly string[]): NodeExecutionHint[] {
	const results = items.filter(({ json }) => json.error === undefined);
	const missing = results.length === 0 ? [] : fields.filter((field) => results.every(({ json }) => json[field] === undefined));
	if (missing.length === 0) return [];
	const names = missing.map((name) => `'${name}'`).join(', ');
	return [
		{ message: `No result has the field ${names}. Remove 'Fields to Return' to see all fields.`, type: 'warning', location: 'outputPane' },
	];
}

const hintOfFilters = (count: number, hasFilters: boolean): NodeExecutionHint[] =>
	count > 0 || !hasFilters
		? []
		: [{ message: 'Nothing matches the filters. Remove one of them to see more.', type: 'info', location: 'outputPane' }];

/** What the settings of the node mean for this run. Only a recorded write is safe to repeat. */
export function hintsOfSettings(
	{ retryOnFail, executeOnce, alwaysOutputData }: INode,
	items: readonly INodeExecutionData[],
	{ writes, isRecorded }: { readonly writes: boolean; readonly isRecorded: boolean },
): string[] {
	// A write that failed is in the hint of the writes.
	const warned = items.filter(({ json }) => isObject(json.receipt) && json.receipt.warnings !== undefined).length;
	const failed = items.filter(({ json }) => json.error !== undefined && noteOf(json) === undefined).length;
	return [
		retryOnFail && isRecorded && 'Retry On Fail is on: after an error n8n runs all items again, and what was sent is not sent again.',
		executeOnce && writes && 'Execute Once is on: only the first item was used.',
		failed > 0 && `${failed === 1 ? '1 item' : `${failed} items`} failed. On Error lets the workflow go on, with the reason in 'error'.`,
		warned > 0 && `${warned === 1 ? '1 write has' : `${warned} writes have`} a warning: read 'warnings' in the receipt.`,
		alwaysOutputData && items.length === 0 && 'Always Output Data is on: the next node gets one empty item.',
	].filter((text) => typeof text === 'string');
}

/** Hints above the output. None where all is plain. */
export const hintsOf = (
	items: readonly INodeExecutionData[],
	notes: readonly WriteNote[],
	{ fields, hasFilters, others }: { readonly fields: readonly string[]; readonly hasFilters: boolean; readonly others: readonly string[] },
): NodeExecutionHint[] => [
	...hintOfWrites(notes),
	...hintOfFields(items, fields),
	...hintOfFilters(items.length, hasFilters),
	...others.map((message): NodeExecutionHint => ({ message, type: 'info', location: 'outputPane' })),
];

/** A reference stays as it is, so that a search finds it, unless it is the number of a person. */
const searchable = (text: string) => mask(text, looksLikePersonalNumber(text) ? undefined : sentNumbersIn({}, text));

/** Different values, as many as n8n keeps, with what an earlier node of the execution wrote. */
function joined(earlier: string | undefined, values: ReadonlyArray<string | undefined>): string {
	const all = new Set(earlier?.split(', '));
	for (const value of values) if (value !== undefined) all.add(searchable(value));
	let text = '';
	for (const value of all) {
		const longer = text === '' ? value : `${text}, ${value}`;
		if (longer.length > MOST_CHARACTERS) break;
		text = longer;
	}
	return text;
}

type CustomData = IExecuteFunctions['customData'];

/** Absent on n8n 1.x, and where there is no execution. */
function customDataOf(context: IExecuteFunctions): CustomData | undefined {
	try {
		return context.customData;
	} catch {
		return undefined;
	}
}

/** Makes n8n's list of executions find the run of a write: by its reference, its outcome, the API and the ID of the object. */
export function noteExecution(context: IExecuteFunctions, api: string, notes: readonly WriteNote[]): void {
	const data = notes.length === 0 ? undefined : customDataOf(context);
	if (data === undefined) return;
	const values = {
		api: [api],
		reference: notes.map(({ reference }) => reference),
		outcome: notes.map(({ outcome }) => outcome),
		objectId: notes.map(({ objectId }) => objectId),
	};
	for (const [key, some] of Object.entries(values)) {
		const text = joined(data.get(key), some);
		if (text !== '') data.set(key, text);
	}
}
