import type { Field } from './field';

export interface FieldOptions {
	readonly label: string;
	readonly description: string;
	readonly example: string;
	/** Default value in the panel. */
	readonly initial?: string;
}

/** One line of text, trimmed. Numbers from expressions become text. */
export const text = ({ label, description, example, initial = '' }: FieldOptions): Field<string> => ({
	property: { displayName: label, type: 'string', default: initial, required: true, placeholder: `e.g. ${example}`, description },
	example,
	read: (value) => String(value).trim(),
});

/** Splits text at commas, or takes a list from an expression; empty parts are dropped. */
export const textsOf = (value: unknown): string[] =>
	(Array.isArray(value) ? value.map(String) : String(value ?? '').split(',')).map((part) => part.trim()).filter(Boolean);

/** Several short texts: separated by commas, or a list from an expression. */
export const list = (options: FieldOptions): Field<string[]> => ({ ...text(options), read: textsOf });
