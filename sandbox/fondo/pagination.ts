import type { HandlerRequest } from '../http/api';
import { HttpError } from '../http/httpError';
import { AS_WRITTEN } from '../vendors/asWritten';
import { isListed } from '../vendors/listed';
import { pageOf } from '../vendors/model/pageOf';
import type { Life, Page } from '../vendors/position';
import type { FondoContext } from './context';

interface ListQuery {
	start?: string;
	limit?: number | string;
	modifiedFrom?: string;
}

type ListRequest = Pick<HandlerRequest<unknown, ListQuery>, 'query' | 'url'>;

interface SortedItem {
	sortedId: string;
	createdDate?: string;
	modifiedDate?: string;
}

interface ListOptions<T> {
	/** What belongs to the address of the list. */
	belongs?: (item: T) => boolean;
	/** What the caller filters by, besides `modifiedFrom`. */
	filter?: (item: T) => boolean;
	/** The life of a row, where it decides whether the list shows the row. */
	life?: (item: T) => Life;
}

/** A type alias, because an interface cannot be assigned to the types of the contract. */
type ListResponse<T> = { status: 200; body: T[]; list: { rows: T[]; page(rows: readonly unknown[]): Page } };

/**
 * The matching items from `start` on, at most `limit`, modified since `modifiedFrom`. The items are sorted, so a page of a long list
 * costs no more than a page of a short one.
 */
export function listPage<T extends SortedItem>(
	items: readonly T[],
	{ query, url }: ListRequest,
	context: FondoContext,
	{ belongs, filter, life }: ListOptions<T> = {},
): ListResponse<T> {
	const { settings, vendor, clock } = context;
	const size = pageSize(query.limit, context);
	const { start } = query;
	const isFiltered = !vendor.filtersIgnored;
	const from = query.modifiedFrom === undefined || !isFiltered ? undefined : new Date(query.modifiedFrom).toISOString();
	const now = clock.now();
	const matches = (item: T): boolean =>
		(from === undefined || (item.modifiedDate ?? '') >= from) &&
		(belongs?.(item) ?? true) &&
		(!isFiltered || (filter?.(item) ?? true)) &&
		(life === undefined || isListed(vendor, life(item), now));

	const order = new ListOrder(items, context);
	const isExclusive = settings.cursor === 'exclusive' || vendor.start === 'exclusive';
	const first = start === undefined || vendor.start === 'ignored' ? 0 : order.placeOf(start, isExclusive);
	const found: T[] = [];
	for (let place = first; place < items.length && found.length < size; place += 1) {
		const item = order.at(place);
		if (item !== undefined && matches(item)) found.push(item);
	}
	if (found.length === 0 && start !== undefined && vendor.beyondTheEnd === 'not found') {
		throw new HttpError(404, 'not_found', 'There are no rows beyond the end of the list');
	}
	const count = (until: number): number => {
		let counted = 0;
		for (let place = 0; place < until; place += 1) {
			const item = order.at(place);
			if (item !== undefined && matches(item)) counted += 1;
		}
		return counted;
	};
	const slice = {
		get skipped() {
			return count(first);
		},
		get total() {
			return count(items.length);
		},
	};
	return { status: 200, body: found, list: { rows: found, page: (rows) => pageOf(slice, size, url, rows) } };
}

/** The rows as the vendor orders them, and as it names them by `sortedId`. */
class ListOrder<T extends SortedItem> {
	constructor(
		private readonly items: readonly T[],
		private readonly context: FondoContext,
	) {}

	at(place: number): T | undefined {
		return this.items[this.indexOf(place)];
	}

	/** The place of the row that `start` names, or of the first row behind it; one further when the list begins after the named row. */
	placeOf(start: string, isExclusive: boolean): number {
		const { newestFirst, sortedId } = this.context.vendor;
		const isOrdered = sortedId === AS_WRITTEN.fondo.sortedId;
		const named = isOrdered ? this.placeOfSorted(start) : this.search((id) => id === start);
		const isNamed = this.shown(named) === start;
		if (isNamed) return isExclusive ? named + 1 : named;
		return isOrdered ? named : this.search((id) => id === undefined || (newestFirst ? id <= start : id >= start));
	}

	private indexOf(place: number): number {
		return this.context.vendor.newestFirst ? this.items.length - 1 - place : place;
	}

	private shown(place: number): string | undefined {
		const { sortedId } = this.context.vendor;
		const item = this.at(place);
		if (item === undefined || sortedId === AS_WRITTEN.fondo.sortedId) return item?.sortedId;
		const shown = sortedId(this.indexOf(place) + 1, Date.parse(item.createdDate ?? ''));
		return shown === undefined ? undefined : String(shown);
	}

	private search(holds: (id: string | undefined) => boolean): number {
		const place = this.items.findIndex((_item, index) => holds(this.shown(index)));
		return place < 0 ? this.items.length : place;
	}

	/** The same by halving, for the order of the store. */
	private placeOfSorted(start: string): number {
		let low = 0;
		let high = this.items.length;
		while (low < high) {
			const middle = Math.floor((low + high) / 2);
			if ((this.items[middle]?.sortedId ?? '') < start) low = middle + 1;
			else high = middle;
		}
		if (!this.context.vendor.newestFirst) return low;
		const last = this.items[low]?.sortedId === start ? low : low - 1;
		return this.items.length - 1 - last;
	}
}

/** A list without `sortedId`, such as that of instruments: it ignores `start`. */
export function limitedList<T>(items: readonly T[], { query, url }: ListRequest, context: FondoContext): ListResponse<T> {
	const size = pageSize(query.limit, context);
	const found = items.slice(0, size);
	const slice = { skipped: 0, total: items.length };
	return { status: 200, body: found, list: { rows: found, page: (rows) => pageOf(slice, size, url, rows) } };
}

/** A list that is never paged. */
export function wholeList<T>(items: readonly T[], { url }: { url: string }, { vendor }: FondoContext): ListResponse<T> {
	requireLists(vendor);
	const found = [...items];
	const slice = { skipped: 0, total: items.length };
	return { status: 200, body: found, list: { rows: found, page: (rows) => pageOf(slice, Infinity, url, rows) } };
}

function pageSize(limit: number | string | undefined, { settings, vendor }: FondoContext): number {
	requireLists(vendor);
	const count = limit === undefined ? undefined : Number(limit);
	if (count !== undefined && (!Number.isInteger(count) || count < 1)) {
		throw new HttpError(400, 'invalid_request', `limit must be a whole number of at least 1, not ${limit}`);
	}
	const size = vendor.pageSize(count);
	if (size === 'refused') throw new HttpError(400, 'invalid_request', `limit ${limit} is too large`);
	return Math.min(size, settings.pageCap ?? Infinity);
}

function requireLists({ listsForbidden }: FondoContext['vendor']): void {
	if (listsForbidden) throw new HttpError(403, 'forbidden', 'No access to this list');
}
