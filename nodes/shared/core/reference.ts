import { foldLookAlikes } from './lookAlikes';
import { hasControlCharacter } from './plainText';
import { UserError } from './userError';

/** Both APIs leave the length of a reference open; longer ones do not survive a bank. */
const LONGEST_REFERENCE = 100;

/** ISO 20022, Max35Text: an end-to-end ID has at most 35 characters. */
export const LONGEST_END_TO_END_ID = 35;

/** How the node ends the references that it derives: of single payments, and of one batch per day. A user cannot type such a reference. */
const OF_PAYMENT = /\+\d+$/;
const OF_DAY = /\+\d{4}-\d\d-\d\d(?: |$)/;

/** Why a text cannot be a reference, in words that follow the name of the field; undefined when it can be one. */
export function referenceProblem(text: string): string | undefined {
	const trimmed = text.trim();
	if (hasControlCharacter(trimmed)) return 'has a line break, a tab or another invisible character';
	const folded = foldLookAlikes(trimmed);
	if (folded === '') return 'has no visible character';
	if (folded.length > LONGEST_REFERENCE) return `has ${folded.length} characters, more than ${LONGEST_REFERENCE}`;
	if (OF_PAYMENT.test(folded)) return "ends with '+' and a number, which the node keeps for the references of single payments";
	if (OF_DAY.test(folded)) return "has '+' and a date, which the node keeps for the references of one batch per due date";
	return undefined;
}

/** The reference of one payment of several. A user cannot type it as a reference, so the two are never confused. */
export const paymentReference = (reference: string, index: number, count: number) =>
	count === 1 ? reference : `${reference}+${index + 1}`;

/** The reference of one batch of several: its day, and what else tells it from the others. Not longer than a reference may be. */
export function batchReference(reference: string, day: string, others: readonly string[]): string {
	const derived = `${reference}+${[day, ...others].join(' ')}`;
	const excess = derived.length - LONGEST_REFERENCE;
	if (excess <= 0) return derived;
	throw new UserError(
		`The reference '${reference}' is too long for one batch per due date`,
		`Nothing was sent. The node adds what tells the batches apart. Shorten the reference by ${excess} characters.`,
	);
}

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
