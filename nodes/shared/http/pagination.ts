import type { IDataObject } from 'n8n-workflow';
import type { ApiRequest, SendRequest } from './request';
import { UserError, REPORT_IT } from '../core/userError';

export interface Page {
	readonly rows: IDataObject[];
	/** Query of the following page; undefined on the last page. */
	readonly next?: IDataObject;
}

/** Reads a list page by page, lazily. `size` is the requested number of rows a page; a server may return fewer. Throws a UserError when it cannot prove that the list is complete. */
export type Paging = (send: SendRequest, request: ApiRequest, size?: number) => AsyncGenerator<Page>;

const isRow = (value: unknown): value is IDataObject => typeof value === 'object' && value !== null && !Array.isArray(value);
const isRows = (value: unknown): value is IDataObject[] => Array.isArray(value) && value.every(isRow);

const onlyOne = <T>(all: T[]): T | undefined => (all.length === 1 ? all[0] : undefined);

/** The rows of a list response: a bare array, or the array in an object (`results`, `data`, `items` or the only one). */
export function rowsOf(body: unknown): IDataObject[] {
	if (isRows(body)) return body;
	if (!isRow(body)) throw new UserError('The answer is not a list', 'Check the base URL in the credential.');
	const known = [body.results, body.data, body.items].find(isRows) ?? onlyOne(Object.values(body).filter(isRows));
	if (known) return known;
	throw new UserError(
		'The answer is a list in a shape that this version does not know',
		`It has the fields ${Object.keys(body).join(', ')}. Use the HTTP Request node with the same credential. ${REPORT_IT}`,
	);
}

/** A copy of a request with additional query values, which replace those of the same name. */
export const withQuery = (request: ApiRequest, query: IDataObject): ApiRequest => ({ ...request, query: { ...request.query, ...query } });

/** One call for all rows: for lists without paging, and lists whose rows have no cursor. */
export async function* inOneCall(send: SendRequest, request: ApiRequest): AsyncGenerator<Page> {
	yield { rows: rowsOf((await send(request)).body) };
}

/**
 * Pages by `start`, the `sortedId` of the last row. The contract does not say whether `start` is inclusive or whether the server caps
 * pages, so only rows after `start` count, and the list ends with a page that has none. Rows without `sortedId` cannot be paged:
 * the first call is then the last.
 */
export async function* bySortedId(send: SendRequest, request: ApiRequest, size = 1_000): AsyncGenerator<Page> {
	let start = request.query?.start;
	for (;;) {
		// At least two: with an inclusive start, a page of one row repeats the last row only.
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
 * For lists that accept `start` but whose rows have no documented `sortedId` (instruments). The first call has no limit, because a
 * limit would cut a list that cannot be paged. If the rows have a `sortedId`, paging continues from it.
 */
export async function* bySortedIdIfAny(send: SendRequest, request: ApiRequest): AsyncGenerator<Page> {
	for await (const page of inOneCall(send, request)) {
		const last = page.rows.at(-1)?.sortedId;
		yield typeof last === 'string' ? { ...page, next: { start: last } } : page;
		if (typeof last === 'string') yield* bySortedId(send, withQuery(request, { start: last }));
	}
}

/**
 * Pages by number, or by `next` if the response has it (only the query of a URL, so never another host). Without `next` it reads until
 * a page has no new row. Throws a UserError when the response announces more rows but returns none, because a part of a list
 * must not pass for the whole.
 */
export async function* byPageNumber(send: SendRequest, request: ApiRequest, size = 1_000): AsyncGenerator<Page> {
	const seen = new Set<unknown>();
	const visited = new Set<string>();
	let query: IDataObject = { page_size: size, ...request.query };
	let previous = '';
	let yielded = 0;
	let count: unknown;
	for (;;) {
		const { body } = await send(withQuery(request, query));
		const all = rowsOf(body);
		if (isRow(body) && ('next' in body || 'next_cursor' in body)) {
			const next = nextOf(body, query);
			const now = JSON.stringify(all);
			// The same page again, or a second empty page, with a further `next`: this would never end.
			if (next !== undefined && now === previous) throw incompleteListError();
			previous = now;
			// A `next` that points back to an earlier page would never end.
			visited.add(pagePosition(query));
			if (next === undefined || visited.has(pagePosition(next))) return yield { rows: all };
			yield { rows: all, next };
			query = next;
			continue;
		}
		// The count of the first page: rows added during the read are not part of the list.
		if (count === undefined && isRow(body)) count = body.count ?? body.total;
		const rows = all.filter((row) => !seen.has(row.id ?? JSON.stringify(row)));
		if (rows.length === 0) {
			// `total` can also be an amount, which is text.
			if (typeof count === 'number' && count > yielded && request.query?.page === undefined) throw incompleteListError();
			return;
		}
		yielded += rows.length;
		for (const row of rows) seen.add(row.id ?? JSON.stringify(row));
		query = { ...query, page: Number(query.page ?? 1) + 1 };
		yield { rows, next: query };
	}
}

/** Identifies a page by its query, regardless of order and number format. */
const pagePosition = (query: IDataObject) =>
	JSON.stringify(
		Object.entries({ page: 1, ...query })
			.filter(([name]) => name !== 'page_size')
			.map(([name, value]) => [name, String(value)])
			.sort(),
	);

const incompleteListError = () =>
	new UserError(
		'The list could not be read to its end',
		`The API says that there are more rows, but gives the same ones again. Use the HTTP Request node with the same credential. ${REPORT_IT}`,
	);

/** The query of the following page by `next` or `next_cursor`: a URL, a cursor or a page number. */
function nextOf({ next, next_cursor }: IDataObject, query: IDataObject): IDataObject | undefined {
	if (typeof next === 'number') return { ...query, page: next };
	if (typeof next === 'string' && /^https?:|\?/.test(next)) return { ...query, ...queryOf(next) };
	const cursor = [next, next_cursor].find((one) => (typeof one === 'string' && one !== '') || typeof one === 'number');
	return cursor === undefined ? undefined : { ...query, cursor };
}

const queryOf = (url: string) => Object.fromEntries(new URL(url, 'http://localhost').searchParams);
