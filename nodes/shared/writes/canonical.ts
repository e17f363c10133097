import { createHash } from 'crypto';
import { clock } from '../core/clock';
import { withoutTrailingZeros } from '../core/decimal';
import { foldCase, foldLookAlikes } from '../core/lookAlikes';
import { shownDay } from '../core/shownDay';

const NUMBER = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d{1,4})?$/;
/** With so few digits behind it the comma is that of decimals. */
const WITH_COMMA = /^([+-]?\d{1,3}(?: \d{3})*|[+-]?\d+),(\d{1,2})$/;
const PERSONAL_NUMBER = /^(\d\d)?(\d{6})([-+]?)(\d{4})$/;
const OCR = /^\d[\d -]*$/;

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
	const decimals = withoutTrailingZeros(after);
	return `${isNegative ? '-' : ''}${before.replace(/^0+/, '') || '0'}${decimals === '' ? '' : `.${decimals}`}`;
}

const lettersAndDigits = (text: string) => foldCase(text.replace(/[^\p{L}\p{N}]/gu, ''));

/** A personal number with its century, which `+` and the day of birth tell where it has ten digits. */
function canonicalPerson(text: string): string {
	const [, century, born, sign, last] = PERSONAL_NUMBER.exec(text.replace(/[ .]/g, '')) ?? [];
	if (born === undefined) return lettersAndDigits(text);
	if (century !== undefined) return century + born + last;
	// A coordination number has the day of birth plus 60.
	const day = Number(born) - (Number(born.slice(4)) > 60 ? 60 : 0);
	const today = Number(new Date(clock.now()).toISOString().slice(2, 10).replace(/-/g, ''));
	return String((day > today ? 19 : 20) - (sign === '+' ? 1 : 0)) + born + last;
}

const canonicalDay = (text: string) => shownDay(text) ?? foldCase(text);
const canonicalAmount = (written: string) => {
	const text = WITH_COMMA.test(written) ? written.replace(/ /g, '').replace(',', '.') : written;
	return NUMBER.test(text) ? canonicalNumber(text) : foldCase(text);
};
const canonicalMessage = (text: string) => (OCR.test(text) ? text.replace(/[ -]/g, '') : foldCase(text));

/** How a text is compared, by the name of its field. Digits are a number only where the field is one: the OCR numbers 0042 and 42 are two. */
const KINDS: ReadonlyArray<readonly [name: RegExp, canonical: (text: string) => string]> = [
	[/executor|personal|ssn/i, canonicalPerson],
	[/^(?:value|iban|bban)$|account(?:_?id)?$/i, lettersAndDigits],
	[/amount|balance|units|count$|total/i, canonicalAmount],
	[/date$/i, canonicalDay],
	[/^$|ref$|name$|id$/i, foldCase],
];

const canonicalText = (name: string, text: string) =>
	(KINDS.find(([names]) => names.test(name))?.[1] ?? canonicalMessage)(foldLookAlikes(text));

/**
 * What a value says, whatever its writing: amounts by value, a day as a day, accounts by letters and digits, personal numbers by
 * twelve digits, other texts without case and look-alikes, lists as sets whose order does not matter. Undefined fields are left out.
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
	if (typeof value === 'number') return canonicalNumber(String(value));
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
