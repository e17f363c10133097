import { createHmac } from 'crypto';
import { foldLookAlikes } from '../shared/core/lookAlikes';

const LETTERS = 'abcdefghjkmnpqrstuvwxyz23456789';
const HALF = 8;

/** Eight letters that follow from a value and a key: 31^8 possibilities, which cannot be guessed without the key. */
function letters(key: string, value: unknown): string {
	const bytes = createHmac('sha256', key).update(JSON.stringify(value)).digest();
	return Array.from({ length: HALF }, (_, index) => LETTERS[bytes.readUInt16BE(2 * index) % LETTERS.length]).join('');
}

/**
 * The mark in the name of a batch by which this node knows it again: one half for the reference, one for the payments. Only
 * somebody with the key can make it, so a batch of the same name that another person made is not taken for ours.
 */
export const markOf = (key: string, reference: string, payments: string) =>
	`#${letters(key, ['reference', reference])}${letters(key, ['payments', reference, payments])}`;

/** The half of a mark that belongs to the reference, with its `#`. */
export const referenceHalf = (mark: string) => mark.slice(0, HALF + 1);

const MARK = new RegExp(`#[${LETTERS}]{${2 * HALF}}`, 'gi');

/** The mark in a name, the last one; undefined when it has none. Vendors may change case and add words. */
export const markIn = (name: unknown): string | undefined =>
	foldLookAlikes(String(name ?? ''))
		.match(MARK)
		?.at(-1)
		?.toLowerCase();

/** A name without marks: a name that was copied from another batch has the mark of that batch. */
export const withoutMarks = (name: string) => name.replace(MARK, '').trim();

/** The name as version 0.1.0 wrote it: the reference alone, or at its end in brackets. */
export const isPlainNameFor = (reference: string, name: unknown) => {
	const folded = foldLookAlikes(String(name ?? ''));
	return folded === reference || folded.endsWith(` (${reference})`);
};

/** The name of a batch in words: the builder's own, and the reference. */
export const nameInWords = (name: string | undefined, reference: string) =>
	name === undefined || isPlainNameFor(reference, name) ? (name ?? reference) : `${name} (${reference})`;
