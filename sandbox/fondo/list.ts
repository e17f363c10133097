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

/** `start`, `limit` and `modifiedFrom` as the settings understand them; the items come sorted. */
export function page<T extends Listed>(items: readonly T[], query: ListQuery, world: World): T[] {
	const { cursor, pageCap } = world.settings.fondo;
	const { start, modifiedFrom } = query;
	const from = modifiedFrom === undefined ? undefined : new Date(modifiedFrom).toISOString();
	const found = items.filter(({ sortedId, modifiedDate }) => {
		if (start !== undefined && (cursor === 'inclusive' ? sortedId < start : sortedId <= start)) return false;
		return from === undefined || (modifiedDate ?? '') >= from;
	});
	return found.slice(0, Math.min(wanted(query.limit), pageCap ?? Infinity));
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
