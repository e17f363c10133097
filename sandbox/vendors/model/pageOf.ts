import type { Page } from '../position';
import type { Slice } from './rowList';

/** Numbers of pages for the shapes that have them; a list that is read by `start` has no links. */
export function pageOf(slice: Pick<Slice<unknown>, 'skipped' | 'total'>, asked: number, self: string, rows: readonly unknown[]): Page {
	return {
		rows,
		get total() {
			return slice.total;
		},
		get size() {
			return Number.isFinite(asked) ? asked : slice.total;
		},
		get number() {
			return Number.isFinite(asked) ? Math.floor(slice.skipped / asked) + 1 : 1;
		},
		get pages() {
			return Number.isFinite(asked) ? Math.max(1, Math.ceil(slice.total / asked)) : 1;
		},
		links: { first: self, self, next: null, previous: null },
	};
}
