import type { IDataObject } from 'n8n-workflow';
import { compare, isDecimal } from '../core/decimal';
import { mask, sensitiveNumbersIn } from '../swedish/masking';
import { UserError } from '../core/userError';

const isSame = (a: unknown, b: unknown) => (isDecimal(a) && isDecimal(b) ? compare(a, b) === 0 : String(a) === String(b));

/** Describes the fields in which the API's object differs from the sent one; undefined when every comparable field is equal. */
export function diff(sent: IDataObject, found: IDataObject): string | undefined {
	const differences = Object.entries(sent).filter(
		([name, value]) => value !== undefined && found[name] !== undefined && !isSame(found[name], value),
	);
	if (differences.length === 0) return undefined;
	return mask(
		differences.map(([name, value]) => `${name} was ${String(found[name])}, now ${String(value)}`).join('; '),
		sensitiveNumbersIn([sent, found]),
	);
}

/** The API has the reference with other values. `why` is a sentence that names them. */
export const referenceConflict = (reference: string | undefined, why: string) =>
	new UserError(
		`The reference '${reference}' was already used for something else`,
		`${why} Nothing was sent. If this is a new payment give it its own reference; if not, correct the values.`,
	);
