import { isObject } from '../core/isObject';
import type { Shapes } from '../http/shapes';
import { fieldsOf, wordsOf } from '../http/shapes';

/** What is shown instead of a name that may be a value. */
export const MASKED = '{key}';

const SHORTEST_VALUE = 3;
const LONGEST_NAME = 40;
const IDENTIFIER = /^[a-z_$@][\w$@-]*$/;
/** Three digits in a row, or a run of hexadecimal digits with a digit among them. */
const LIKE_DATA = /\d{3}|(?=[a-f]*\d)[\da-f]{8}/i;

/** A name without case and separators. */
export const folded = (name: string) => name.toLowerCase().replace(/[^a-z0-9]/g, '');

/** A name that says that the amount in it is in minor units. */
const MINOR = /^(.+?)_?(minor|minorUnits|in_?minor|cents|in_?cents|ore|in_?ore)$/i;

/** The name of an amount without the word for minor units at its end; undefined where it has none. */
export const withoutMinorUnits = (name: string) => MINOR.exec(name)?.[1];

/** Every value in the answers that a name could repeat, without the words of the contract, which say nothing about anybody. */
function valuesIn(answers: readonly unknown[], words: ReadonlySet<string>): Set<string> {
	const values = new Set<string>();
	const open = [...answers];
	while (open.length > 0) {
		const value = open.pop();
		if (Array.isArray(value)) for (const one of value) open.push(one);
		else if (isObject(value)) for (const one of Object.values(value)) open.push(one);
		else if (typeof value === 'string' || typeof value === 'number') {
			const text = String(value);
			if (text.length >= SHORTEST_VALUE && text.length <= LONGEST_NAME && !words.has(text)) values.add(text);
		}
	}
	return values;
}

export type SafeName = (name: string) => string | undefined;

/**
 * Says whether a name of a field that the contract does not have can be shown: it is an identifier, looks like no data, and contains
 * no value of any answer. Undefined for any other name: it may be a value, such as an ID or a person as the key of a map.
 */
export function safeNames(answers: readonly unknown[], shapes: Shapes): SafeName {
	const values = valuesIn(answers, wordsOf(shapes));
	const known = new Set([...fieldsOf(shapes).keys()].map(folded));
	const hasValue = (name: string) => {
		for (let from = 0; from < name.length; from += 1)
			for (let to = from + SHORTEST_VALUE; to <= name.length; to += 1) if (values.has(name.slice(from, to))) return true;
		return false;
	};
	return (name) => {
		const isName = IDENTIFIER.test(name) || (known.has(folded(name)) && /^[\w-]+$/.test(name));
		return isName && name.length <= LONGEST_NAME && !LIKE_DATA.test(name) && !hasValue(name) ? name : undefined;
	};
}
