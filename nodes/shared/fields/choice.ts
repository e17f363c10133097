import { UserError } from '../core/userError';
import type { Field } from './field';
import { readCode } from './text';

/** A switch, off by default. Accepts only true and false, because a guess could move money. */
export const boolean = ({ label, description }: { label: string; description: `Whether ${string}` }): Field<boolean> => ({
	property: { displayName: label, type: 'boolean', default: false, description },
	example: true,
	quotedAs: 'whole',
	read: (value) => {
		if (value === true || value === 'true') return true;
		if (value === false || value === 'false') return false;
		return new UserError(`'${String(value)}' is neither true nor false`, 'Give true or false.');
	},
});

/** One value of a closed set. `options` maps the value that n8n stores and the API receives to its label; `aliases` are further words for a value. */
export function choice<K extends string>(menu: {
	label: string;
	description: string;
	options: Record<K, string>;
	initial: NoInfer<K>;
	/** The default in version 1 of the nodes, where it was another one. */
	firstInitial?: NoInfer<K>;
	aliases?: Readonly<Record<string, NoInfer<K>>>;
}): Field<K> {
	const options = (Object.keys(menu.options) as K[]).map((value) => ({ name: menu.options[value], value }));
	const words = new Map<string, K>(Object.entries(menu.aliases ?? {}));
	for (const { name, value } of options) words.set(name.toLowerCase(), value).set(value.toLowerCase(), value);
	return {
		property: {
			displayName: menu.label,
			type: 'options',
			options,
			default: menu.initial,
			required: true,
			description: menu.description,
		},
		...(menu.firstInitial === undefined ? {} : { firstDefault: menu.firstInitial }),
		example: menu.initial,
		quotedAs: 'whole',
		read: (value) => {
			const given = readCode(value);
			if (given instanceof UserError) return given;
			const labels = options.map(({ name }) => name);
			return words.get(given.toLowerCase()) ?? new UserError(`'${given}' is not one of ${labels.join(', ')}`, 'Choose one from the list.');
		},
	};
}
