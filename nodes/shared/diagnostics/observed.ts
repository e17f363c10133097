import { isObject } from '../core/isObject';

/** Days and moments, without their values. */
const DAY = /^\d{4}-\d\d-\d\d$/;
const MOMENT = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d)?(\.\d+)?/;
const ZONE = /(Z|[+-]\d\d:\d\d)$/i;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const DECIMAL = /^-?\d+(\.\d+)?$/;

/** What a text looks like, in words. */
function kindOfText(text: string): string {
	if (text.trim() === '') return 'empty text';
	if (DAY.test(text)) return 'day as text';
	if (MOMENT.test(text)) return ZONE.test(text) ? 'date and time with zone' : 'date and time without zone';
	if (/^\d{1,4}[./-]\d{1,2}[./-]\d{1,4}(\D|$)/.test(text)) return 'day in another order';
	if (UUID.test(text)) return 'text like a UUID';
	if (DECIMAL.test(text)) return text.includes('.') ? 'number with decimals as text' : 'whole number as text';
	if (/^-?[\d\s]+,\d+$/.test(text)) return 'number with a comma as text';
	if (/^-?\d+(\.\d+)?e[+-]?\d+$/i.test(text)) return 'number with an exponent as text';
	return 'text';
}

/** The kind of a value, without the value. */
export function kindOf(value: unknown): string {
	if (value === null) return 'null';
	if (typeof value === 'string') return kindOfText(value);
	if (typeof value === 'number') return Number.isInteger(value) ? 'whole number' : 'number with decimals';
	if (typeof value === 'boolean') return 'true or false';
	if (Array.isArray(value)) return value.length === 0 ? 'empty list' : isObject(value[0]) ? 'list of objects' : 'list';
	return 'object';
}

/** Longer lengths are not given: they could be a value of the answer. */
const LONGEST_SHOWN = 99;
const shownLength = (length: number) => (length > LONGEST_SHOWN ? `more than ${LONGEST_SHOWN}` : String(length));

/** Length of the texts among values, without the values. */
function lengthOf(values: readonly unknown[]): string {
	const lengths = values.flatMap((value) => (typeof value === 'string' && value !== '' ? [value.length] : []));
	if (lengths.length === 0) return '';
	const [shortest, longest] = [Math.min(...lengths), Math.max(...lengths)].map(shownLength);
	return ` of ${shortest === longest ? shortest : `${shortest} to ${longest}`} characters`;
}

/** The kinds of values, with the lengths of texts, without the values. */
export function seenKinds(values: readonly unknown[]): string {
	const kinds = [...new Set(values.map(kindOf))].sort();
	return kinds.map((kind) => kind + lengthOf(values.filter((value) => kindOf(value) === kind))).join(', or ');
}

interface Expectation {
	/** In words. */
	readonly words: string;
	/** What a value that does not fit differs in. */
	readonly difference: 'type' | 'format' | 'value' | 'length';
	readonly fits: (value: unknown) => boolean;
}

const isText = (value: unknown): value is string => typeof value === 'string';
const isNumber = (value: unknown) => typeof value === 'number';
const formatted = (words: string, test: (text: string) => boolean): Expectation => ({
	words,
	difference: 'format',
	fits: (value) => isText(value) && test(value),
});
const typed = (words: string, fits: Expectation['fits']): Expectation => ({ words, difference: 'type', fits });

const EXPECTATIONS: Readonly<Record<string, Expectation>> = {
	string: typed('text', isText),
	number: typed('number', isNumber),
	integer: typed('whole number', Number.isInteger),
	boolean: typed('true or false', (value) => typeof value === 'boolean'),
	object: typed('object', isObject),
	any: typed('anything', () => true),
	date: formatted('day, as year-month-day', (text) => DAY.test(text)),
	'date-time': formatted('date and time with zone', (text) => MOMENT.test(text) && ZONE.test(text)),
	uri: formatted('address', (text) => URL.canParse(text)),
	decimal: formatted('amount: number, or text with a point', (text) => DECIMAL.test(text)),
};

/** What the contract says about a value that is no list and has no fields of its own. */
export function expectationOf(shape: string): Expectation {
	const [word, longest] = shape.replace(/\?$/, '').split('<');
	if (word.startsWith('=')) {
		const words = word.slice(1).split('|');
		return { words: 'one of the words of the contract', difference: 'value', fits: (value) => isText(value) && words.includes(value) };
	}
	if (longest !== undefined)
		return {
			words: 'text, not longer than in the contract',
			difference: 'length',
			fits: (value) => isText(value) && value.length <= Number(longest),
		};
	const expected = EXPECTATIONS[word];
	return word === 'decimal' ? { ...expected, fits: (value) => isNumber(value) || expected.fits(value) } : expected;
}
