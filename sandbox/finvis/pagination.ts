import type { HandlerRequest } from '../http/api';
import { HttpError } from '../http/httpError';
import { resultsBody } from '../vendors/asWritten';
import { isListed } from '../vendors/listed';
import type { Life, Page } from '../vendors/position';
import type { FinvisContext } from './context';

interface PageQuery {
	page?: number | string;
	page_size?: number | string;
}

interface ListOptions<T> {
	/** What the caller filters by. */
	filter?: (item: T) => boolean;
	/** The life of a row, where it decides whether the list shows the row. */
	life?: (item: T) => Life;
}

/** Type aliases, because an interface has no index signature and the contract's objects have one. */
type PageBody<T> = { count: number; next: string | null; previous: string | null; results: T[] };
type ListResponse<T> = { status: 200; body: PageBody<T>; list: { rows: T[]; page(rows: readonly unknown[]): Page } };

/** One page of a list. The setting `pageCap` shortens pages silently. */
export function listPage<T>(
	items: readonly T[],
	request: HandlerRequest<unknown, PageQuery>,
	path: string,
	context: FinvisContext,
	{ filter, life }: ListOptions<T> = {},
): ListResponse<T> {
	const { vendor, clock } = context;
	if (vendor.listsForbidden) throw new HttpError(403, 'permission_denied', 'No access to this list');
	const now = clock.now();
	const found = items.filter(
		(item) => (vendor.filtersIgnored || (filter?.(item) ?? true)) && (life === undefined || isListed(vendor, life(item), now)),
	);
	if (vendor.newestFirst) found.reverse();

	const size = pageSize(request.query.page_size, context);
	const pages = Math.max(1, Math.ceil(found.length / size));
	const asked = positiveInteger(request.query.page, 'page') ?? 1;
	const number = vendor.pageNumberIgnored ? 1 : vendor.beyondTheEnd === 'last page' ? Math.min(asked, pages) : asked;
	if (number > pages && vendor.beyondTheEnd === 'not found') throw new HttpError(404, 'not_found', 'Invalid page.');
	const first = (number - 1) * size;
	const rows = found.slice(first, first + size);
	const link = (to: number): string => {
		const query = new URLSearchParams(Object.entries(request.query).map(([name, value]): [string, string] => [name, String(value)]));
		query.set('page', String(to));
		return `${request.baseUrl}${path}?${query.toString()}`;
	};
	const links = {
		first: link(1),
		self: link(number),
		next: first + size < found.length ? link(number + 1) : null,
		previous: number > 1 ? link(number - 1) : null,
	};
	const page = { total: found.length, number, size, pages, links };
	return {
		status: 200,
		body: { ...resultsBody({ ...page, rows }), results: rows },
		list: { rows, page: (shown) => ({ ...page, rows: shown }) },
	};
}

function pageSize(asked: number | string | undefined, { settings, vendor }: FinvisContext): number {
	const size = vendor.pageSize(positiveInteger(asked, 'page_size') ?? settings.pageSize);
	if (size === 'refused') throw new HttpError(400, 'invalid', `page_size ${asked} is too large`);
	return Math.min(size, settings.maxPageSize, settings.pageCap ?? Infinity);
}

function positiveInteger(value: number | string | undefined, name: string): number | undefined {
	if (value === undefined) return undefined;
	const number = Number(value);
	if (!Number.isInteger(number) || number < 1) throw new HttpError(400, 'invalid', `${name} must be a whole number of at least 1`);
	return number;
}
