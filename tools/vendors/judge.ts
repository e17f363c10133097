/** What a reader may see of the same values, and what counts as a refusal. Pure. */
import type { Behaviour } from '../../sandbox/vendors/position';
import { type Fields, isFields } from '../../sandbox/vendors/writeFields';

export type Verdict = 'works' | 'refused' | 'defect';

export interface Judged {
	readonly verdict: Verdict;
	/** The message of a refusal, or what is wrong. */
	readonly message?: string;
}

/** What a run of a node shows. */
export interface Shown {
	readonly rows: readonly Fields[];
	readonly error?: { readonly message: string; readonly description?: string; readonly name: string };
	readonly calls: number;
}

export const defect = (message: string): Judged => ({ verdict: 'defect', message });
export const WORKS: Judged = { verdict: 'works' };

const NUMBER = /^([+-]?)(\d+)(?:[.,](\d+))?(?:e([+-]?\d+))?$/i;
const DATE = /^(\d{4}-\d{2}-\d{2})(?:T\d{2}:\d{2}.*)?$/;

/** Digits and exponent, without the zeros that say nothing. */
function canonicalNumber(text: string): string | undefined {
	const [, sign, whole, fraction = '', exponent = '0'] = NUMBER.exec(text) ?? [];
	if (whole === undefined) return undefined;
	const digits = (whole + fraction).replace(/^0+/, '');
	const short = digits.replace(/0+$/, '');
	if (short === '') return '0';
	return `${sign === '-' ? '-' : ''}${short}e${Number(exponent) - fraction.length + digits.length - short.length}`;
}

function canonicalDate(text: string): string | undefined {
	const [, day] = DATE.exec(text) ?? [];
	if (day === undefined) return undefined;
	const at = Date.parse(text);
	return text.length === 10 || /T00:00(:00)?/.test(text) || Number.isNaN(at) ? day : new Date(at).toISOString();
}

