import type { HandlerRequest } from '../http/api';
import { HttpError } from '../http/httpError';
import type { FinvisContext } from './context';

interface PageQuery {
	page?: number | string;
	page_size?: number | string;
}

/** A type alias, because an interface has no index signature and the contract's objects have one. */
type Page<T> = { count: number; next: string | null; previous: string | null; results: T[] };

/** One page of a list. The setting `pageCap` shortens pages silently. */
export function listPage<T>(
	items: readonly T[],
	request: HandlerRequest<unknown, PageQuery>,
	path: string,
	context: FinvisContext,
): Page<T> {
	const { pageSize, maxPageSize, pageCap } = context.settings;
	const number = positiveInteger(request.query.page, 'page') ?? 1;
	const size = Math.min(positiveInteger(request.query.page_size, 'page_size') ?? pageSize, maxPageSize, pageCap ?? Infinity);
	const first = (number - 1) * size;
	const results = items.slice(first, first + size);
	const link = (to: number): string => {
		const query = new URLSearchParams(Object.entries(request.query).map(([name, value]): [string, string] => [name, String(value)]));
		query.set('page', String(to));
		return `${request.baseUrl}${path}?${query.toString()}`;
	};
	return {
		count: items.length,
		next: first + size < items.length ? link(number + 1) : null,
		previous: number > 1 ? link(number - 1) : null,
		results,
	};
}

function positiveInteger(value: number | string | undefined, name: string): number | undefined {
	if (value === undefined) return undefined;
	const number = Number(value);
	if (!Number.isInteger(number) || number < 1) throw new HttpError(400, 'invalid', `${name} must be a whole number of at least 1`);
	return number;
}
