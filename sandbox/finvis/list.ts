import { Refusal } from '../http/refusal';
import type { Call } from '../http/operation';
import type { World } from '../world';

interface PageQuery {
	page?: number | string;
	page_size?: number | string;
}

/** An alias, because an interface does not fit the open objects of the contract. */
export type Page<T> = { count: number; next: string | null; previous: string | null; results: T[] };

/** One page as the settings shape it; a cap shortens pages silently. */
export function page<T>(items: readonly T[], call: Call<unknown, PageQuery>, path: string, world: World): Page<T> {
	const { pageSize, maxPageSize, pageCap } = world.settings.finvis;
	const number = whole(call.query.page, 'page') ?? 1;
	const size = Math.min(whole(call.query.page_size, 'page_size') ?? pageSize, maxPageSize, pageCap ?? Infinity);
	const first = (number - 1) * size;
	const results = items.slice(first, first + size);
	const link = (to: number): string => {
		const query = new URLSearchParams(Object.entries(call.query).map(([name, value]): [string, string] => [name, String(value)]));
		query.set('page', String(to));
		return `${call.baseUrl}${path}?${query.toString()}`;
	};
	return {
		count: items.length,
		next: first + size < items.length ? link(number + 1) : null,
		previous: number > 1 ? link(number - 1) : null,
		results,
	};
}

function whole(value: number | string | undefined, name: string): number | undefined {
	if (value === undefined) return undefined;
	const number = Number(value);
	if (!Number.isInteger(number) || number < 1) throw new Refusal(400, 'invalid', `${name} must be a whole number from 1 on`);
	return number;
}
