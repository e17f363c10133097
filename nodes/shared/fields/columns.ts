import type { IDataObject, ResourceMapperFields } from 'n8n-workflow';
import { isObject } from '../core/isObject';
import { foldCase, foldLookAlikes } from '../core/lookAlikes';
import { wrongEncodingOf } from '../core/plainText';
import { UserError } from '../core/userError';
import { HIDDEN_NUMBER } from '../swedish/masking';
import type { Field, Finding } from './field';

/** A column of a sheet, by the name that n8n stores. */
export interface Column {
	readonly label: string;
	/** Further names by which sheets call it. Case, spaces and signs do not matter. */
	readonly aliases: readonly string[];
}

/** How the rows of a sheet are read, column by column. */
export interface ColumnTable {
	/** Name of the node's `resourceMapping` method. */
	readonly method: string;
	readonly columns: Readonly<Record<string, Column>>;
	/** The columns that each sheet has: one of each group. */
	readonly needed: ReadonlyArray<readonly string[]>;
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
export const mapperFields = ({ columns, needed }: ColumnTable): ResourceMapperFields => ({
	fields: Object.entries(columns).map(([id, { label }]) => ({
		id,
		displayName: label,
		required: needed.some(([first, other]) => first === id && other === undefined),
		defaultMatch: false,
		canBeUsedToMatch: false,
		display: true,
		// n8n checks and converts values of a type; the node reads them itself, as from a field.
		type: undefined,
	})),
});

export const isFilled = (value: unknown) => value !== undefined && value !== null && String(value).trim() !== '';

/** Which column a name means, by the folded name. */
const idsOf = ({ columns }: ColumnTable) =>
	new Map(
		Object.entries(columns).flatMap(([id, { label, aliases }]) =>
			[id, label, ...aliases].map((name): [string, string] => [folded(name), id]),
		),
	);

/** Columns that a message names, and characters of each name: without a line of names they are the cells of the first payment. */
const MOST_NAMES = 12;
const MOST_CHARACTERS = 40;
const MOST_DIGITS = 5;
/** A name with many digits may be the number of a person or an account. */
function shownName(name: string): string {
	const text = foldLookAlikes(name.slice(0, MOST_CHARACTERS));
	return (text.match(/\p{Nd}/gu)?.length ?? 0) > MOST_DIGITS ? HIDDEN_NUMBER : text;
}
const quoted = (names: readonly string[]) => `'${names.map(shownName).join("', '")}'`;

/** The signs between columns, and how a person writes each as *Delimiter* of n8n. */
const DELIMITERS: ReadonlyArray<readonly [sign: string, written: string]> = [
	[';', ';'],
	['\t', `the expression {{ '\\t' }}`],
	['|', '|'],
	[',', ','],
];

/** What is wrong with a name that holds the names of several columns. */
function separationOf(name: string, ids: ReadonlyMap<string, string>): Array<Omit<Finding, 'severity'>> {
	const isHere = ([sign]: readonly [string, string]) => name.split(sign).filter((part) => ids.has(folded(part))).length > 1;
	return DELIMITERS.filter(isHere).map(([, written]) => ({
		rule: 'the columns are not separated',
		message: 'The columns are not separated',
		advice: `${quoted([name])} are several columns. In 'Extract from File' set 'Delimiter' to ${written} and run this again. In a workbook, split the column.`,
	}));
}

/** What is wrong with a sheet as a whole: a column in the wrong encoding, all columns in one, and needed columns that no row has. `needed` are further ones. */
export function sheetFindings(
	table: ColumnTable,
	rows: readonly IDataObject[],
	needed: ReadonlyArray<readonly string[]>,
): Array<Omit<Finding, 'severity'>> {
	const names = [...new Set(rows.flatMap((row) => Object.keys((row as IDataObject | null) ?? {})))];
	const damaged = names.find(wrongEncodingOf);
	if (damaged !== undefined) {
		const { message, description: advice } = wrongEncodingOf(damaged)!;
		const rule = `the column ${quoted([damaged])} ${message}`;
		return [{ rule, message: `T${rule.slice(1)}`, advice }];
	}
	const ids = idsOf(table);
	const present = names.map((name) => ids.get(folded(name)));
	const missing = [...table.needed, ...needed].filter((group) => !group.some((id) => present.includes(id)));
	const [unseparated] = missing.length === 0 ? [] : names.flatMap((name) => separationOf(name, ids));
	if (unseparated !== undefined) return [unseparated];
	return missing.map((group) => {
		const labels = group.flatMap((id) => [table.columns[id].label, ...table.columns[id].aliases.slice(0, 1)]);
		const [field] = labels;
		const has = names.length === 0 ? 'no column' : quoted(names.slice(0, MOST_NAMES));
		const advice = `The sheet has ${has}. Name a column '${labels.join("' or '")}', or choose 'Map Each Column Manually'.`;
		return { field, rule: 'is filled by no column', message: `No column of the sheet fills '${field}'`, advice };
	});
}

/** The cells of one item by their column. Throws a UserError where two of its columns mean the same. */
export function cellsOf(table: ColumnTable, json: IDataObject): IDataObject {
	const { columns } = table;
	const ids = idsOf(table);
	const cells: IDataObject = {};
	const names: Record<string, string> = {};
	for (const [name, value] of Object.entries(json)) {
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
