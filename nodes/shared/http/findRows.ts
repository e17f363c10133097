import type { IDataObject } from 'n8n-workflow';
import { isObject } from '../core/isObject';

const SURELY_ROWS = ['results', 'data'];
const ROWS = [...SURELY_ROWS, 'items', 'content', 'records', 'rows', 'value', 'values'];
/** Lists in an answer that are not its rows. */
const NO_ROWS = /^(errors?|warnings?|messages?|notices?|_?links|included|fields|columns|filters)$/i;
/** Objects in an answer that hold its paging. */
export const PAGING = /^_?(meta|metadata|paging|pagination|page|pageinfo|page_info|links|cursors?|responsemetadata|response_metadata)$/i;
const DEEPEST = 4;

export const isRows = (value: unknown): value is IDataObject[] => Array.isArray(value) && value.every(isObject);
const onlyOne = <T>(all: T[]): T | undefined => (all.length === 1 ? all[0] : undefined);

interface Found {
	readonly name: string;
	readonly rows: IDataObject[];
	/** The objects around the rows, the outermost first. */
	readonly around: IDataObject[];
}

/** All lists of objects in an answer, the outermost first. Lists about paging count only where there are no others. */
function listsIn(body: IDataObject, withPaging: boolean, outer: IDataObject[] = []): Found[] {
	const around = [...outer, body];
	const entries = Object.entries(body).filter(([name]) => !NO_ROWS.test(name));
	const own = entries.flatMap(([name, rows]) => (isRows(rows) ? [{ name, rows, around }] : []));
	if (around.length === DEEPEST) return own;
	const inner = entries.flatMap(([name, child]) =>
		isObject(child) && (withPaging || !PAGING.test(name)) ? listsIn(child, withPaging, around) : [],
	);
	return [...own, ...inner];
}

const hasId = ({ id }: IDataObject) => id !== undefined && id !== null;

/**
 * The rows in an answer. Beside another list they must be the only ones that can be meant: rows have IDs, and a list that may be the
 * rows may be empty.
 */
export function findRows(body: IDataObject): Found | undefined {
	const outside = listsIn(body, false);
	const lists = outside.length > 0 ? outside : listsIn(body, true);
	const depth = lists.reduce((least, { around }) => Math.min(least, around.length), Infinity);
	const outermost = lists.filter(({ around }) => around.length === depth);
	const known = ROWS.map((name) => outermost.find((one) => one.name === name)).find((one) => one !== undefined);
	const found = known ?? onlyOne(outermost);
	const others = lists.filter((one) => one !== found);
	if (found === undefined || others.length === 0 || SURELY_ROWS.includes(found.name)) return found;
	const mayBeRows = ({ rows }: Found) => rows.some(hasId) || (rows.length === 0 && found.rows.length > 0);
	return found.rows.every(hasId) && !others.some(mayBeRows) ? found : undefined;
}
