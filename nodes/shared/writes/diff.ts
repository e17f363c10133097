import type { IDataObject } from 'n8n-workflow';
import { compare, isDecimal } from '../core/decimal';
import { mask, sensitiveNumbersIn } from '../swedish/masking';
import { UserError } from '../core/userError';

const isSame = (a: unknown, b: unknown) => (isDecimal(a) && isDecimal(b) ? compare(a, b) === 0 : String(a) === String(b));

/** What an object of an API shows otherwise than it was sent, field by field; undefined where all that can be compared is the same. */
export function diff(sent: IDataObject, found: IDataObject): string | undefined {
	const others = Object.entries(sent).filter(
		([name, value]) => value !== undefined && found[name] !== undefined && !isSame(found[name], value),
	);
	if (others.length === 0) return undefined;
	return mask(
		others.map(([name, value]) => `${name} was ${String(found[name])}, now ${String(value)}`).join('; '),
		sensitiveNumbersIn([sent, found]),
	);
}

/** The reference is there, with something else under it than what is to be sent; `why` says what, in a sentence. */
export const referenceConflict = (reference: string | undefined, why: string) =>
	new UserError(
		`The reference '${reference}' was already used for something else`,
		`${why} Nothing was sent. If this is a new payment give it its own reference; if not, correct the values.`,
	);
