import type { INodePropertyOptions } from 'n8n-workflow';
import { UserError } from '../core/userError';
import type { Field } from './field';

/** Finds what is stored for a word of the list, whether it is given as it is stored or as it is shown. */
function finder(options: readonly INodePropertyOptions[]) {
	const known = new Map(options.flatMap(({ name, value }) => [name, String(value)].map((word) => [word.toLowerCase(), String(value)])));
	return (given: unknown) => known.get(String(given).trim().toLowerCase());
}

/** One of a fixed set; keys are stored and sent, labels are shown. */
export function choice<K extends string>(look: {
	label: string;
	description: string;
	options: Record<K, string>;
	initial: NoInfer<K>;
}): Field<K> {
	const options = Object.entries<string>(look.options).map(([value, name]) => ({ name, value }));
	const find = finder(options);
	return {
		property: {
			displayName: look.label,
			type: 'options',
			options,
			default: look.initial,
			required: true,
			description: look.description,
		},
		example: look.initial,
		read: (value) => {
			const labels = options.map(({ name }) => name);
			return (
				(find(value) as K | undefined) ??
				new UserError(`'${String(value)}' is not one of ${labels.join(', ')}`, 'Choose one from the list.')
			);
		},
	};
}

/** The same for a set that the API has not closed: an expression may give another word too. */
export function openChoice(field: Field<string>): Field<string> {
	const find = finder((field.property.options ?? []) as INodePropertyOptions[]);
	return { ...field, read: (value) => find(value) ?? String(value).trim() };
}
