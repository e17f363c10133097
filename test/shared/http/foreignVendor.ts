/** Lists as vendors page them. Each shape is a few lines over the same rows, after the APIs of other vendors. */
import type { IDataObject } from 'n8n-workflow';
import type { Received, Reply } from '../../support/server';

export type Row = IDataObject & { id: string | number };

/** What must come of a shape: all rows, or all rows or a refusal. */
export type Verdict = 'works' | 'works or refused';

export interface ListShape {
	readonly name: string;
	readonly verdict: Verdict;
	readonly answer: (rows: Row[], call: Received) => Reply;
}

export const CAP = 5;

export const number = (value: unknown, otherwise: number) => (value === undefined ? otherwise : Number(value));
const sizeOf = ({ query }: Received) => Math.min(number(query.page_size ?? query.limit, CAP), CAP);

interface Page {
	readonly rows: Row[];
	readonly size: number;
	readonly page: number;
	readonly pages: number;
	readonly more: boolean;
	readonly offset: number;
}

function cut(rows: Row[], call: Received, first = 1): Page {
	const size = sizeOf(call);
	const page = number(call.query.page, first);
	const offset = (page - first) * size;
	return {
		rows: rows.slice(offset, offset + size),
		size,
		page,
		offset,
		pages: Math.ceil(rows.length / size),
		more: offset + size < rows.length,
	};
}

/** A page by a cursor that the caller sends under `name`. */
function after(rows: Row[], call: Received, name: string) {
	const size = sizeOf(call);
	const offset = Number(call.query[name]?.replace('cursor-', '') ?? 0);
	const more = offset + size < rows.length;
	return { rows: rows.slice(offset, offset + size), next: more ? `cursor-${offset + size}` : null, more };
}

export const shape = (name: string, verdict: Verdict, body: (rows: Row[], call: Received) => unknown): ListShape => ({
	name,
	verdict,
	answer: (rows, call) => ({ body: body(rows, call) }),
});

const link = (name: string, verdict: Verdict, address: (call: Received, page: number) => string): ListShape => ({
	name,
	verdict,
	answer: (rows, call) => {
		const { more, page, rows: body } = cut(rows, call);
		return { body, headers: { link: `${more ? `<${address(call, page + 1)}>; rel="next", ` : ''}<${call.path}?page=1>; rel="first"` } };
	},
});

const host = ({ headers }: Received) => `http://${String(headers.host)}`;

