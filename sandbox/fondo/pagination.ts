import { HttpError } from '../http/httpError';
import type { FondoContext } from './context';

interface ListQuery {
	start?: string;
	limit?: number | string;
	modifiedFrom?: string;
}

interface SortedItem {
	sortedId: string;
	modifiedDate?: string;
}

/**
 * The matching items from `start` on, at most `limit`, modified since `modifiedFrom`. The items are sorted, so a page of a long list
 * costs no more than a page of a short one.
 */
export function listPage<T extends SortedItem>(
	items: readonly T[],
	query: ListQuery,
	context: FondoContext,
	matches: (item: T) => boolean = () => true,
): T[] {
	const { cursor, pageCap } = context.settings;
	const { start, modifiedFrom } = query;
	const from = modifiedFrom === undefined ? undefined : new Date(modifiedFrom).toISOString();
	const maxItems = Math.min(limitOf(query.limit), pageCap ?? Infinity);
	const found: T[] = [];
	for (let index = start === undefined ? 0 : indexOfStart(items, start); index < items.length && found.length < maxItems; index += 1) {
		const item = items[index];
		if (item === undefined || (cursor === 'exclusive' && item.sortedId === start)) continue;
		if ((from === undefined || (item.modifiedDate ?? '') >= from) && matches(item)) found.push(item);
	}
	return found;
}

/** Index of the first item whose `sortedId` is not before `start`. */
function indexOfStart(items: readonly SortedItem[], start: string): number {
	let low = 0;
	let high = items.length;
	while (low < high) {
		const middle = Math.floor((low + high) / 2);
		if ((items[middle]?.sortedId ?? '') < start) low = middle + 1;
		else high = middle;
	}
	return low;
}

/** For instruments: they have no `sortedId`, so the list ignores `start`. */
export function limitedList<T>(items: readonly T[], query: ListQuery, context: FondoContext): T[] {
	return items.slice(0, Math.min(limitOf(query.limit), context.settings.pageCap ?? Infinity));
}

function limitOf(limit: number | string | undefined): number {
	if (limit === undefined) return Infinity;
	const count = Number(limit);
	if (!Number.isInteger(count) || count < 1) {
		throw new HttpError(400, 'invalid_request', `limit must be a whole number of at least 1, not ${limit}`);
	}
	return count;
}
