import type { Field } from './field';

export interface Look {
	readonly label: string;
	readonly description: string;
	readonly example: string;
	readonly initial?: string;
}

/** A line of text; numbers from expressions become text. */
export const text = ({ label, description, example, initial = '' }: Look): Field<string> => ({
	property: { displayName: label, type: 'string', default: initial, required: true, placeholder: `e.g. ${example}`, description },
	example,
	read: (value) => String(value).trim(),
});

/** The texts in a value: separated by commas, or a list from an expression. */
export const textsOf = (value: unknown): string[] =>
	(Array.isArray(value) ? value.map(String) : String(value ?? '').split(',')).map((one) => one.trim()).filter(Boolean);

/** Several short texts: separated by commas, or a list from an expression. */
export const list = (look: Look): Field<string[]> => ({ ...text(look), read: textsOf });
