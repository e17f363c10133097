import type { INodePropertyOptions } from 'n8n-workflow';
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

/** The same for a set that the API has not closed: an expression may give a word or label of the list, however it is written, or another. */
export function orAnother(field: Field<string>): Field<string> {
	const options = (field.property.options ?? []) as INodePropertyOptions[];
	const known = new Map(options.flatMap(({ name, value }) => [name, String(value)].map((word) => [word.toLowerCase(), String(value)])));
	return {
		...field,
		read: (value) => {
			const given = String(value).trim();
			return known.get(given.toLowerCase()) ?? given;
		},
	};
}
