import type { INodePropertyOptions } from 'n8n-workflow';
import { UserError } from '../core/userError';
import type { Field } from './field';

/** A switch, off by default. Accepts only true and false, because a guess could move money. */
export const boolean = ({ label, description }: { label: string; description: `Whether ${string}` }): Field<boolean> => ({
	property: { displayName: label, type: 'boolean', default: false, description },
	example: true,
	read: (value) => {
		if (value === true || value === 'true') return true;
		if (value === false || value === 'false') return false;
		return new UserError(`'${String(value)}' is neither true nor false`, 'Give true or false.');
	},
});

/** Finds the stored value of an option by its value or its label, ignoring case. */
function finder(options: readonly INodePropertyOptions[]) {
	const known = new Map(options.flatMap(({ name, value }) => [name, String(value)].map((word) => [word.toLowerCase(), String(value)])));
	return (given: unknown) => known.get(String(given).trim().toLowerCase());
}

/** One value of a closed set. `options` maps the value that n8n stores and the API receives to its label. */
export function choice<K extends string>(menu: {
	label: string;
	description: string;
	options: Record<K, string>;
	initial: NoInfer<K>;
}): Field<K> {
	const options = Object.entries<string>(menu.options).map(([value, name]) => ({ name, value }));
	const find = finder(options);
	return {
		property: {
			displayName: menu.label,
			type: 'options',
			options,
			default: menu.initial,
			required: true,
			description: menu.description,
		},
		example: menu.initial,
		read: (value) => {
			const labels = options.map(({ name }) => name);
			return (
				(find(value) as K | undefined) ??
				new UserError(`'${String(value)}' is not one of ${labels.join(', ')}`, 'Choose one from the list.')
			);
		},
	};
}

/** Makes a choice open: an expression may also give a value that the menu does not list, because the API's set is not closed. */
export function openChoice(field: Field<string>): Field<string> {
	const find = finder((field.property.options ?? []) as INodePropertyOptions[]);
	return { ...field, read: (value) => find(value) ?? String(value).trim() };
}
