import { foldLookAlikes } from '../core/lookAlikes';
import { hasControlCharacter, plainText } from '../core/plainText';
import { UserError } from '../core/userError';
import type { Field } from './field';

export interface FieldOptions {
	readonly label: string;
	readonly description: string;
	readonly example: string;
	/** Default value in the panel. */
	readonly initial?: string;
}

/** A text as the user wrote it, trimmed and in Unicode's composed form. Numbers from expressions become text. */
export const text = ({ label, description, example, initial = '' }: FieldOptions): Field<string> => ({
	property: { displayName: label, type: 'string', default: initial, required: true, placeholder: `e.g. ${example}`, description },
	example,
	read: (value) => {
		const given = plainText(value);
		return given instanceof UserError ? given : given.normalize('NFC');
	},
});

/** An ID, a code or a number as text. Spaces, hyphens and Unicode forms that look alike become the same, and nothing invisible remains. */
export function readCode(value: unknown): string | UserError {
	const plain = plainText(value);
	if (plain instanceof UserError) return plain;
	// Spreadsheets paste a tab where people type a space.
	const given = plain.replaceAll('\t', ' ');
	if (hasControlCharacter(given)) return new UserError('has a line break, a tab or another invisible character', 'Remove it.');
	const folded = foldLookAlikes(given);
	return folded === '' ? new UserError('has no visible character', 'Fill it in.') : folded;
}

/** An ID, a code or a number, on one line. */
export const code = (options: FieldOptions): Field<string> => ({ ...text(options), read: readCode });

/** Splits text at commas, or takes a list from an expression; empty parts are dropped. */
export const textsOf = (value: unknown): string[] =>
	(Array.isArray(value) ? value.map(String) : String(value ?? '').split(',')).map((part) => part.trim()).filter(Boolean);

/** Several short texts: separated by commas, or a list from an expression. */
export const list = (options: FieldOptions): Field<string[]> => ({
	...text(options),
	read: (value) => {
		const given = Array.isArray(value) ? value.map(plainText) : [plainText(value)];
		return given.find((one) => one instanceof UserError) ?? given.flatMap((one) => textsOf(one));
	},
});
