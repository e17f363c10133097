/** Answers as a contract has them, and contracts that are changed in one place. */
import type { Shape, Shapes } from '../../../nodes/shared/http/shapes';
import { isFields, isList, resolved } from '../../../nodes/shared/http/shapes';

export type Random = () => number;

/** The same numbers for the same seed. */
export function seeded(seed: number): Random {
	let state = seed * 2_654_435_761 + 1;
	return () => {
		state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
		return state / 2 ** 32;
	};
}

const pick = <T>(all: readonly T[], random: Random): T => all[Math.floor(random() * all.length)];

/** A shape without names of types, so that one route can be changed alone. */
export function expanded(shape: Shape, shapes: Shapes): Shape {
	const target = resolved(shape, shapes);
	if (isList(target)) return target.map((one) => expanded(one, shapes));
	return isFields(target) ? Object.fromEntries(Object.entries(target).map(([key, field]) => [key, expanded(field, shapes)])) : target;
}

const VALUES: Readonly<Record<string, unknown>> = {
	string: 'Qwx Zyk',
	number: 7.25,
	integer: 7,
	boolean: true,
	object: { inner: 1 },
	any: 'Qwx',
	date: '2026-11-29',
	'date-time': '2026-11-29T08:00:00.000Z',
	uri: 'https://example.se/qwx',
	decimal: '12.50',
	// Of changed contracts:
	'text-number': '7.25',
	'local-time': '29/11/2026 08:00',
	null: null,
	long: 'q'.repeat(300),
};

/** An answer with every field. */
export function sampleOf(shape: Shape): unknown {
	if (isList(shape)) return [sampleOf(shape[0]), sampleOf(shape[0])];
	if (isFields(shape)) return Object.fromEntries(Object.entries(shape).map(([key, field]) => [key.replace('!', ''), sampleOf(field)]));
	const [word] = shape.replace(/\?$/, '').split('<');
	return word.startsWith('=') ? word.slice(1).split('|')[0] : VALUES[word];
}

/** A field of a contract: its object, its key, and the path of its object in an answer. */
interface Spot {
	readonly fields: Record<string, Shape>;
	readonly key: string;
	readonly at: string;
}

function spotsIn(shape: Shape, at = '$'): Spot[] {
	if (isList(shape)) return spotsIn(shape[0], `${at}[*]`);
	if (!isFields(shape)) return [];
	return Object.entries(shape).flatMap(([key, field]) => [
		{ fields: shape as Record<string, Shape>, key, at },
		...spotsIn(field, `${at}.${key.replace('!', '')}`),
	]);
}

export interface Mutation {
	readonly what: string;
	readonly shape: Shape;
	/** Paths of the differences, each with the kinds that name it. */
	readonly expected: Readonly<Record<string, RegExp>>;
}

interface Change {
	readonly may: (field: Shape) => boolean;
	readonly field?: (field: Shape) => Shape;
	/** Name → new name; undefined takes the field away. */
	readonly name?: (name: string) => string | undefined;
	readonly expected: RegExp;
}

const isWord = (field: Shape, ...words: string[]) => typeof field === 'string' && words.includes(field.replace(/[?].*$/, ''));
const isPlain = (field: Shape) => typeof field === 'string' && !isWord(field, 'any', 'object');
/** The rows of a list, and what is beside them: another change than one of a field. */
const ENVELOPE = ['results', 'count', 'next', 'previous'];

const CHANGES: Readonly<Record<string, Change>> = {
	renamed: { may: isPlain, name: (name) => `partner_${name}`, expected: /^renamed$/ },
	'renamed beyond recognition': { may: isPlain, name: () => 'zebra', expected: /^(missing|not seen)$/ },
	removed: { may: () => true, name: () => undefined, expected: /^(missing|not seen)$/ },
	retyped: { may: (field) => isWord(field, 'string', 'number', 'integer', 'date-time'), field: () => 'boolean', expected: /^type$/ },
	'number as text': { may: (field) => isWord(field, 'number', 'integer'), field: () => 'text-number', expected: /^type$/ },
	'date format': { may: (field) => isWord(field, 'date', 'date-time'), field: () => 'local-time', expected: /^format$/ },
	'another word': { may: (field) => typeof field === 'string' && field.startsWith('='), field: () => '=zebra', expected: /^value$/ },
	nested: { may: isPlain, field: (field) => ({ value: field }), expected: /^type$/ },
	'list instead of object': { may: (field) => isFields(field) || isPlain(field), field: (field) => [field], expected: /^type$/ },
	null: { may: (field) => isPlain(field) && !String(field).endsWith('?'), field: () => 'null', expected: /^type$/ },
	'too long': { may: (field) => typeof field === 'string' && field.includes('<'), field: () => 'long', expected: /^length$/ },
};

/** The contract of one route, changed in one place that the seed chooses; undefined where the change fits no field of it. */
export function mutated(route: Shape, random: Random, what: string): Mutation | undefined {
	const shape = structuredClone(route) as Shape;
	if (what === 'wrapped') {
		const rows = isFields(shape) && 'results' in shape ? '.results' : '';
		return { what, shape: { payload: { zebra: shape } }, expected: { [`$.payload.zebra${rows}`]: /^envelope$/ } };
	}
	const spots = spotsIn(shape).filter(({ key }) => !ENVELOPE.includes(key));
	if (what === 'added') {
		const { fields, at } = pick(spots, random);
		fields.zebra = 'string';
		return { what, shape, expected: { [`${at}.zebra`]: /^new$/ } };
	}
	const { may, field, name, expected } = CHANGES[what];
	const fitting = spots.filter(({ fields, key }) => may(fields[key]) && Object.keys(fields).length > 1);
	if (fitting.length === 0) return undefined;
	const { fields, key, at } = pick(fitting, random);
	const plain = key.replace('!', '');
	const old = fields[key];
	if (field) fields[key] = field(old);
	const given = name ? name(plain) : key;
	if (given !== key) delete fields[key];
	if (given !== undefined) fields[given] = field ? field(old) : old;
	const isNew = what === 'renamed beyond recognition';
	return {
		what: `${what}: ${at}.${plain}`,
		shape,
		expected: { [`${at}.${plain}`]: expected, ...(isNew ? { [`${at}.zebra`]: /^new$/ } : {}) },
	};
}

export const MUTATIONS = [...Object.keys(CHANGES), 'added', 'wrapped'];
