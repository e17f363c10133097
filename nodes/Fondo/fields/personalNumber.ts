import { clock } from '../../shared/core/clock';

/**
 * A personal number in twelve digits, as Fondo wants it (contract: `ssn`), of one as people write it: `YYYYMMDDNNNN` or
 * `YYMMDDNNNN`, with or without a hyphen; a plus stands for a hundred years or more. Undefined for anything else.
 */
export function personalNumberOf(written: string): string | undefined {
	const [, century, year, rest, sign, last] = /^(\d\d)?(\d\d)(\d{4})([-+]?)(\d{4})$/.exec(written.trim()) ?? [];
	if (year === undefined) return undefined;
	if (century !== undefined) return century + year + rest + last;
	const thisYear = new Date(clock.now()).getFullYear();
	const born = thisYear - ((thisYear - Number(year)) % 100) - (sign === '+' ? 100 : 0);
	return `${born}${rest}${last}`;
}
