import type { IDataObject } from 'n8n-workflow';
import { UserError } from '../core/userError';
import { IF_NEW } from '../http/errorMessages';
import { mask, sentNumbersIn } from '../swedish/masking';
import { isSameValue } from './canonical';

const inWords = (value: unknown) => (typeof value === 'object' ? JSON.stringify(value) : String(value));

/** Vendors count in crowns or in öre. Names of other kinds have no such value. */
const inMinorUnits = (name: string, shown: unknown, sent: unknown) =>
	isSameValue(name, shown, `${String(sent)}e2`) ? ' (a hundred times as much, as if it were counted in öre)' : '';

/**
 * What an object of an API shows other than it was sent, field by field; undefined where everything that both have says the
 * same. A difference in writing is none.
 */
export function diff(sent: IDataObject, shown: IDataObject): string | undefined {
	const differing = Object.entries(sent).filter(
		([name, value]) => value !== undefined && shown[name] !== undefined && shown[name] !== null && !isSameValue(name, shown[name], value),
	);
	if (differing.length === 0) return undefined;
	return mask(
		differing
			.map(([name, value]) => `${name} was ${inWords(shown[name])}, now ${inWords(value)}${inMinorUnits(name, shown[name], value)}`)
			.join('; '),
		sentNumbersIn([sent, shown]),
	);
}

/** The reference is in use for something else; `why` says what, in a sentence. */
export const referenceConflict = (reference: string | undefined, why: string) =>
	new UserError(`The reference '${reference}' was already used for something else`, `${why} Nothing was sent. ${IF_NEW}`);
