import type { Field, ListSearch } from './field';

export interface LocatorLook extends Omit<ListSearch, 'method'> {
	/** What is chosen, in the singular, e.g. `Bank Account`. */
	readonly label: string;
	readonly description: string;
	/** An ID that the API would accept. */
	readonly example: string;
}

const common = ({ label, description }: Pick<LocatorLook, 'label' | 'description'>) => ({
	displayName: label,
	type: 'resourceLocator' as const,
	required: true,
	description,
});

/** One object of which the API has no list: given by its ID. */
export const idOnly = (look: Pick<LocatorLook, 'label' | 'description' | 'example'>): Field<string> => ({
	property: {
		...common(look),
		default: { mode: 'id', value: '' },
		modes: [{ displayName: 'By ID', name: 'id', type: 'string', placeholder: `e.g. ${look.example}` }],
	},
	example: look.example,
	read: (value) => String(value).trim(),
});

/** One object, chosen from a list that searches as the user types, or given by its ID. */
export const locator = ({ label, description, example, ...search }: LocatorLook): Field<string> => {
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
		read: (value) => String(value).trim(),
		search: { ...search, method: searchListMethod },
	};
};
