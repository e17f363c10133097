import type { IDataObject } from 'n8n-workflow';
import { isObject } from '../core/isObject';
import { REPORT_IT, UserError } from '../core/userError';
import { saysNo } from './envelope';
import { findRows, isRows, PAGING } from './findRows';
import type { ApiResponse } from './request';
import { shownAddress } from './url';

/** One answer of a list: its rows, and what it says about the rest of the list. */
export interface ListAnswer {
	readonly rows: IDataObject[];
	/** Query values of the following page, as the answer gives them. */
	readonly next?: IDataObject;
	/** The address of the following page, without its query, where it is not that of this list. */
	readonly nextElsewhere?: string;
	/** The answer says that there is more, or that there is no more; undefined when it says nothing. */
	readonly hasMore?: boolean;
	/** Number of rows of the whole list. */
	readonly count?: number;
	/** Number of pages of the whole list. */
	readonly pages?: number;
	/** The number of this page, where the answer names it. */
	readonly page?: number;
	/** The rows before this page, where the API pages by offset. */
	readonly offset?: number;
}

type Values = ReadonlyArray<readonly [name: string, value: unknown]>;

const unknownShape = (body: IDataObject) =>
	new UserError(
		'The answer is a list in a shape that this version does not know',
		`It has the fields ${Object.keys(body).join(', ')}. Use the HTTP Request node with the same credential. ${REPORT_IT}`,
	);

/** The rows of a list response: a bare array, or the array in an object, at any depth that names it clearly. */
export const rowsOf = (body: unknown): IDataObject[] => listAnswer({ status: 200, headers: {}, body }).rows;

/** Reads one answer of a list, in any shape that names its rows. Throws a UserError for every other. */
export function listAnswer({ body, headers, url }: ApiResponse): ListAnswer {
	const inHeaders = { count: countIn(headers), ...linkIn(headers.link, url) };
	if (isRows(body)) return { ...inHeaders, rows: body };
	if (!isObject(body)) throw new UserError('The answer is not a list', 'Check the base URL in the credential.');
	const found = saysNo(body) ? undefined : findRows(body);
	if (found === undefined) throw unknownShape(body);
	const values: Values = found.around.flatMap((one) => pagingIn(one));
	const hasMore = flagIn(values);
	const given = nextIn(values, url);
	const { next, nextElsewhere } = hasMore === false ? {} : given.next === undefined ? inHeaders : given;
	return {
		rows: found.rows,
		next,
		nextElsewhere,
		hasMore: hasMore ?? (next === undefined ? (given.hasMore ?? inHeaders.hasMore) : true),
		count: largest(values, COUNT) ?? inHeaders.count,
		pages: largest(values, PAGES),
		page: largest(values, PAGE),
		offset: largest(values, OFFSET),
	};
}

/** The fields about paging: those beside the rows, and those of the objects that are there for it. */
function pagingIn(around: IDataObject, depth = 0): Values {
	return Object.entries(around).flatMap(([name, value]): Values => {
		if (isObject(value) && PAGING.test(name) && depth < 2) return [[name, undefined], ...pagingIn(value, depth + 1)];
		if (isRows(value) && /links$/i.test(name))
			return value.filter(({ rel }) => rel === 'next').map((one): [string, unknown] => ['next', one]);
		return [[name, value]];
	});
}

const plain = (name: string) =>
	name
		.toLowerCase()
		.replace(/^@?odata\.?/, '')
		.replace(/[^a-z]/g, '');

const COUNT = /^(count|total|(total|record|result|row|item)s?(count|items?|elements|records|results|rows|hits)|numfound)$/;
const PAGES = /^(pages|totalpages|pagecount|pagescount|numpages|lastpage|numberofpages)$/;
const PAGE = /^(page|currentpage|pagenumber|pageno|pageindex|number)$/;
const OFFSET = /^(offset|skip)$/;
const MORE = /^(has|is)?(more|next|nextpage|moreresults|moreitems|moreavailable|truncated|istruncated)$/;
const LAST = /^(is)?last(page)?$/;
const NEXT_ADDRESS = /^next(page)?(url|link|href|uri|pageurl|pagelink)?$/;
const NEXT_CURSOR = /^(next.+|(continuation|pagination)token|endcursor)$/;

