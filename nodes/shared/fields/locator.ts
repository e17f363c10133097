import type { Field, ListSearch } from './field';
import type { UserError } from '../core/userError';
import { readCode } from './text';

export interface LocatorOptions extends Omit<ListSearch, 'method'> {
	/** Singular noun of the object, e.g. `Bank Account`. */
	readonly label: string;
	readonly description: string;
	/** An ID that the API accepts. */
	readonly example: string;
	/** Name of the `listSearch` method, for a second list of objects of one noun. */
	readonly method?: string;
	/** Further ways to name the object, by the name of the mode. */
	readonly modes?: Readonly<
		Record<string, { readonly label: string; readonly example: string; readonly read: (value: unknown) => string | UserError }>
	>;
}

const common = ({ label, description }: Pick<LocatorOptions, 'label' | 'description'>) => ({
	displayName: label,
	type: 'resourceLocator' as const,
	required: true,
	description,
});

/** One object by its ID, for objects that the API does not list. */
export const idOnly = (options: Pick<LocatorOptions, 'label' | 'description' | 'example'>): Field<string> => ({
	property: {
		...common(options),
		default: { mode: 'id', value: '' },
		modes: [{ displayName: 'By ID', name: 'id', type: 'string', placeholder: `e.g. ${options.example}` }],
	},
	example: options.example,
	read: readCode,
});

/** One object, from a searchable list or by its ID. */
export const locator = ({ label, description, example, method, modes = {}, ...search }: LocatorOptions): Field<string> => {
	const searchListMethod = method ?? `search${label.replace(/\W/g, '')}`;
	const further = Object.entries(modes);
	return {
		property: {
			...common({ label, description }),
			default: { mode: 'list', value: '' },
			...(search.parents.length > 0 ? { typeOptions: { loadOptionsDependsOn: search.parents.map((parent) => `${parent}.value`) } } : {}),
			modes: [
				{
					displayName: 'From List',
					name: 'list',
					type: 'list',
					placeholder: 'Choose…',
					typeOptions: { searchListMethod, searchable: true },
				},
				{ displayName: 'By ID', name: 'id', type: 'string', placeholder: `e.g. ${example}` },
				...further.map(([name, mode]) => ({ name, displayName: mode.label, placeholder: `e.g. ${mode.example}`, type: 'string' as const })),
			],
		},
		example,
		read: readCode,
		...(further.length > 0 ? { modes: Object.fromEntries(further.map(([name, { read }]) => [name, read])) } : {}),
		search: { ...search, method: searchListMethod },
	};
};
