import { UserError } from '../core/userError';
import type { Field } from './field';
import type { FieldOptions } from './text';
import { text } from './text';

/** An amount as decimal text with at most two decimals, for APIs that take amounts as strings. Never a float, because `0.1 + 0.2` is not `0.3`. */
export const decimal = (options: FieldOptions): Field<string> => ({
	...text(options),
	read: (value) => {
		const written = String(value).trim();
		if (!/^\d+(\.\d{1,2})?$/.test(written))
			return new UserError(
				`'${written}' is not a decimal amount`,
				`Write it with a point, at most two decimals and no spaces, e.g. ${options.example}.`,
			);
		if (/^[0.]+$/.test(written)) return new UserError('the amount is zero', 'Give an amount above zero.');
		return written;
	},
});

const withoutPaddingZeros = (digits: string) =>
	digits
		.replace(/^0+(?=\d)/, '')
		.replace(/(\.\d*?)0+$/, '$1')
		.replace(/\.$/, '');

/** Whether JSON shows the number with exactly the digits that the user wrote. */
function isExact(number: number, written: string, decimals: number): boolean {
	const shown = String(number);
	return withoutPaddingZeros(shown.includes('e') ? number.toFixed(decimals) : shown) === withoutPaddingZeros(written);
}

/** A number above zero with at most `decimals` decimals, for APIs that take JSON numbers. Refuses digits that a double cannot hold. */
export const quantity = ({ decimals, ...options }: FieldOptions & { decimals: number }): Field<number> => ({
	property: { ...text(options).property, type: 'number', default: 0, typeOptions: { minValue: 0, numberPrecision: decimals } },
	example: Number(options.example),
	read: (value) => {
		const written = String(value).trim();
		const number = Number(written);
		if (!Number.isFinite(number) || number <= 0)
			return new UserError(`'${written}' is not a number above zero`, `Give a number such as ${options.example}.`);
		if (!/^\d+(\.\d+)?$/.test(written) || (written.split('.')[1] ?? '').length > decimals)
			return new UserError(
				`'${written}' has more than ${decimals} decimals or is not plainly written`,
				`Give a number such as ${options.example}.`,
			);
		if (!isExact(number, written, decimals))
			return new UserError(
				`'${written}' has more digits than the API can take exactly`,
				'It takes JSON numbers, which are exact to 15 digits. Split the amount, each part under a reference of its own.',
			);
		return number;
	},
});
