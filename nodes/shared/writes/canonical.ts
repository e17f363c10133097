import { createHash } from 'crypto';
import { foldLookAlikes } from '../core/lookAlikes';

const NUMBER = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d{1,4})?$/;
const DAY = /^(\d{4}-\d\d-\d\d)(?:[T ]\d\d:\d\d.*)?$/;
/** Groups of digits, with a country code or not: an IBAN, a bankgiro, an account or a personal number. */
const DIGITS_IN_GROUPS = /^[A-Za-z]{0,2}\d[\d\s.,/-]*[\dA-Za-z]$/;
const PERSON = /executor|personal|ssn/i;

/** `12500.00`, `1.25E+4` and 12500 as the same text. Exact: no digit goes through a float. */
function canonicalNumber(text: string): string {
	const [mantissa, exponent = '0'] = text.toLowerCase().replace(/^\+/, '').split('e');
	const isNegative = mantissa.startsWith('-');
	const [whole, fraction = ''] = mantissa.replace('-', '').split('.');
	const point = whole.length + Number(exponent);
	const digits = whole + fraction;
	if (/^0*$/.test(digits)) return '0';
	const before = point > 0 ? digits.slice(0, point).padEnd(point, '0') : '';
	const after = point > 0 ? digits.slice(point) : digits.padStart(digits.length - point, '0');
	const decimals = after.replace(/0+$/, '');
	return `${isNegative ? '-' : ''}${before.replace(/^0+/, '') || '0'}${decimals === '' ? '' : `.${decimals}`}`;
}

function canonicalText(name: string, text: string): string {
	const folded = foldLookAlikes(text);
	if (PERSON.test(name))
		return folded
			.replace(/[^\dA-Za-z]/g, '')
			.toLowerCase()
			.replace(/^(?:19|20)(?=\d{10}$)/, '');
	if (NUMBER.test(folded)) return canonicalNumber(folded);
	const day = DAY.exec(folded)?.[1];
	if (day !== undefined) return day;
	return (DIGITS_IN_GROUPS.test(folded) ? folded.replace(/[\s-]/g, '') : folded).toLowerCase();
}

/**
 * What a value says, whatever its writing: amounts by value, a day as a day, codes, IDs and texts without case and look-alikes,
 * personal numbers by their last ten digits, lists as sets whose order does not matter. Undefined fields are left out.
 */
export function canonical(value: unknown, name = ''): unknown {
	if (value === null || value === undefined) return undefined;
	if (Array.isArray(value)) return value.map((one) => JSON.stringify(canonical(one, name)) ?? 'null').sort();
	if (typeof value === 'object')
		return Object.fromEntries(
			Object.entries(value)
				.map(([field, child]): [string, unknown] => [field, canonical(child, field)])
				.filter(([, child]) => child !== undefined)
				.sort(([one], [other]) => (one < other ? -1 : 1)),
		);
	return typeof value === 'boolean' ? value : canonicalText(name, String(value));
}

/** Whether two values say the same under a field of this name. */
export const isSameValue = (name: string, one: unknown, other: unknown) =>
	JSON.stringify(canonical(one, name)) === JSON.stringify(canonical(other, name));

/** SHA-256 of what a value says: the same for the same content in another writing or order. */
export const contentFingerprint = (value: unknown) =>
	createHash('sha256')
		.update(JSON.stringify(canonical(value)) ?? '')
		.digest('hex');
