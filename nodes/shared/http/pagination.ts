import type { IDataObject } from 'n8n-workflow';
import { REPORT_IT, UserError } from '../core/userError';
import type { ListAnswer } from './listAnswer';
import { listAnswer } from './listAnswer';
import { hasPage, pageHash, stateIn, withPage, withState } from './pageState';
import type { ApiRequest, ApiResponse, SendRequest } from './request';
import { startPage } from './startCursor';

export interface Page {
	readonly rows: IDataObject[];
	/** Query of the following page; undefined on the last page. */
	readonly next?: IDataObject;
}

/** Reads a list page by page, lazily. `size` is the requested number of rows a page; a server may return fewer. Throws a UserError when it cannot prove that the list is complete. */
export type Paging = (send: SendRequest, request: ApiRequest, size?: number) => AsyncGenerator<Page>;

/** A copy of a request with additional query values, which replace those of the same name. */
export const withQuery = (request: ApiRequest, query: IDataObject): ApiRequest => ({ ...request, query: { ...request.query, ...query } });

/** How an API asks for a page where its answers do not say: by `start`, by `page`, or not at all. */
interface Manner {
	readonly by?: 'start' | 'page';
	readonly size?: IDataObject;
}

/** One call for all rows: for lists without paging in the contract. */
export const inOneCall: Paging = (send, request) => read(send, request, {});

/** Pages by `start`, the `sortedId` of the last row. At least two rows: with an inclusive start, a page of one row repeats the last row only. */
export const bySortedId: Paging = (send, request, size = 1_000) => read(send, request, { by: 'start', size: { limit: Math.max(size, 2) } });

/**
 * For lists that accept `start` but whose rows have no documented `sortedId` (instruments). A limit would cut a list that cannot be
 * paged, so the first call has none.
 */
export const bySortedIdIfAny: Paging = (send, request) => read(send, request, { by: 'start' });

/** Pages by number. */
export const byPageNumber: Paging = (send, request, size = 1_000) => read(send, request, { by: 'page', size: { page_size: size } });

/** Empty pages in a row, each with a further one: more of them would never end. */
const MOST_EMPTY = 10;

/**
 * Reads a list to its end. Where an answer names the following page (an address, a cursor, a Link header), it is followed; where it
 * does not, the API is asked in its own manner until nothing new comes. Throws when an answer announced more than came, because a
 * part of a list must not pass for the whole.
 */
