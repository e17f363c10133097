import type { IDataObject, NodeApiError } from 'n8n-workflow';
import { REPORT_IT, UserError } from '../core/userError';
import { rowsOf } from '../http/listAnswer';
import type { Paging } from '../http/pagination';
import type { ApiRequest, SendRequest } from '../http/request';
import type { Finding } from './finding';
import { notChecked, notOk, ok } from './finding';
import type { ReadFailure } from './reads';
import { failureOf, readFinding } from './reads';

/** Calls of one look at a list, so that the check stays quick on a long history. */
const MOST_CALLS = 6;
/** A shorter list has no second page to look at. */
const FEWEST_ROWS = 3;

class EnoughCallsError extends Error {}

/** What a look at a list showed. */
export interface ListLook<T = unknown> {
	/** Without repetitions. */
	readonly rows: readonly IDataObject[];
	readonly calls: number;
	/** Number of calls that brought new rows. */
	readonly pages: number;
	readonly largestPage: number;
	/** The look ended before the list. */
	readonly isLonger: boolean;
	/** Why the list cannot be read. */
	readonly failure?: ReadFailure;
	/** Why its second page cannot be read. */
	readonly secondPageFailure?: string;
	/** What the reader found. */
	readonly result?: T;
}

/** Lets a reader of the nodes read a list with a few calls at most, and notes what it gets. Never throws. */
export async function lookAtList<T>(client: SendRequest, reader: (send: SendRequest) => Promise<T>): Promise<ListLook<T>> {
	const rows = new Map<unknown, IDataObject>();
	let [calls, pages, largestPage] = [0, 0, 0];
	const send: SendRequest = async (request) => {
		if (calls === MOST_CALLS) throw new EnoughCallsError();
		calls += 1;
		const response = await client(request);
		const page = rowsOf(response.body);
		const before = rows.size;
		for (const row of page) if (!rows.has(row.id ?? row)) rows.set(row.id ?? row, row);
		if (rows.size > before) pages += 1;
		largestPage = Math.max(largestPage, page.length);
		return response;
	};
	const end = await reader(send).then(
		(result) => ({ result, isLonger: false }),
		(error: unknown) =>
			error instanceof EnoughCallsError ? { isLonger: true } : { isLonger: false, failure: listFailure(error as Partial<NodeApiError>) },
	);
	return { rows: [...rows.values()], calls, pages, largestPage, ...end };
}

const listFailure = (error: Partial<NodeApiError>): ReadFailure =>
	error instanceof UserError ? { why: `${error.message}: ${error.description}` } : failureOf(error);

/** Reads a list that came in one page in pages of half its rows, as a longer list would come, and adds why its second page cannot be read. */
export async function withSecondPage(client: SendRequest, paging: Paging, request: ApiRequest, look: ListLook): Promise<ListLook> {
	const { rows, pages, failure } = look;
	if (failure !== undefined || pages > 1 || rows.length < FEWEST_ROWS) return look;
	const size = Math.ceil(rows.length / 2);
	const half = await lookAtList(client, async (send) => {
		const reading = paging(send, request, size);
		await reading.next();
		await reading.next();
	});
	const isCut = half.pages < 2 && half.rows.length < rows.length;
	const reason = isCut ? `In pages of ${size} it gives ${half.rows.length} rows of ${rows.length}` : undefined;
	return { ...look, secondPageFailure: half.failure?.why ?? reason };
}

const rowCount = (count: number, [one, many]: Nouns) => (count === 1 ? `1 ${one}` : `${count} ${many}`);

/** Singular and plural of what a list holds. */
export type Nouns = readonly [one: string, many: string];

