import type { Field } from './field';
import type { ListSearch } from './listSearch';

export interface LocatorLook extends Omit<ListSearch, 'method'> {
	/** What is chosen, in the singular, e.g. `Bank Account`. */
	readonly label: string;
	readonly description: string;
	/** An ID that the API would accept. */
	readonly example: string;
}

/** One object, chosen from a list that searches as the user types, or given by its ID. */
export const locator = ({ label, description, example, ...search }: LocatorLook): Field<string> => {
	const method = `search${label.replace(/\W/g, '')}`;
	return {
		property: {
			displayName: label,
			type: 'resourceLocator',
			default: { mode: 'list', value: '' },
			required: true,
			description,
			...(search.parents.length > 0 ? { typeOptions: { loadOptionsDependsOn: search.parents.map((parent) => `${parent}.value`) } } : {}),
			modes: [
				{ displayName: 'From List', name: 'list', type: 'list', placeholder: `Choose a ${label.toLowerCase()}…`, typeOptions: { searchListMethod: method, searchable: true } },
				{ displayName: 'By ID', name: 'id', type: 'string', placeholder: `e.g. ${example}` },
			],
		},
		example,
		read: (value) => String(value).trim(),
		search: { ...search, method },
	};
};
