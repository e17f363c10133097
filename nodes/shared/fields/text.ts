import type { Field } from './field';

export interface Look {
	readonly label: string;
	readonly description: string;
	readonly example: string;
	readonly hint?: string;
}

/** A line of text; numbers from expressions become text. */
export const text = ({ label, description, example, hint }: Look): Field<string> => ({
	property: { displayName: label, type: 'string', default: '', required: true, placeholder: `e.g. ${example}`, description, ...(hint === undefined ? {} : { hint }) },
	example,
	read: (value) => String(value).trim(),
});
