import { Refusal } from '../transport/refusal';
import type { Field } from './field';

/** One of a fixed set; keys are stored and sent, labels are shown. */
export function choice<K extends string>(look: {
	label: string;
	description: string;
	options: Record<K, string>;
	initial: NoInfer<K>;
}): Field<K> {
	const keys = Object.keys(look.options);
	const isKey = (value: unknown): value is K => typeof value === 'string' && keys.includes(value);
	return {
		property: {
			displayName: look.label,
			type: 'options',
			options: Object.entries<string>(look.options).map(([value, name]) => ({ name, value })),
			default: look.initial,
			required: true,
			description: look.description,
		},
		example: look.initial,
		read: (value) => {
			return isKey(value) ? value : new Refusal(`'${String(value)}' is not one of ${keys.join(', ')}`, 'Choose one from the list.');
		},
	};
}

/** The same for a set that the API has not closed: an expression may give what the list does not offer. */
export const orAnother = (field: Field<string>): Field<string> => ({ ...field, read: (value) => String(value).trim() });