async function* read(send: SendRequest, request: ApiRequest, { by, size = {} }: Manner): AsyncGenerator<Page> {
	const begun = stateIn(request.query ?? {});
	let query = by === 'page' ? { ...size, ...begun.query } : { ...begun.query, ...size };
	// A page of the user's own is not the first: what comes before it is not known.
	let state = begun.state ?? { isPart: query.page !== undefined || query.start !== undefined };
	let seen = new Set<unknown>();
	const visited = new Set<string>();
	let empties = 0;
	for (;;) {
		if (state.failure !== undefined) throw incompleteListError(state.failure);
		const response = await send({ ...request, query });
		const answer = listAnswer(response);
		const all = answer.rows;
		const { pages = '', pageCount = 0 } = state;
		const hash = pageHash(all);
		const isAgain = all.length > 0 && hasPage(pages, hash);
		const byStart =
			by === 'start' && answer.next === undefined && !isNumbered(answer) ? startPage(all, asTaken(query, response), state) : undefined;
		const rows = byStart?.rows ?? (isAgain ? [] : all.filter((row) => !seen.has(identityOf(row, answer))));
		const given = (state.given ?? 0) + rows.length;
		const count = Math.min(state.count ?? answer.count ?? 0, answer.count ?? Infinity);
		const isNewPage = all.length > 0 && !isAgain && byStart === undefined;
		const read = pageCount + (isNewPage ? 1 : 0);
		const isShort = !state.isPart && (count > given || (byStart === undefined && (answer.pages ?? 0) > Math.max(read, 1)));
		// A page to which an answer led, and which leads nowhere, is the last. So is the last page by its own number that completes the count.
		const { page = 0, pages: lastPage = Infinity } = answer;
		const isComplete = !state.isPart && page >= lastPage && answer.count === given;
		const isEnd = (answer.hasMore === false || (answer.hasMore === undefined && (state.isLed || isComplete))) && !isShort;
		let failure: string | undefined;
		let next: IDataObject | undefined;
		let isBack = false;
		visited.add(positionOf(query));
		empties = all.length === 0 ? empties + 1 : 0;
		if (answer.next !== undefined) {
			next = { ...query, ...answer.next };
			// The first page can be called 0 or 1, so one of these may be the same again.
			const isFirstAgain = isAgain && /^[01]$/.test(String(query.page));
			if (answer.nextElsewhere !== undefined) failure = `leads to another address for the following page, ${answer.nextElsewhere}`;
			else if (Object.keys(answer.next).length === 0) failure = 'names the following page in a way that this version does not know';
			else if ((isAgain && !isFirstAgain) || empties > MOST_EMPTY) failure = SAME_AGAIN;
			else if (visited.has(positionOf(next))) isBack = true;
		} else if (byStart !== undefined) {
			// An API that gives what was not asked for may give a part of it: only its own word proves the end.
			if (!isEnd) failure = byStart.lost;
			if (failure === undefined && !isEnd && byStart.next !== undefined) next = { ...query, ...byStart.next };
		} else if (!isEnd && (rows.length > 0 || (isAgain && Number(query.page) === 1))) {
			next = by !== undefined || isNumbered(answer) ? following(query, answer) : undefined;
		} else if (by === 'page' && isAgain && pageCount === 1 && (await ignoresPage(send, request, query, all))) {
			failure = "does not know 'page', so there may be more";
		}
		if (isBack) next = undefined;
		if (next === undefined && (isShort || (answer.hasMore === true && !isBack)))
			failure ??= count > given ? announced(count, given) : SAME_AGAIN;
		// Where answers lead from page to page, only rows of the page before can come again; a list may have a million.
		if (answer.hasMore !== undefined) seen = new Set();
		for (const row of byStart ? [] : all) seen.add(identityOf(row, answer));
		state = {
			isPart: state.isPart,
			given,
			pageCount: read,
			pages: isNewPage ? withPage(pages, hash) : pages,
			count: state.count ?? answer.count,
			failure,
			isLed: answer.next !== undefined,
			...byStart?.state,
		};
		const further = failure === undefined ? next : (next ?? query);
		if (rows.length > 0) yield { rows, next: further && withState(further, state) };
		if (further === undefined) return;
		query = further;
	}
}

const SAME_AGAIN = 'says that there is more, but gives the same rows again';
const announced = (count: number, given: number) => `says that there are ${count} rows, but gives ${given}`;

/** The reason is shown as it is: it has no value of a row. */
const incompleteListError = (reason: string) =>
	new UserError(
		'The list could not be read to its end',
		`The API ${reason}. Use the HTTP Request node with the same credential. ${REPORT_IT}`,
	);

/** The query with the size that the API took. */
const asTaken = (query: IDataObject, { pageSize }: ApiResponse) => (pageSize === undefined ? query : { ...query, limit: pageSize });

const isNumbered = ({ page, offset, pages }: ListAnswer) => page !== undefined || offset !== undefined || pages !== undefined;

/** Rows without an ID that look alike are different rows where the API leads from page to page. */
const identityOf = (row: IDataObject, { hasMore }: ListAnswer) => row.id ?? (hasMore === undefined ? JSON.stringify(row) : row);

/** The following page where no answer names it. The first page can be called 0 or 1, so after a page without a number comes page 1. */
function following(query: IDataObject, { page, offset, rows }: ListAnswer): IDataObject {
	if (page === undefined && offset !== undefined) return { ...query, offset: offset + rows.length };
	return { ...query, page: 1 + (page ?? Number(query.page ?? 0)) };
}

/** Whether pages of one row begin with the same row: the API keeps to a size, but not to a page. */
async function ignoresPage(send: SendRequest, request: ApiRequest, query: IDataObject, all: IDataObject[]): Promise<boolean> {
	if (all.length < 2) return false;
	const { rows, hasMore } = listAnswer(await send({ ...request, query: { ...query, page_size: 1, page: 2 } }));
	return hasMore === undefined && rows.length === 1 && pageHash(rows) === pageHash(all.slice(0, 1));
}

/** Identifies a page by its query, regardless of order, number format and size. */
const positionOf = (query: IDataObject) =>
	JSON.stringify(
		Object.entries(query)
			.filter(([name]) => name !== 'page_size' && name !== 'limit')
			.map(([name, value]) => [name, String(value)])
			.sort(),
	);
