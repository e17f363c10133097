import { withQuery } from './pagination';
import type { Middleware } from './request';
import { isOk, isRead } from './request';

/** Query values that say how many rows a page has. */
const SIZES = ['limit', 'page_size'];
/** Below this a refusal is not about the size. */
const SMALLEST = 50;

/**
 * Middleware that halves the size of a page while the API refuses it with 400 or 422.
 * @param taken the sizes that the API has taken, by route: of one connection
 */
export const fitPageSize =
	(taken: Map<string, number>): Middleware =>
	(next) =>
	async (request) => {
		const { route, query = {} } = request;
		const name = SIZES.find((one) => typeof query[one] === 'number');
		if (name === undefined || !isRead(request)) return await next(request);
		const sized = async (size: number) => await next(withQuery(request, { [name]: size }));
		let size = Math.min(Number(query[name]), taken.get(route) ?? Infinity);
		const first = await sized(size);
		if (first.status !== 400 && first.status !== 422) return size < Number(query[name]) ? { ...first, pageSize: size } : first;
		for (size = Math.floor(size / 2); size >= SMALLEST; size = Math.floor(size / 2)) {
			const response = await sized(size);
			if (!isOk(response)) continue;
			taken.set(route, size);
			return { ...response, pageSize: size };
		}
		return first;
	};
