import { UserError } from '../core/userError';
import type { Field } from './field';
import type { Look } from './text';
import { text } from './text';

/** An amount as exact decimal text, for APIs that carry amounts so. Never a float: `0.1 + 0.2` is not money. */
export const decimal = (look: Look): Field<string> => ({
	...text(look),
	read: (value) => {
		const written = String(value).trim();
		if (!/^\d+(\.\d{1,2})?$/.test(written))
			return new UserError(
				`'${written}' is not a decimal amount`,
				`Write it with a point, at most two decimals and no spaces, e.g. ${look.example}.`,
			);
		if (/^[0.]+$/.test(written)) return new UserError('the amount is zero', 'Give an amount above zero.');
		return written;
	},
});

const bare = (digits: string) =>
	digits
		.replace(/^0+(?=\d)/, '')
		.replace(/(\.\d*?)0+$/, '$1')
		.replace(/\.$/, '');

/** Whether what JSON shows of a number is what was written, digit by digit. */
function isExact(number: number, written: string, decimals: number): boolean {
	const shown = String(number);
	return bare(shown.includes('e') ? number.toFixed(decimals) : shown) === bare(written);
}

/** A quantity above zero as a JSON number, for APIs that carry numbers; at most `decimals` decimals. */
export const quantity = ({ decimals, ...look }: Look & { decimals: number }): Field<number> => ({
	property: { ...text(look).property, type: 'number', default: 0, typeOptions: { minValue: 0, numberPrecision: decimals } },
	example: Number(look.example),
	read: (value) => {
		const written = String(value).trim();
		const number = Number(written);
		if (!Number.isFinite(number) || number <= 0)
			return new UserError(`'${written}' is not a number above zero`, `Give a number such as ${look.example}.`);
		if (!/^\d+(\.\d+)?$/.test(written) || (written.split('.')[1] ?? '').length > decimals)
			return new UserError(
				`'${written}' has more than ${decimals} decimals or is not plainly written`,
				`Give a number such as ${look.example}.`,
			);
		if (!isExact(number, written, decimals))
			return new UserError(
				`'${written}' has more digits than the API can take exactly`,
				'It takes JSON numbers, which are exact to 15 digits. Split the amount, each part under a reference of its own.',
			);
		return number;
	},
});
