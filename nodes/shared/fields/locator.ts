import type { INodePropertyMode } from 'n8n-workflow';
import type { Field } from './field';
import type { ListSearch } from './listSearch';

export interface LocatorLook extends Omit<ListSearch, 'method'> {
	/** What is chosen, in the singular, e.g. `Bank Account`. */
	readonly label: string;
	readonly description: string;
	/** An ID that the API would accept. */
	readonly example: string;
}

const property = (label: string, description: string): Field<string>['property'] => ({ displayName: label, type: 'resourceLocator', default: { mode: 'list', value: '' }, required: true, description });

const idMode = (example: string): INodePropertyMode => ({ displayName: 'By ID', name: 'id', type: 'string', placeholder: `e.g. ${example}` });

/** One object of which the API has no list: given by its ID. */
export const idOnly = ({ label, description, example }: Pick<LocatorLook, 'label' | 'description' | 'example'>): Field<string> => ({
	property: { ...property(label, description), default: { mode: 'id', value: '' }, modes: [idMode(example)] },
	example,
	read: (value) => String(value).trim(),
});

/** One object, chosen from a list that searches as the user types, or given by its ID. */
export const locator = ({ label, description, example, ...search }: LocatorLook): Field<string> => {
	const method = `search${label.replace(/\W/g, '')}`;
	const fromList: INodePropertyMode = { displayName: 'From List', name: 'list', type: 'list', placeholder: `Choose a ${label.toLowerCase()}…`, typeOptions: { searchListMethod: method, searchable: true } };
	return {
		...idOnly({ label, description, example }),
		property: {
			...property(label, description),
			...(search.parents.length > 0 ? { typeOptions: { loadOptionsDependsOn: search.parents.map((parent) => `${parent}.value`) } } : {}),
			modes: [fromList, idMode(example)],
		},
		search: { ...search, method },
	};
};