/** The same text for two writings of one value. */
function canonical(value: unknown): string {
	const text = String(value);
	return canonicalNumber(text) ?? canonicalDate(text) ?? text.toLowerCase();
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
/** An ID as the vendor shows it. */
export const idOf = (id: string, vendor: Behaviour): unknown => (UUID.test(id) ? (vendor.idNumber?.write(id) ?? vendor.id(id)) : id);

/** The writings that a vendor may give to a value. */
function writingsOf(value: unknown, vendor: Behaviour): unknown[] {
	const text = typeof value === 'string' ? value : undefined;
	const at = text === undefined || !DATE.test(text) ? NaN : Date.parse(text);
	return [
		value,
		vendor.amount(value),
		...(text === undefined
			? []
			: [idOf(text, vendor), vendor.code(text), vendor.day(text), vendor.personalNumber(text), vendor.status(text)]),
		...(Number.isNaN(at) ? [] : [vendor.moment(at)]),
	];
}

const isEmpty = (value: unknown) => value === undefined || value === null || value === '';

/** The first path at which a value is not what the vendor may make of the expected one. */
function difference(expected: unknown, seen: unknown, vendor: Behaviour, ignored: ReadonlySet<string>, path = ''): string | undefined {
	if (isEmpty(expected) && isEmpty(seen)) return undefined;
	if (Array.isArray(expected) && Array.isArray(seen)) {
		if (expected.length !== seen.length) return `${path} has ${seen.length} entries instead of ${expected.length}`;
		return expected.map((one, index) => difference(one, seen[index], vendor, ignored, `${path}[${index}]`)).find(Boolean);
	}
	if (isFields(expected) && isFields(seen)) {
		const names = new Set([...Object.keys(expected), ...Object.keys(seen)]);
		return [...names]
			.filter((name) => !ignored.has(name))
			.map((name) => difference(expected[name], seen[name], vendor, ignored, `${path}.${name}`))
			.find(Boolean);
	}
	const seenText = canonical(seen);
	if (writingsOf(expected, vendor).some((writing) => canonical(writing) === seenText)) return undefined;
	return `${path} is ${JSON.stringify(seen)} instead of ${JSON.stringify(expected)}`;
}

const nameOf = ({ id, key, company_id }: Fields, vendor: Behaviour) => {
	const name = id ?? key ?? company_id;
	return isEmpty(name) ? undefined : canonical(typeof name === 'string' ? idOf(vendor.code(name), vendor) : name);
};

/** All expected rows, or `limit` of them, each once. */
export function judgeRows(
	expected: readonly Fields[],
	seen: readonly Fields[],
	{ vendor, ignored, limit }: { vendor: Behaviour; ignored: ReadonlySet<string>; limit?: number },
): Judged {
	const count = Math.min(limit ?? Infinity, expected.length);
	if (seen.length !== count) return defect(`${seen.length} rows instead of ${count}`);
	const named = new Map(expected.map((row) => [nameOf(row, vendor), row]));
	if (named.has(undefined) || named.size < expected.length) {
		const wrong = limit === undefined ? difference(expected, seen, vendor, ignored) : undefined;
		return wrong === undefined ? WORKS : defect(wrong);
	}
	for (const row of seen) {
		const name = canonical(row.id ?? row.key ?? row.company_id);
		const match = named.get(name);
		if (match === undefined) return defect(`row ${name} is not expected, or comes twice`);
		named.delete(name);
		const wrong = difference(match, row, vendor, ignored);
		if (wrong !== undefined) return defect(`row${wrong}`);
	}
	return WORKS;
}

/** Words of a crash, and values that an error has put into its own text. */
export const CRASH = /undefined|is not a function|Cannot read|Unexpected token|not iterable|\[object|NaN|is not valid JSON/;
const MAX_CALLS = 400;

/** A run that ended with an error: a refusal in words, or a defect. */
export function judgeError({ error, calls }: Shown): Judged | undefined {
	if (calls > MAX_CALLS) return defect(`${calls} calls for one run`);
	if (error === undefined) return undefined;
	const { message, description = '', name } = error;
	if (!/^Node(Api|Operation)Error$/.test(name)) return defect(`${name}: ${message}`);
	if (CRASH.test(message) || CRASH.test(description)) return defect(`an error in the words of a program: ${message} ${description}`);
	if (message === '' || description === '') return defect(`an error without advice: ${message}`);
	return { verdict: 'refused', message };
}

/** One write, or two under one reference: what each run shows, and what the API executed in it. */
export interface WriteRuns {
	readonly runs: ReadonlyArray<Shown & { readonly executed: number }>;
	readonly isRecorded: boolean;
	/** The ID of what was made, where the sandbox's books show it. */
	readonly madeId?: string;
	/** The amounts that were sent, and their sum. */
	readonly amounts?: readonly unknown[];
	readonly vendor: Behaviour;
}

const AMOUNT = /^(amount|total_amount)$/;

/** The amounts in a value, at any depth. */
export function amountsIn(value: unknown): unknown[] {
	if (Array.isArray(value)) return value.flatMap(amountsIn);
	if (!isFields(value)) return [];
	return Object.entries(value).flatMap(([name, field]) => (AMOUNT.test(name) && !isEmpty(field) ? [field] : amountsIn(field)));
}

const outcomeOf = ({ receipt }: Fields) => (isFields(receipt) ? String(receipt.outcome) : undefined);

export function judgeWrite({ runs, isRecorded, madeId, amounts = [], vendor }: WriteRuns): Judged {
	const executed = runs.reduce((sum, run) => sum + run.executed, 0);
	const tooOften = isRecorded ? executed > 1 : runs.some((run) => run.executed > 1);
	if (tooOften) return defect(`executed ${executed} times`);
	let refusal: Judged | undefined;
	let soFar = 0;
	for (const run of runs) {
		soFar += run.executed;
		const failed = judgeError(run);
		if (failed?.verdict === 'defect') return failed;
		if (failed !== undefined) {
			if (soFar > 0 && /outcome: rejected|did not accept/.test(`${failed.message} ${run.error?.description}`) && run.executed > 0)
				return defect(`executed, and called rejected: ${failed.message}`);
			refusal = failed;
			continue;
		}
		const [row] = run.rows;
		if (row === undefined) return defect('no item and no error');
		const outcome = outcomeOf(row);
		if (outcome === undefined) return defect('an item without an outcome');
		if (/^(created|accepted|found|replayed)$/.test(outcome) && soFar === 0) return defect(`called ${outcome}, and nothing was executed`);
		if (outcome === 'rejected' && run.executed > 0) return defect('executed, and called rejected');
		const other = amounts.length > 0 && amountsIn(row).find((shown) => !amounts.some((sent) => canonical(sent) === canonical(shown)));
		if (other !== undefined && other !== false) return defect(`called ${outcome}, and shows the amount ${JSON.stringify(other)}`);
		if (madeId !== undefined && row.id !== undefined && canonical(row.id) !== canonical(idOf(madeId, vendor)))
			return defect(`shows the object ${String(row.id)}, and made ${madeId}`);
	}
	// What is not recorded may be refused the second time, because it is done.
	const decisive = isRecorded ? runs.slice(-1) : runs;
	if (executed > 0 && decisive.some(({ error }) => error === undefined)) return WORKS;
	return refusal ?? defect('nothing was executed, and no error says so');
}
