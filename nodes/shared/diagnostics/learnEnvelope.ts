import type { IDataObject } from 'n8n-workflow';
import { isObject } from '../core/isObject';
import { withoutEnvelope } from '../http/envelope';
import { rowsOf } from '../http/listAnswer';
import type { Fields, Shape, Shapes } from '../http/shapes';
import { isFields, isList, resolved } from '../http/shapes';
import type { Comparison, Difference } from './compareShape';
import { compareAt } from './compareShape';
import { MASKED } from './names';
import { kindOf } from './observed';

const DEEPEST = 4;

/** The shape of a row where the contract has a list: bare, or under `results`. */
function rowShapeOf(shape: Shape, shapes: Shapes): Shape | undefined {
	const target = resolved(shape, shapes);
	const rows = isList(target) ? target : isFields(target) ? target.results : undefined;
	return rows !== undefined && isList(rows) ? rows[0] : undefined;
}

interface Place {
	readonly names: readonly string[];
	readonly value: unknown;
}

/** The lists of objects in an answer, or its objects, with the names that lead to them. */
function placesIn(value: unknown, isWanted: (value: unknown) => boolean, names: readonly string[] = []): Place[] {
	const own = names.length > 0 && isWanted(value) ? [{ names, value }] : [];
	if (!isObject(value) || names.length === DEEPEST) return own;
	return [...own, ...Object.entries(value).flatMap(([name, inner]) => placesIn(inner, isWanted, [...names, name]))];
}

const isRows = (value: unknown): value is IDataObject[] => Array.isArray(value) && value.every(isObject);

/** How many names of the contract an object, or the first row of a list, has; 0 where most of its names are others. */
function likeness(value: unknown, fields: Fields): number {
	const object = Array.isArray(value) ? (value[0] as unknown) : value;
	if (!isObject(object)) return 0;
	const known = Object.keys(fields).map((key) => key.replace('!', ''));
	const names = Object.keys(object);
	const shared = names.filter((name) => known.includes(name)).length;
	return shared * 2 >= names.length ? shared : 0;
}

/** The place that looks most like the contract; undefined where two do. */
function mostAlike(places: readonly Place[], fields: Fields): Place | undefined {
	const rated = places.map((place) => ({ place, rate: likeness(place.value, fields) })).sort((a, b) => b.rate - a.rate);
	const [first, second] = rated;
	return first !== undefined && first.rate > 0 && first.rate > (second?.rate ?? 0) ? first.place : undefined;
}

/** What an answer of a read shows. */
export interface Opened {
	/** Of a list: its rows. */
	readonly rows?: readonly unknown[];
	readonly differences: readonly Difference[];
	/** The path that a correction can name, where the nodes do not find the rows or the object by themselves. */
	readonly envelope?: string;
	/** The nodes cannot read the answer. */
	readonly isRefused?: true;
}

const attempt = <T>(read: () => T): T | undefined => {
	try {
		return read();
	} catch {
		return undefined;
	}
};

/** Rows and differences of one answer, whatever envelope it has. */
export function openAnswer(shape: Shape, body: unknown, comparison: Comparison): Opened {
	const { shapes, safeName } = comparison;
	const target = resolved(shape, shapes);
	const rowShape = rowShapeOf(shape, shapes);
	const isAsWritten = rowShape === undefined || (isList(target) ? Array.isArray(body) : isObject(body) && Array.isArray(body.results));
	const inner = rowShape ?? shape;
	const innerFields = resolved(inner, shapes);
	const fields = isFields(innerFields) ? innerFields : {};
	const isObjectAsWritten = rowShape === undefined && (!isFields(target) || likeness(body, fields) > 0 || !isObject(body));
	if (isAsWritten && (rowShape !== undefined || isObjectAsWritten)) {
		const given = isObject(body) && rowShape !== undefined ? body.results : body;
		return { rows: Array.isArray(given) ? given : undefined, differences: compareAt(shape, [body], '$', comparison) };
	}
	const read = rowShape === undefined ? withoutEnvelope(body) : attempt(() => rowsOf(body));
	const isRead = read !== undefined && read !== body;
	const places = placesIn(body, rowShape === undefined ? isObject : isRows);
	const bare = Array.isArray(body) ? { names: [], value: body as unknown } : undefined;
	const place = bare ?? (isRead ? places.find(({ value }) => value === read) : undefined) ?? mostAlike(places, fields);
	if (place === undefined || (rowShape === undefined && !isObject(place.value)))
		return { differences: compareAt(shape, [body], '$', comparison), ...(rowShape === undefined ? {} : { isRefused: true }) };
	const shown = place.names.map((name) => safeName(name) ?? MASKED);
	const path = ['$', ...shown].join('.');
	const given = rowShape === undefined ? [place.value] : (place.value as unknown[]);
	const isFound = isRead || bare !== undefined;
	const envelope: Difference = {
		path,
		difference: 'envelope',
		expected: rowShape === undefined ? 'the object itself' : isList(target) ? 'a list' : 'the rows under results',
		seen: place.names.length === 0 ? 'a list' : `${kindOf(body)} with the ${rowShape === undefined ? 'object' : 'rows'} at ${path}`,
	};
	return {
		rows: rowShape === undefined ? undefined : given,
		differences: [envelope, ...compareAt(inner, given, rowShape === undefined ? path : `${path}[*]`, comparison)],
		...(isFound ? {} : { isRefused: true as const }),
		...(isFound || shown.includes(MASKED) ? {} : { envelope: place.names.join('.') }),
	};
}
