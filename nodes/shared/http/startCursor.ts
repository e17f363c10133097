import type { IDataObject } from 'n8n-workflow';
import type { PageState } from './pageState';

/** The order of two keys: whole numbers compare as numbers, all others as texts. */
export function compareKeys(one: string, other: string): number {
	const [left, right] = [one, other].map((key) => (/^\d+$/.test(key) ? key.replace(/^0+(?=\d)/, '') : undefined));
	if (left !== undefined && right !== undefined && left.length !== right.length) return left.length - right.length;
	return one < other ? -1 : one > other ? 1 : 0;
}

/** The key of a row, which `start` takes. */
export const keyOf = ({ sortedId }: IDataObject) =>
	typeof sortedId === 'string' || typeof sortedId === 'number' ? String(sortedId) : undefined;
const idOf = (row: IDataObject) => String(row.id ?? JSON.stringify(row));

/** 1 for rising keys, -1 for falling ones, 0 for one key; undefined for no order. */
function directionOf(keys: readonly string[]): number | undefined {
	const steps = keys.slice(1).map((key, index) => Math.sign(compareKeys(key, keys[index])));
	const ways = new Set(steps.filter((step) => step !== 0));
	if (ways.size > 1) return undefined;
	return [...ways][0] ?? 0;
}

/** The limit for a list without any key whose first answer, without a limit, may be a page of the API's own size. */
const LARGEST_LIMIT = 10_000;

/** Sizes that APIs give to a page: round for their length. */
const isRound = (rows: number) => (rows > 1_000 ? rows % 500 === 0 : rows > 100 ? rows % 50 === 0 : rows % 10 === 0 || rows % 25 === 0);

/** A list without any key is read in one call. It may be cut where it is as long as its limit, or as a page usually is. */
const mayBeCut = (rows: number, limit: number) => rows >= limit || isRound(rows);

/** What one page shows of a list by `start`. */
export interface StartPage {
	/** Rows that were not given before. */
	readonly rows: IDataObject[];
	/** Query of the following page; undefined after the last one. */
	readonly next?: IDataObject;
	readonly state?: Pick<PageState, 'direction' | 'ids' | 'again'>;
	/** Why these rows may be a part of the list. */
	readonly lost?: string;
}

const NO_ORDER = "does not go on from 'start', or gives its rows in no order";

/** Without a limit the API may give a page of its own size, so a list that may be cut is read a second time, with a large limit. */
function withoutKeys(all: IDataObject[], given: ReadonlySet<string>, limit = Infinity): StartPage {
	const rows = all.filter((row) => !given.has(idOf(row)));
	if (!mayBeCut(all.length, limit)) return { rows };
	if (limit === Infinity) return { rows, next: { limit: LARGEST_LIMIT }, state: { ids: all.map(idOf) } };
	return { rows, lost: `gives ${all.length} rows, which may be a page of a longer list, and no 'sortedId' to read on from` };
}

/**
 * Reads one page of a list that goes on by `start`, the `sortedId` of a row. The contract does not say whether `start` is inclusive,
 * so rows that were given are dropped. Rows that share their `sortedId` are read again from the one before it.
 */
export function startPage(
	all: IDataObject[],
	{ start: from, limit }: IDataObject,
	{ direction: known = 0, ids = [], again }: PageState,
): StartPage {
	const start = from === undefined ? undefined : String(from);
	const tryAgain = again === undefined ? {} : { next: { start: again }, state: { direction: known, ids } };
	if (all.length === 0) return { rows: [], ...tryAgain };
	const given = new Set(ids);
	// The row of a start that the user gives is one that the user has.
	const isGiven = (row: IDataObject) => given.has(idOf(row)) || (ids.length === 0 && start !== undefined && keyOf(row) === start);
	const keys = all.map(keyOf).filter((key) => key !== undefined);
	if (keys.length === 0 && start === undefined) return withoutKeys(all, given, limit === undefined ? undefined : Number(limit));
	const shown = directionOf(keys);
	const way = known === 0 ? (shown ?? 1) : known;
	const isBefore = (key: string | undefined) => start !== undefined && key !== undefined && way * compareKeys(key, start) < 0;
	const rows = all.filter((row) => !isGiven(row) && !isBefore(keyOf(row)));
	const isOtherWay = known !== 0 && shown !== 0 && shown !== known;
	if (keys.length < all.length || shown === undefined || isOtherWay || keys.some(isBefore)) return { rows, lost: NO_ORDER };
	if (rows.length === 0) return { rows, ...tryAgain };
	const distinct = [...new Set(keys)];
	const last = distinct[distinct.length - 1];
	const isShared = distinct.length < keys.length;
	if (isShared && distinct.length === 1) return { rows, lost: NO_ORDER };
	const place = isShared ? distinct[distinct.length - 2] : last;
	return {
		rows,
		next: { start: place },
		state: {
			direction: way,
			ids: all.filter((row) => way * compareKeys(String(keyOf(row)), place) >= 0).map(idOf),
			again: isShared ? last : undefined,
		},
	};
}
