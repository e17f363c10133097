/** A decimal number as `digits` × 10^-`scale`. */
interface Decimal {
	readonly digits: bigint;
	readonly scale: number;
}

const DECIMAL = /^(-?)(\d+)(?:\.(\d+))?$/;

/** Whether a value is a number without exponent or separators, as the APIs write amounts. */
export const isDecimal = (value: unknown) => (typeof value === 'string' || typeof value === 'number') && DECIMAL.test(String(value));

function parse(value: unknown): Decimal {
	const [, sign, whole, fraction = ''] = DECIMAL.exec(String(value)) ?? [];
	if (whole === undefined) throw new Error(`'${String(value)}' is not a decimal number`);
	return { digits: BigInt(`${sign}${whole}${fraction}`), scale: fraction.length };
}

const digitsAt = ({ digits, scale }: Decimal, target: number) => digits * 10n ** BigInt(target - scale);

/** Negative when a < b, zero when both have the same value (`1.50` and `1.5`), positive when a > b. Throws for anything but a decimal. */
export function compare(a: unknown, b: unknown): number {
	const [left, right] = [parse(a), parse(b)];
	const scale = Math.max(left.scale, right.scale);
	const difference = digitsAt(left, scale) - digitsAt(right, scale);
	return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

/** The exact sum as decimal text, with as many decimals as the longest amount. No amount becomes a float. */
export function sum(amounts: readonly unknown[]): string {
	const parsed = amounts.map(parse);
	const scale = parsed.reduce((longest, one) => Math.max(longest, one.scale), 0);
	const total = parsed.reduce((all, one) => all + digitsAt(one, scale), 0n);
	const digits = (total < 0n ? -total : total).toString().padStart(scale + 1, '0');
	const whole = digits.slice(0, digits.length - scale);
	return `${total < 0n ? '-' : ''}${whole}${scale > 0 ? `.${digits.slice(-scale)}` : ''}`;
}

/** Digits without the zeros at their end. A loop, because `/0+$/` takes quadratic time on a text of many zeros. */
export function withoutTrailingZeros(digits: string): string {
	let end = digits.length;
	while (digits[end - 1] === '0') end -= 1;
	return digits.slice(0, end);
}

/** A finite number as digits with a point, without exponent: `4e-7` is `0.0000004`. Exact, because it only moves the point. */
export function plainNumber(value: number): string {
	const [mantissa, exponent] = String(value).split('e');
	if (exponent === undefined) return mantissa;
	const sign = mantissa.startsWith('-') ? '-' : '';
	const [whole, fraction = ''] = mantissa.replace('-', '').split('.');
	const point = whole.length + Number(exponent);
	const digits = whole + fraction;
	if (point <= 0) return `${sign}0.${'0'.repeat(-point)}${digits}`;
	const padded = digits.padEnd(point, '0');
	return sign + padded.slice(0, point) + (padded.length > point ? `.${padded.slice(point)}` : '');
}
