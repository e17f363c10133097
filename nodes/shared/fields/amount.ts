import { plainNumber, withoutTrailingZeros } from '../core/decimal';
import { foldLookAlikes } from '../core/lookAlikes';
import { hasLostDigits, plainText } from '../core/plainText';
import { UserError } from '../core/userError';
import type { AmountFormat, Field, ReadContext } from './field';
import type { FieldOptions } from './text';
import { text } from './text';

/** How amounts are written: with a point and no spaces, or as in Sweden, with a comma and spaces between thousands. */
export const AMOUNT_FORMATS: Readonly<Record<AmountFormat, string>> = { point: 'Point (12500.00)', swedish: 'Swedish (12 500,00)' };

const SWEDISH = /^(?:\d{1,3}(?: \d{3})+|\d+)(?:,\d+)?$/;
const POINT = /^\d+(?:\.\d+)?$/;

/** Digits of an amount that a message computes with. */
const MOST_DIGITS = 30;

const withPoint = (swedish: string) => swedish.replace(/ /g, '').replace(',', '.');

/** The digits of a number with a decimal point, or a UserError that says what was seen in its place. */
function digitsOf(value: unknown, { amountFormat = 'point' }: Pick<ReadContext, 'amountFormat'>, example: string): string | UserError {
	if (typeof value === 'number') {
		if (!Number.isFinite(value)) return new UserError(`'${value}' is not a number`, `Give a number such as ${example}.`);
		if (Number.isInteger(value) && hasLostDigits(value))
			return new UserError('the number has so many digits that some were lost before it came here', 'Give it as text.');
		return plainNumber(value);
	}
	const given = plainText(value);
	if (given instanceof UserError) return given;
	const written = foldLookAlikes(given);
	if (/^-|-$|^\(.*\)$/.test(written) && /\d/.test(written)) return `-${written.replace(/[-() ]/g, '')}`;
	if (amountFormat === 'swedish') {
		if (SWEDISH.test(written)) return withPoint(written);
		return new UserError(
			`'${given}' is not an amount as Swedes write it`,
			"'Amount Format' is Swedish: write digits, spaces between thousands, and one comma before the decimals, e.g. 12 500,00.",
		);
	}
	if (POINT.test(written)) return written;
	if (written.includes(',') && written.includes('.'))
		return new UserError(`'${given}' has a comma and a point`, `Write it with one point and no spaces, e.g. ${example}.`);
	if (SWEDISH.test(written))
		return (
			(written.includes(' ') ? undefined : ambiguous(given, withPoint(written), '.')) ??
			new UserError(
				`'${given}' is written with ${written.includes(',') ? 'a comma' : 'spaces'}`,
				`If all amounts are written so, choose Swedish for 'Amount Format' in the options. If only this one is, write ${withPoint(written)}.`,
			)
		);
	return new UserError(
		`'${given}' is not a decimal amount`,
		`Write digits and a point only, without words or a currency, e.g. ${example}.`,
	);
}

const isNegative = (digits: string) => digits.startsWith('-');
const decimalsOf = (digits: string) => digits.split('.')[1] ?? '';

/** The amount with two decimals, rounded half up: an example of what may be meant. */
function rounded(digits: string): string {
	const [whole, decimals] = digits.split('.');
	const cents = BigInt(whole.slice(0, MOST_DIGITS) + decimals.slice(0, 2)) + (decimals[2] >= '5' ? 1n : 0n);
	return String(cents)
		.padStart(3, '0')
		.replace(/(?=\d\d$)/, '.');
}

/** A point or a comma before three digits may stand between thousands: `1.234` can be 1234 or 1.23. */
function ambiguous(seen: string, digits: string, point: string): UserError | undefined {
	if (!/^[1-9]\d{0,2}\.\d{3}$/.test(digits)) return undefined;
	const [thousands, decimals] = [`${digits.replace('.', '')}.00`, rounded(digits)].map((text) => text.replace('.', point));
	return new UserError(`'${seen}' can mean ${thousands} or ${decimals}`, `Write ${thousands}, or ${decimals}.`);
}

function tooManyDecimals(value: unknown, digits: string, { amountFormat }: ReadContext): UserError {
	const point = amountFormat === 'swedish' ? ',' : '.';
	const [seen, meant] = [digits, rounded(digits)].map((text) => text.replace('.', point));
	return (
		(typeof value === 'number' ? undefined : ambiguous(seen, digits, point)) ??
		new UserError(`'${seen}' has more than two decimals`, `Round the value itself, not only its display, e.g. to ${meant}.`)
	);
}

/** An amount as decimal text with at most two decimals, for APIs that take amounts as strings. Never a float, because `0.1 + 0.2` is not `0.3`. */
export const decimal = (options: FieldOptions): Field<string> => ({
	...text(options),
	quotedAs: 'whole',
	read: (value, context) => {
		const digits = digitsOf(value, context, options.example);
		if (digits instanceof UserError) return digits;
		if (isNegative(digits))
			return new UserError(
				`'${digits}' is negative`,
				'If the minus is a mistake, remove it. A credit note cannot be paid: take it out, or set it off against an invoice of the same payee.',
			);
		if (decimalsOf(digits).length > 2) return tooManyDecimals(value, digits, context);
		if (/^[0.]+$/.test(digits)) return new UserError('the amount is zero', 'Give an amount above zero.');
		return digits;
	},
});

const withoutPaddingZeros = (digits: string) => {
	const [whole, fraction = ''] = digits.split('.');
	const significant = withoutTrailingZeros(fraction);
	return (whole.replace(/^0+(?=\d)/, '') || '0') + (significant === '' ? '' : `.${significant}`);
};

/** Whether JSON shows the number with exactly the digits that the user wrote. */
const isExact = (number: number, digits: string) => withoutPaddingZeros(plainNumber(number)) === withoutPaddingZeros(digits);

/** A number above zero with at most `decimals` decimals, for APIs that take JSON numbers. Refuses digits that a double cannot hold. */
export const quantity = ({ decimals, ...options }: FieldOptions & { decimals: number }): Field<number> => ({
	property: { ...text(options).property, type: 'number', default: 0, typeOptions: { minValue: 0, numberPrecision: decimals } },
	example: Number(options.example),
	quotedAs: 'whole',
	read: (value, context) => {
		const digits = digitsOf(value, context, options.example);
		if (digits instanceof UserError) return digits;
		const advice = `Give a number such as ${options.example}.`;
		if (isNegative(digits)) return new UserError('the number is negative', advice);
		const number = Number(digits);
		if (number === 0) return new UserError('the number is zero', 'Give a number above zero.');
		if (decimalsOf(digits).length > decimals) return new UserError(`'${digits}' has more than ${decimals} decimals`, advice);
		if (!isExact(number, digits))
			return new UserError(
				`'${digits}' has more digits than the API can take exactly`,
				'It takes JSON numbers, which are exact to 15 digits. Split the amount, each part under a reference of its own.',
			);
		return number;
	},
});