/** Whether the list in which the nodes look for a reference can be read to its end. */
export function listFinding(check: string, api: string, nouns: Nouns, look: ListLook | undefined, scopeAdvice: string): Finding {
	if (look === undefined) return notChecked(check);
	const { failure, secondPageFailure, rows, calls, largestPage, isLonger } = look;
	const [, many] = nouns;
	if (failure !== undefined)
		return failure.status === undefined
			? notOk(
					check,
					'failed',
					failure.why,
					`Nothing is sent while this is so, because the node looks for the reference in this list first. ${REPORT_IT}`,
				)
			: readFinding(check, api, many, failure, scopeAdvice);
	if (secondPageFailure !== undefined)
		return notOk(
			check,
			'warning',
			`All ${many} are on one page now, but a second page could not be read: ${secondPageFailure}`,
			`Nothing is sent once there are more ${many} than ${api} gives on a page. ${REPORT_IT}`,
		);
	const what = `${rowCount(rows.length, nouns)} in ${calls === 1 ? '1 call' : `${calls} calls`}, at most ${largestPage} on a page`;
	return ok(check, isLonger ? `The nodes can read the first ${what}; there are more` : `The nodes can read the list to its end: ${what}`);
}

/** A value as its shape alone: it may be about a person. */
const shapeOf = (value: unknown) => `'${String(value).slice(0, 40).replace(/\p{L}/gu, 'a').replace(/\d/g, '9')}'`;

/** Whether the rows have a date that the nodes can read; `fields` are its names, the first one that a row has counts. */
export function datesFinding(
	check: string,
	api: string,
	[one, many]: Nouns,
	look: ListLook | undefined,
	fields: readonly string[],
	isReadable: (row: IDataObject) => boolean,
): Finding {
	if (look === undefined || look.failure !== undefined) return notChecked(check);
	const { rows } = look;
	if (rows.length === 0) return nothingYet(check, `There is no ${one} yet whose dates could be looked at`);
	const unreadable = rows.filter((row) => !isReadable(row));
	if (unreadable.length === 0) return ok(check, `The nodes can read the dates of all ${rowCount(rows.length, [one, many])}`);
	const name = fields.find((field) => unreadable[0][field] !== undefined && unreadable[0][field] !== null);
	const seen = name === undefined ? `there is no ${fields.join(' or ')}` : `${name} is written as ${shapeOf(unreadable[0][name])}`;
	return notOk(
		check,
		'warning',
		`${unreadable.length} of ${rowCount(rows.length, [one, many])} of ${api} have no date that the nodes can read: ${seen}`,
		`Triggers and limits per day do not see these ${many}. ${REPORT_IT}`,
	);
}

/** There is nothing to look at yet. */
const nothingYet = (check: string, finding: string): Finding =>
	notOk(check, 'skipped', finding, 'Make a first small one with a Reference, best in the sandbox of the API, and check again.');

/** How a list shows the references of the nodes. */
export interface ShownReferences {
	/** Rows that show one. */
	readonly count: number;
	/** Whether the node finds such a row by its reference; undefined where it did not look. */
	readonly isFound?: boolean;
	/** Why references are not shown; undefined where there may be none. */
	readonly missing?: string;
}

/** Whether the list shows the references that the nodes give. */
export function referencesFinding(
	check: string,
	api: string,
	[one, many]: Nouns,
	look: ListLook | undefined,
	{ count, isFound, missing }: ShownReferences,
): Finding {
	if (look === undefined || look.failure !== undefined) return notChecked(check);
	const { length } = look.rows;
	const advice = `Do not let payments repeat: the node cannot see by itself whether one was executed, and stops instead. ${REPORT_IT}`;
	if (missing !== undefined) return notOk(check, 'warning', missing, advice);
	if (count === 0)
		return nothingYet(
			check,
			`There is no ${one} with a reference yet among ${length === 0 ? `the ${many}` : rowCount(length, [one, many])}`,
		);
	if (isFound === false) return notOk(check, 'failed', `${api} shows a reference, but the node finds no ${one} by it`, advice);
	return ok(
		check,
		`${api} shows the reference of ${count} of ${rowCount(length, [one, many])}${isFound ? ', and the node finds one by it' : ''}`,
	);
}
