import type { IDataObject } from 'n8n-workflow';
import type { ApiRequest, SendRequest } from './request';
import { UserError, REPORT_IT } from '../core/userError';

export interface Page {
	readonly rows: IDataObject[];
	/** Query values that lead to the following page; undefined at the end. */
	readonly next?: IDataObject;
}

/** Reads a list page by page, lazily. `size` is how many rows a page should have; a server may give fewer. */
export type Paging = (send: SendRequest, request: ApiRequest, size?: number) => AsyncGenerator<Page>;

const isRow = (value: unknown): value is IDataObject => typeof value === 'object' && value !== null && !Array.isArray(value);
const isRows = (value: unknown): value is IDataObject[] => Array.isArray(value) && value.every(isRow);

const onlyOne = <T>(all: T[]): T | undefined => (all.length === 1 ? all[0] : undefined);

/** The rows of a list answer: a bare array, or an object around one (`results`, `data`, `items`). */
function rowsOf(body: unknown): IDataObject[] {
	if (isRows(body)) return body;
	if (!isRow(body)) throw new UserError('The answer is not a list', 'Check the base URL in the credential.');
	const known = [body.results, body.data, body.items].find(isRows) ?? onlyOne(Object.values(body).filter(isRows));
	if (known) return known;
	throw new UserError(
		'The answer is a list in a shape that this version does not know',
		`It has the fields ${Object.keys(body).join(', ')}. Use the HTTP Request node with the same credential. ${REPORT_IT}`,
	);
}

/** The same call with some of its query values set anew. */
export const withQuery = (request: ApiRequest, query: IDataObject): ApiRequest => ({ ...request, query: { ...request.query, ...query } });

/** One call brings all rows; for lists that know no paging, or whose rows have nothing to page by. */
export async function* inOneCall(send: SendRequest, request: ApiRequest): AsyncGenerator<Page> {
	yield { rows: rowsOf((await send(request)).body) };
}

/**
 * Pages by `start`, the `sortedId` of the last row seen. Whether the server includes that row again is not documented, and
 * it may cap pages silently: only later rows count, and the list ends when a page brings none.
 * Rows without a `sortedId` cannot be paged: then the first call is the last.
 */
export async function* bySortedId(send: SendRequest, request: ApiRequest, size = 1_000): AsyncGenerator<Page> {
	let start = request.query?.start;
	for (;;) {
		// Two at least: with an inclusive start, a page of one would only repeat the row that is known.
		const query = { limit: Math.max(size, 2), ...(start === undefined ? {} : { start }) };
		const all = rowsOf((await send(withQuery(request, query))).body);
		const after = start;
		const rows = typeof after === 'string' ? all.filter(({ sortedId }) => typeof sortedId !== 'string' || sortedId > after) : all;
		if (rows.length === 0) return;
		const last = rows[rows.length - 1].sortedId;
		if (typeof last !== 'string' || last === start) return yield { rows };
		yield { rows, next: { start: last } };
		start = last;
	}
}

/**
 * For lists that know `start` and of which nobody has seen a `sortedId` (instruments): no limit, which without a way on would
 * cut the list; read on where the rows turn out to have one after all.
 */
export async function* bySortedIdIfAny(send: SendRequest, request: ApiRequest): AsyncGenerator<Page> {
	for await (const page of inOneCall(send, request)) {
		const last = page.rows.at(-1)?.sortedId;
		yield typeof last === 'string' ? { ...page, next: { start: last } } : page;
		if (typeof last === 'string') yield* bySortedId(send, withQuery(request, { start: last }));
	}
}

/**
 * Pages by number, following `next` where the answer has it (of a URL its query only, so never to another host). A bare array
 * has no `next`: then pages are asked for until one brings nothing new. A list that says it goes on but gives no
 * more is refused: a part of a list must never pass for the whole.
 */
export async function* byPageNumber(send: SendRequest, request: ApiRequest, size = 1_000): AsyncGenerator<Page> {
	const seen = new Set<unknown>();
	const visited = new Set<string>();
	let query: IDataObject = { page_size: size, ...request.query };
	let before = '';
	let given = 0;
	let count: unknown;
	for (;;) {
		const { body } = await send(withQuery(request, query));
		const all = rowsOf(body);
		if (isRow(body) && ('next' in body || 'next_cursor' in body)) {
			const next = nextOf(body, query);
			const now = JSON.stringify(all);
			// The same page again, or a second one without rows, and still more to come: it would never end.
			if (next !== undefined && now === before) throw notWhole();
			before = now;
			// A server that points back at a page we were on would never let us go.
			visited.add(pagePosition(query));
			if (next === undefined || visited.has(pagePosition(next))) return yield { rows: all };
			yield { rows: all, next };
			query = next;
			continue;
		}
		// Of the first page: what comes in while reading is no part of it.
		if (count === undefined && isRow(body)) count = body.count ?? body.total;
		const rows = all.filter((row) => !seen.has(row.id ?? JSON.stringify(row)));
		if (rows.length === 0) {
			// A total can also be an amount, which is a text.
			if (typeof count === 'number' && count > given && request.query?.page === undefined) throw notWhole();
			return;
		}
		given += rows.length;
		for (const row of rows) seen.add(row.id ?? JSON.stringify(row));
		query = { ...query, page: Number(query.page ?? 1) + 1 };
		yield { rows, next: query };
	}
}

/** Where a query is in a list, whichever way its values are written. */
const pagePosition = (query: IDataObject) =>
	JSON.stringify(
		Object.entries({ page: 1, ...query })
			.filter(([name]) => name !== 'page_size')
			.map(([name, value]) => [name, String(value)])
			.sort(),
	);

const notWhole = () =>
	new UserError(
		'The list could not be read to its end',
		`The API says that there are more rows, but gives the same ones again. Use the HTTP Request node with the same credential. ${REPORT_IT}`,
	);

/** Where an answer says that its list goes on: at a URL, a bare cursor or the number of a page. */
function nextOf({ next, next_cursor }: IDataObject, query: IDataObject): IDataObject | undefined {
	if (typeof next === 'number') return { ...query, page: next };
	if (typeof next === 'string' && /^https?:|\?/.test(next)) return { ...query, ...queryOf(next) };
	const cursor = [next, next_cursor].find((one) => (typeof one === 'string' && one !== '') || typeof one === 'number');
	return cursor === undefined ? undefined : { ...query, cursor };
}

const queryOf = (url: string) => Object.fromEntries(new URL(url, 'http://localhost').searchParams);