/** Where a list has numbers of pages or cursors: Finvis, or a Fondo that is not as documented. */
export const pagedLists: ListShape[] = [
	shape('bare', 'works', (rows, call) => cut(rows, call).rows),
	shape('bare, all in one answer', 'works', (rows) => rows),
	shape('results, next and count', 'works', (rows, call) => {
		const { more, page, rows: results } = cut(rows, call);
		return { count: rows.length, next: more ? `${host(call)}${call.path}?page=${page + 1}` : null, previous: null, results };
	}),
	shape('next as a path', 'works', (rows, call) => {
		const { more, page, rows: results } = cut(rows, call);
		return { next: more ? `${call.path}?page=${page + 1}` : null, results };
	}),
	shape('data and meta.next_cursor', 'works', (rows, call) => {
		const { next, rows: data } = after(rows, call, 'cursor');
		return { data, meta: { next_cursor: next } };
	}),
	shape('nextCursor', 'works', (rows, call) => {
		const { next, rows: items } = after(rows, call, 'cursor');
		return { items, nextCursor: next };
	}),
	shape('cursor of a parameter of the same name', 'works or refused', (rows, call) => {
		const { next, rows: items } = after(rows, call, 'next_cursor');
		return { items, next_cursor: next };
	}),
	shape('next_page_token and page_token', 'works', (rows, call) => {
		const { next, rows: items } = after(rows, call, 'page_token');
		return { items, next_page_token: next ?? '' };
	}),
	shape('nextPageToken and pageToken', 'works', (rows, call) => {
		const { next, rows: items } = after(rows, call, 'pageToken');
		return next === null ? { items } : { items, nextPageToken: next };
	}),
	shape('has_more with numbers of pages', 'works', (rows, call) => {
		const { more, rows: data } = cut(rows, call);
		return { data, has_more: more };
	}),
	shape('has_more with starting_after', 'works or refused', (rows, call) => {
		const from = rows.findIndex(({ id }) => String(id) === call.query.starting_after) + 1;
		return { data: rows.slice(from, from + CAP), has_more: from + CAP < rows.length };
	}),
	shape('hasMore that ignores all parameters', 'works or refused', (rows) => ({ data: rows.slice(0, CAP), hasMore: rows.length > CAP })),
	shape('items with page and pages', 'works', (rows, call) => {
		const { page, pages, rows: items } = cut(rows, call);
		return { items, page, pages };
	}),
	shape('items with page and pages as texts', 'works', (rows, call) => {
		const { page, pages, rows: items } = cut(rows, call);
		return { items, page: String(page), pages: String(pages) };
	}),
	shape('meta.current_page and meta.last_page', 'works', (rows, call) => {
		const { page, pages, rows: data } = cut(rows, call);
		return { data, meta: { current_page: page, last_page: Math.max(pages, 1), per_page: CAP, total: rows.length } };
	}),
	shape('pages that begin with zero, with their number', 'works', (rows, call) => {
		const { page, pages, rows: content } = cut(rows, call, 0);
		return { content, number: page, totalPages: pages, totalElements: rows.length };
	}),
	shape('pages that begin with zero, bare', 'works or refused', (rows, call) => cut(rows, call, 0).rows),
	shape('pages that begin with zero, with next', 'works', (rows, call) => {
		const { more, page, rows: results } = cut(rows, call, 0);
		return { results, next: more ? page + 1 : null };
	}),
	shape('page ignored, page_size kept', 'works or refused', (rows, call) => rows.slice(0, sizeOf(call))),
	shape('pages beyond the end repeat the last page', 'works', (rows, call) => {
		const size = sizeOf(call);
		const page = Math.min(number(call.query.page, 1), Math.max(Math.ceil(rows.length / size), 1));
		return rows.slice((page - 1) * size, page * size);
	}),
	shape('pages beyond the end repeat the last page, in results', 'works', (rows, call) => {
		const pages = Math.max(Math.ceil(rows.length / CAP), 1);
		const page = Math.min(number(call.query.page, 1), pages);
		return { results: rows.slice((page - 1) * CAP, page * CAP), count: rows.length };
	}),
	shape('limit, offset and total', 'works', (rows, call) => {
		const offset = number(call.query.offset, 0);
		return { results: rows.slice(offset, offset + CAP), total: rows.length, limit: CAP, offset };
	}),
	shape('next: null beside a larger count', 'works or refused', (rows, call) => ({
		count: rows.length,
		next: null,
		results: cut(rows, call).rows,
	})),
	shape('next that points back', 'works or refused', (rows, call) => {
		const page = number(call.query.page, 1);
		const second = Math.min(page, 2);
		return { count: rows.length, next: `${call.path}?page=${3 - second}`, results: rows.slice((second - 1) * CAP, second * CAP) };
	}),
	shape('next on another host', 'works or refused', (rows, call) => {
		const { more, page, rows: results } = cut(rows, call);
		return { next: more ? `http://elsewhere.invalid${call.path}?page=${page + 1}` : null, results };
	}),
	shape('_links.next.href', 'works', (rows, call) => {
		const { more, page, rows: items } = cut(rows, call);
		return { items, _links: { self: { href: call.path }, ...(more ? { next: { href: `${call.path}?page=${page + 1}` } } : {}) } };
	}),
	link('a Link header with whole addresses', 'works', (call, page) => `${host(call)}${call.path}?page=${page}`),
	link('a Link header with paths', 'works', ({ path }, page) => `${path}?page=${page}`),
	link('a Link header with a query alone', 'works', (_, page) => `?page=${page}`),
	link('a Link header to another host', 'works or refused', ({ path }, page) => `http://elsewhere.invalid${path}?page=${page}`),
	link(
		'a Link header to another scheme',
		'works or refused',
		(call, page) => `${host(call).replace('http:', 'ftp:')}${call.path}?page=${page}`,
	),
	shape('an envelope two deep', 'works', (rows, call) => {
		const { more, page, rows: items } = cut(rows, call);
		return { response: { data: { items, next: more ? `${call.path}?page=${page + 1}` : null } } };
	}),
	shape('an envelope two deep with its paging beside the rows', 'works', (rows, call) => {
		const { page, pages, rows: batches } = cut(rows, call);
		return { data: { batches, pagination: { page, total_pages: pages, total: rows.length } } };
	}),
	...['total_count', 'totalCount', 'total_items', 'totalElements', 'recordCount'].map((name) =>
		shape(`only ${name}, and pages that are ignored`, 'works or refused', (rows) => ({ items: rows.slice(0, CAP), [name]: rows.length })),
	),
	{
		name: 'only X-Total-Count, and pages that are ignored',
		verdict: 'works or refused',
		answer: (rows) => ({ body: rows.slice(0, CAP), headers: { 'x-total-count': String(rows.length) } }),
	},
	shape('an empty page in the middle', 'works', (rows, call) => {
		const at = number(call.query.cursor, 0);
		const results = at === 1 ? [] : rows.slice(at === 0 ? 0 : CAP, at === 0 ? CAP : undefined);
		return { results, next_cursor: at < 2 && rows.length > CAP ? String(at + 1) : null };
	}),
	shape('newest first', 'works', (rows, call) => cut([...rows].reverse(), call).rows),
	shape('rows by their ID in an object', 'works or refused', (rows) => ({ data: Object.fromEntries(rows.map((row) => [row.id, row])) })),
];
