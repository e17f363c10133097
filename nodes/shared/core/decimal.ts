/** Decimal text as a whole number of its smallest digit. */
interface Decimal {
	readonly digits: bigint;
	readonly scale: number;
}

const DECIMAL = /^(-?)(\d+)(?:\.(\d+))?$/;

/** Whether a value is a number written plainly, as the APIs write amounts. */
export const isDecimal = (value: unknown) => (typeof value === 'string' || typeof value === 'number') && DECIMAL.test(String(value));

function parse(value: unknown): Decimal {
	const [, sign, whole, fraction = ''] = DECIMAL.exec(String(value)) ?? [];
	if (whole === undefined) throw new Error(`'${String(value)}' is not a decimal number`);
	return { digits: BigInt(`${sign}${whole}${fraction}`), scale: fraction.length };
}

const at = ({ digits, scale }: Decimal, wanted: number) => digits * 10n ** BigInt(wanted - scale);

/** Below zero when a is less than b, zero when both are the same amount however they are written. */
export function compare(a: unknown, b: unknown): number {
	const [left, right] = [parse(a), parse(b)];
	const scale = Math.max(left.scale, right.scale);
	const difference = at(left, scale) - at(right, scale);
	return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

/** The sum as decimal text, with as many decimals as the most exact amount. Digit by digit: no amount goes through a float. */
export function sum(amounts: readonly unknown[]): string {
	const parsed = amounts.map(parse);
	const scale = Math.max(0, ...parsed.map((one) => one.scale));
	const total = parsed.reduce((all, one) => all + at(one, scale), 0n);
	const digits = (total < 0n ? -total : total).toString().padStart(scale + 1, '0');
	const whole = digits.slice(0, digits.length - scale);
	return `${total < 0n ? '-' : ''}${whole}${scale > 0 ? `.${digits.slice(-scale)}` : ''}`;
}
