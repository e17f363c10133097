const SHAPE = /^-?[0-9]+(\.[0-9]+)?$/;
const SCALE = 10;

/** An amount as an integer of 10^-10 units; undefined unless it is a plain decimal with at most ten decimals. */
export function parseDecimal(value: string | number): bigint | undefined {
	const text = String(value);
	if (!SHAPE.test(text)) return undefined;
	const [whole = '0', fraction = ''] = text.replace('-', '').split('.');
	if (fraction.length > SCALE) return undefined;
	const size = BigInt(whole + fraction.padEnd(SCALE, '0'));
	return text.startsWith('-') ? -size : size;
}

/** Like `parseDecimal`, but throws. */
export function decimal(value: string | number): bigint {
	const parsed = parseDecimal(value);
	if (parsed === undefined) throw new Error(`Not a decimal amount: ${value}`);
	return parsed;
}

/** At least two decimals, otherwise no trailing zeros. */
export function formatDecimal(value: bigint): string {
	const sign = value < 0n ? '-' : '';
	const digits = (value < 0n ? -value : value).toString().padStart(SCALE + 1, '0');
	const fraction = digits.slice(-SCALE).replace(/0+$/, '').padEnd(2, '0');
	return `${sign}${digits.slice(0, -SCALE)}.${fraction}`;
}

/** The exact sum, as a decimal string. */
export function sum(values: Array<string | number>): string {
	return formatDecimal(values.reduce<bigint>((total, value) => total + decimal(value), 0n));
}

// A local copy, because the seed rounds often and looking up a global is slow inside jest.
const { round: nearest } = Math;

/** Removes the rounding noise of binary fractions, for example in units times price. */
export function round(value: number, decimals: number): number {
	const scale = 10 ** decimals;
	return nearest(value * scale) / scale;
}
