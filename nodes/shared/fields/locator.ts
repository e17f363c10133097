import type { Field, ListSearch } from './field';
import { readCode } from './text';

export interface LocatorOptions extends Omit<ListSearch, 'method'> {
	/** Singular noun of the object, e.g. `Bank Account`. */
	readonly label: string;
	readonly description: string;
	/** An ID that the API accepts. */
	readonly example: string;
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
export const locator = ({ label, description, example, ...search }: LocatorOptions): Field<string> => {
	const searchListMethod = `search${label.replace(/\W/g, '')}`;
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
			],
		},
		example,
		read: readCode,
		search: { ...search, method: searchListMethod },
	};
};
