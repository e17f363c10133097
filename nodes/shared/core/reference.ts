import { foldLookAlikes } from './lookAlikes';
import { hasControlCharacter } from './plainText';

/** Both APIs leave the length of a reference open; longer ones do not survive a bank. */
const LONGEST_REFERENCE = 100;

/** ISO 20022, Max35Text: an end-to-end ID has at most 35 characters. */
export const LONGEST_END_TO_END_ID = 35;

/** How the node ends the references that it derives. A user cannot type such a reference. */
const DERIVED = /\+\d+$/;

/** Why a text cannot be a reference, in words that follow the name of the field; undefined when it can be one. */
export function referenceProblem(text: string): string | undefined {
	const trimmed = text.trim();
	if (hasControlCharacter(trimmed)) return 'has a line break or another control character';
	const folded = foldLookAlikes(trimmed);
	if (folded === '') return 'has no visible character';
	if (folded.length > LONGEST_REFERENCE) return `has ${folded.length} characters, more than ${LONGEST_REFERENCE}`;
	if (DERIVED.test(folded)) return "ends with '+' and a number, which the node keeps for the references of single payments";
	return undefined;
}

/** The reference of one payment of several. A user cannot type it as a reference, so the two are never confused. */
export const paymentReference = (reference: string, index: number, count: number) =>
	count === 1 ? reference : `${reference}+${index + 1}`;

/**
 * An end-to-end ID of at most 35 characters for one payment of several. A longer reference is cut, and `digest` of the whole
 * reference takes the place of what was cut, so that two references never share an ID.
 */
export function endToEndIdFor(reference: string, index: number, count: number, digest: (text: string) => string): string {
	const whole = paymentReference(reference, index, count);
	if (whole.length <= LONGEST_END_TO_END_ID) return whole;
	const ending = `-${digest(reference).slice(0, 10)}${count === 1 ? '' : `+${index + 1}`}`;
	return reference.slice(0, LONGEST_END_TO_END_ID - ending.length) + ending;
}
