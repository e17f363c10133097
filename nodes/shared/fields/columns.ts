import type { IDataObject, ResourceMapperFields } from 'n8n-workflow';
import { isObject } from '../core/isObject';
import { foldCase, foldLookAlikes } from '../core/lookAlikes';
import { REPLACEMENT_CHARACTER, WRONG_ENCODING } from '../core/plainText';
import { UserError } from '../core/userError';
import type { Field } from './field';

/** A column of a sheet, by the name that n8n stores. */
export interface Column {
	readonly label: string;
	/** Further names by which sheets call it. Case, spaces and signs do not matter. */
	readonly aliases: readonly string[];
	readonly required?: true;
}

/** How the rows of a sheet are read, column by column. */
export interface ColumnTable {
	/** Name of the node's `resourceMapping` method. */
	readonly method: string;
	readonly columns: Readonly<Record<string, Column>>;
	/** The raw values of the row's fields. Throws a UserError for cells that contradict each other. */
	readonly rowOf: (cells: IDataObject) => IDataObject;
}

/** What n8n stores of the table: filled in by hand, or mapped by the names of the columns. */
export interface Mapping {
	readonly isAutomatic: boolean;
	readonly value: IDataObject;
}

const folded = (name: string) => foldCase(foldLookAlikes(name)).replace(/[^\p{L}\p{N}]/gu, '');

export const columnsField = ({ method }: ColumnTable): Field<Mapping> => ({
	property: {
		displayName: 'Columns',
		type: 'resourceMapper',
		default: { mappingMode: 'autoMapInputData', value: null },
		required: true,
		noDataExpression: true,
		description: 'Which column of the items fills which field of a payment',
		typeOptions: {
			resourceMapper: {
				resourceMapperMethod: method,
				mode: 'add',
				fieldWords: { singular: 'column', plural: 'columns' },
				addAllFields: false,
				supportAutoMap: true,
			},
		},
	},
	example: { mappingMode: 'autoMapInputData', value: null },
	read: (value) => {
		const mode = isObject(value) ? value.mappingMode : undefined;
		if (!isObject(value) || (mode !== 'autoMapInputData' && mode !== 'defineBelow'))
			return new UserError('it maps no columns', 'Choose how the columns are mapped.');
		return { isAutomatic: mode === 'autoMapInputData', value: isObject(value.value) ? (value.value as IDataObject) : {} };
	},
});

/** What the editor shows as the rows of the table. */
export const mapperFields = ({ columns }: ColumnTable): ResourceMapperFields => ({
	fields: Object.entries(columns).map(([id, { label, required = false }]) => ({
		id,
		displayName: label,
		required,
		defaultMatch: false,
		canBeUsedToMatch: false,
		display: true,
		// n8n checks and converts values of a type; the node reads them itself, as from a field.
		type: undefined,
	})),
});

export const isFilled = (value: unknown) => value !== undefined && value !== null && String(value).trim() !== '';

/** The cells of one item by their column. Throws a UserError where two of its columns mean the same. */
export function cellsOf({ columns }: ColumnTable, json: IDataObject): IDataObject {
	const ids = new Map(
		Object.entries(columns).flatMap(([id, { label, aliases }]) =>
			[id, label, ...aliases].map((name): [string, string] => [folded(name), id]),
		),
	);
	const cells: IDataObject = {};
	const names: Record<string, string> = {};
	for (const [name, value] of Object.entries(json)) {
		if (name.includes(REPLACEMENT_CHARACTER))
			throw new UserError(`the column '${name}' ${WRONG_ENCODING.message}`, WRONG_ENCODING.description);
		const id = ids.get(folded(name));
		if (id === undefined || !isFilled(value)) continue;
		if (id in cells)
			throw new UserError(
				`the columns '${names[id]}' and '${name}' both mean '${columns[id].label}'`,
				"Remove one of them, or map the columns by hand: choose 'Map Each Column Manually'.",
			);
		cells[id] = value;
		names[id] = name;
	}
	return cells;
}
