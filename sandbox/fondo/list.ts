import { Refusal } from '../http/refusal';
import type { World } from '../world';

interface ListQuery {
	start?: string;
	limit?: number | string;
	modifiedFrom?: string;
}

interface Listed {
	sortedId: string;
	modifiedDate?: string;
}

/**
 * `start`, `limit` and `modifiedFrom` as the settings understand them, of the items that are wanted. They come sorted, so a page
 * out of a long list costs no more than one out of a short list.
 */
export function page<T extends Listed>(
	items: readonly T[],
	query: ListQuery,
	world: World,
	isWanted: (item: T) => boolean = () => true,
): T[] {
	const { cursor, pageCap } = world.settings.fondo;
	const { start, modifiedFrom } = query;
	const from = modifiedFrom === undefined ? undefined : new Date(modifiedFrom).toISOString();
	const most = Math.min(wanted(query.limit), pageCap ?? Infinity);
	const found: T[] = [];
	for (let place = start === undefined ? 0 : placeOf(items, start); place < items.length && found.length < most; place += 1) {
		const item = items[place];
		if (item === undefined || (cursor === 'exclusive' && item.sortedId === start)) continue;
		if ((from === undefined || (item.modifiedDate ?? '') >= from) && isWanted(item)) found.push(item);
	}
	return found;
}

/** The first place in a sorted list whose `sortedId` is not before `start`. */
function placeOf(items: readonly Listed[], start: string): number {
	let low = 0;
	let high = items.length;
	while (low < high) {
		const middle = Math.floor((low + high) / 2);
		if ((items[middle]?.sortedId ?? '') < start) low = middle + 1;
		else high = middle;
	}
	return low;
}

/** For instruments: they carry no `sortedId`, so `start` has no meaning for them and is ignored. */
export function limited<T>(items: readonly T[], query: ListQuery, world: World): T[] {
	return items.slice(0, Math.min(wanted(query.limit), world.settings.fondo.pageCap ?? Infinity));
}

function wanted(limit: number | string | undefined): number {
	if (limit === undefined) return Infinity;
	const count = Number(limit);
	if (!Number.isInteger(count) || count < 1) {
		throw new Refusal(400, 'invalid_request', `limit must be a whole number from 1 on, not ${limit}`);
	}
	return count;
}