/** The largest whole number among the fields of these names. Text counts only where the name cannot mean an amount. */
function largest(values: Values, names: RegExp): number | undefined {
	const found = values.flatMap(([name, value]) => {
		if (!names.test(plain(name))) return [];
		const isText = typeof value === 'string' && /^\d{1,12}$/.test(value) && plain(name) !== 'total';
		const number = isText || typeof value === 'number' ? Number(value) : NaN;
		return Number.isInteger(number) && number >= 0 ? [number] : [];
	});
	return found.length === 0 ? undefined : Math.max(...found);
}

function flagIn(values: Values): boolean | undefined {
	for (const [name, value] of values) {
		const isYes = value === true || value === 'true';
		if (!isYes && value !== false && value !== 'false') continue;
		if (MORE.test(plain(name))) return isYes;
		if (LAST.test(plain(name))) return !isYes;
	}
	return undefined;
}

type Next = Pick<ListAnswer, 'next' | 'nextElsewhere' | 'hasMore'>;

/** The following page: an address, the number of a page, or a cursor with the parameter that takes it. A field without value says that there is none. */
function nextIn(values: Values, url: string | undefined): Next {
	let isNamed = false;
	for (const names of [NEXT_ADDRESS, NEXT_CURSOR])
		for (const [name, value] of values) {
			if (!names.test(plain(name))) continue;
			isNamed = true;
			const given = isObject(value) ? (value.href ?? value.url) : value;
			if ((typeof given !== 'string' && typeof given !== 'number') || given === '') continue;
			return names === NEXT_ADDRESS ? nextPage(given, url) : { next: { [parameterOf(name)]: given } };
		}
	return isNamed ? { hasMore: false } : {};
}

function nextPage(next: string | number, url: string | undefined): Next {
	if (typeof next === 'number') return { next: { page: next } };
	if (/^[a-z][a-z\d+.-]*:\/\/|^\/[^=]*\/|\?/i.test(next)) return pageAt(next, url);
	return { next: { [/^\d{1,9}$/.test(next) ? 'page' : 'cursor']: next } };
}

/** `next_page_token` goes back as `page_token`, `nextCursor` as `cursor`, a GraphQL end as `after`. */
function parameterOf(name: string): string {
	if (plain(name) === 'endcursor') return 'after';
	const rest = name.replace(/^_?next_?/i, '');
	return rest === name ? name : rest[0].toLowerCase() + rest.slice(1);
}

/** The server of an answer that no server gave. */
const NO_SERVER = 'http://localhost';

/** Only the query of an address is used. An address without one pages in its path, which is not known here. */
/**
 * Whether an address is that of the same list. A server behind a proxy may not know its public host, scheme or first folders, so only
 * the end of the path counts: the node takes the query of the address, and asks for the page where it asked for the first one.
 */
function isSameList(from: URL, to: URL): boolean {
	const [one, other] = [from, to].map(({ pathname }) => pathname.replace(/\/+$/, ''));
	return /^https?:$/.test(to.protocol) && other !== '' && (one.endsWith(other) || other.endsWith(one));
}

function pageAt(address: string, url: string | undefined): Next {
	const from = new URL(url ?? NO_SERVER);
	if (!URL.canParse(address, from.href)) return { next: {} };
	const to = new URL(address, from.href);
	const isElsewhere = url !== undefined && !isSameList(from, to);
	return { next: Object.fromEntries(to.searchParams), nextElsewhere: isElsewhere ? shownAddress(to) : undefined };
}

function linkIn(link: string | undefined, url: string | undefined): Next {
	if (link === undefined) return {};
	const next = /<([^>]*)>[^,<]*;\s*rel="?(?:[^",;]* )?next(?: [^",;]*)?"?/i.exec(link)?.[1];
	if (next !== undefined) return { ...pageAt(next, url), hasMore: true };
	return /rel="?(first|prev|last|self)/i.test(link) ? { hasMore: false } : {};
}

function countIn(headers: ApiResponse['headers']): number | undefined {
	const given =
		headers['x-total-count'] ?? headers['x-total'] ?? headers['total-count'] ?? /\/(\d+)$/.exec(headers['content-range'] ?? '')?.[1];
	return given !== undefined && /^\d{1,12}$/.test(given) ? Number(given) : undefined;
}
