import type { IDataObject } from 'n8n-workflow';
import { isObject } from '../core/isObject';
import type { Fields, Shape, Shapes } from '../http/shapes';
import { isFields, isList, resolved } from '../http/shapes';
import type { SafeName } from './names';
import { folded, MASKED, withoutMinorUnits } from './names';
import { expectationOf, seenKinds } from './observed';

/** One way in which answers differ from the contract, without a value. */
export interface Difference {
	/** JSON path, such as `$[*].amount`. */
	readonly path: string;
	/** `not seen`: an optional field, which the answers may lack. */
	readonly difference: 'missing' | 'not seen' | 'new' | 'renamed' | 'type' | 'format' | 'value' | 'length' | 'envelope' | 'not read';
	readonly expected: string;
	readonly seen: string;
	/** Name of the field in the contract. */
	readonly field?: string;
	/** Name at the API of a renamed field. */
	readonly vendorName?: string;
}

export interface Comparison {
	readonly shapes: Shapes;
	readonly safeName: SafeName;
}

const nameOf = (key: string) => key.replace(/!$/, '');

/** Whether every value fits a shape: for a field that may have another name. */
function fits(shape: Shape, values: readonly unknown[], { shapes }: Pick<Comparison, 'shapes'>): boolean {
	const target = resolved(shape, shapes);
	if (isList(target)) return values.every(Array.isArray);
	if (isFields(target)) return values.every(isObject);
	return values.every((value) => (value === null ? target.endsWith('?') : expectationOf(target).fits(value)));
}

const lastWord = (name: string) =>
	name
		.split(/[^A-Za-z0-9]+|(?<=[a-z])(?=[A-Z])/)
		.at(-1)
		?.toLowerCase() ?? '';
/** Whether the last words of names are the same, or one is the beginning of the other, such as `clientRef` and `partner_reference`. */
function areAlike(...names: readonly [string, string]): boolean {
	const [one, other] = names.map(lastWord);
	return Math.min(one.length, other.length) >= 2 && (one.startsWith(other) || other.startsWith(one));
}

/** Pairs of a field that is missing and a field that is new, where only one can be meant. */
function renamedIn(missing: readonly string[], added: readonly string[], isPair: (field: string, name: string) => boolean) {
	const pairs = new Map<string, string>();
	for (const test of [(field: string, name: string) => folded(field) === folded(name), areAlike])
		for (const field of missing) {
			const open = (name: string) => ![...pairs.values()].includes(name);
			const names = added.filter((name) => open(name) && test(field, withoutMinorUnits(name) ?? name) && isPair(field, name));
			if (pairs.has(field) || names.length !== 1) continue;
			const rivals = missing.filter(
				(other) => !pairs.has(other) && test(other, withoutMinorUnits(names[0]) ?? names[0]) && isPair(other, names[0]),
			);
			if (rivals.length === 1) pairs.set(field, names[0]);
		}
	return pairs;
}

function compareFields(fields: Fields, objects: readonly IDataObject[], path: string, comparison: Comparison): Difference[] {
	const names = new Map(Object.entries(fields).map(([key, shape]) => [nameOf(key), { shape, isRequired: key.endsWith('!') }]));
	const valuesOf = (name: string) =>
		objects.flatMap((object) => (Object.hasOwn(object, name) && object[name] !== undefined ? [object[name] as unknown] : []));
	const given = [...new Set(objects.flatMap((object) => Object.keys(object)))];
	const missing = [...names.keys()].filter((name) => !given.includes(name));
	const added = given.filter((name) => !names.has(name));
	// Without any field of the contract these may be keys of a map, such as names of persons.
	const isKnownObject = given.some((name) => names.has(name) || [...names.keys()].some((field) => folded(field) === folded(name)));
	const shown = new Map(added.map((name) => [name, isKnownObject ? comparison.safeName(name) : undefined]));
	const pairs = renamedIn(
		missing,
		added.filter((name) => shown.get(name) !== undefined),
		(field, name) => fits(names.get(field)?.shape ?? 'any', valuesOf(name), comparison),
	);
	const at = (name: string) => `${path}.${name}`;
	const found: Difference[] = [...pairs].map(([field, name]) => ({
		path: at(field),
		difference: 'renamed',
		expected: `the name ${field}`,
		seen: `the name ${name}, ${seenKinds(valuesOf(name))}`,
		field,
		vendorName: name,
	}));
	for (const name of added.filter((one) => ![...pairs.values()].includes(one)))
		found.push({ path: at(shown.get(name) ?? MASKED), difference: 'new', expected: 'nothing', seen: seenKinds(valuesOf(name)) });
	for (const [field, { shape, isRequired }] of names) {
		const values = valuesOf(field);
		const expected = expectedWords(shape, comparison);
		const isPartly = isRequired && values.length > 0 && values.length < objects.length;
		if (isPartly || (missing.includes(field) && !pairs.has(field)))
			found.push({
				path: at(field),
				difference: isRequired ? 'missing' : 'not seen',
				expected: isRequired ? expected : `${expected}, optional`,
				seen: isPartly ? 'in some of the objects only' : 'in none of the objects',
				field,
			});
		found.push(...compareAt(shape, values, at(field), comparison, field));
	}
	return once(found);
}

/** Masked names may come several times. */
function once(found: readonly Difference[]): Difference[] {
	return [...new Map(found.map((one) => [JSON.stringify(one), one])).values()];
}

function expectedWords(shape: Shape, { shapes }: Pick<Comparison, 'shapes'>): string {
	const target = resolved(shape, shapes);
	if (isList(target)) return 'list';
	return isFields(target) ? 'object' : expectationOf(target).words + (target.endsWith('?') ? ', or null' : '');
}

/** Compares all values at one place of the answers with the contract. An optional field may be null: that says no more than nothing. */
export function compareAt(shape: Shape, values: readonly unknown[], path: string, comparison: Comparison, field?: string): Difference[] {
	const target = resolved(shape, comparison.shapes);
	const mayBeNull = typeof shape === 'string' && shape.endsWith('?');
	const given = mayBeNull ? values.filter((value) => value !== null) : values;
	const {
		words,
		difference,
		fits: isRight,
	} = isList(target)
		? { words: 'list', difference: 'type' as const, fits: Array.isArray }
		: isFields(target)
			? { words: 'object', difference: 'type' as const, fits: isObject }
			: expectationOf(target);
	const wrong = given.filter((value) => !isRight(value));
	const isOtherType = wrong.some((value) => typeof value !== 'string');
	const found: Difference[] =
		wrong.length === 0 ? [] : [{ path, difference: isOtherType ? 'type' : difference, expected: words, seen: seenKinds(wrong), field }];
	if (isList(target)) found.push(...compareAt(target[0], given.filter(Array.isArray).flat(), `${path}[*]`, comparison, field));
	const objects = given.filter(isObject);
	if (isFields(target) && objects.length > 0) found.push(...compareFields(target, objects, path, comparison));
	return found;
}
