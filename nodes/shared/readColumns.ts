import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { UserError } from './core/userError';
import type { Mapping } from './fields/columns';
import { cellsOf, columnsField, isFilled, sheetFindings } from './fields/columns';
import type { Fields } from './fields/field';
import type { Operation } from './operation';
import { mainFieldsOf } from './resource';

/** How the columns are mapped; undefined where each field has a value of its own. */
function mappingOf(context: IExecuteFunctions, { columns }: Operation, item: number): Mapping | UserError | undefined {
	if (columns === undefined || context.getNodeParameter('fillFields', item, 'fields') !== 'columns') return undefined;
	return columnsField(columns).read(context.getNodeParameter('columns', item, null), { timezone: context.getTimezone() });
}

/** The cells of an item by the names of the fields that they fill; undefined where each field has a value of its own. */
export function cellsOfItem(context: IExecuteFunctions, operation: Operation, item: number): IDataObject | undefined {
	const { columns } = operation;
	const mapping = mappingOf(context, operation, item);
	if (columns === undefined || mapping === undefined) return undefined;
	if (mapping instanceof UserError) throw mapping;
	const cells = mapping.isAutomatic ? cellsOf(columns, context.getInputData()[item].json) : mapping.value;
	if (mapping.isAutomatic && !Object.values(cells).some(isFilled))
		throw new UserError('the row is empty', 'Take empty rows out of the sheet, or put a Filter node before this one.');
	return columns.rowOf(cells);
}

/** What is wrong with a sheet as a whole whose columns are mapped by their names. `fields` are those of a row. */
export function sheetFindingsOf(context: IExecuteFunctions, operation: Operation, fields: Fields, items: readonly number[]) {
	const { columns: table } = operation;
	const mapping = mappingOf(context, operation, items[0]);
	if (table === undefined || mapping instanceof UserError || mapping?.isAutomatic !== true) return [];
	const input = context.getInputData();
	const isEmptyInPanel = (name: string) => {
		try {
			return ['', null, undefined].includes(context.getNodeParameter(name, items[0], null) as string | null | undefined);
		} catch {
			// The reading of the rows says what is wrong with the expression.
			return false;
		}
	};
	// Which field of the whole call a sheet must fill, because the panel does not.
	const needed = Object.keys(mainFieldsOf(operation)).filter((name) => name in fields && name in table.columns && isEmptyInPanel(name));
	return sheetFindings(
		table,
		items.map((item) => input[item].json),
		needed.map((name) => [name]),
	);
}

/** The fields with the names of the columns that fill them, as the sheet and the table call them. */
export const withLabels = ({ columns }: Operation, fields: Fields, cells: IDataObject = {}): Fields =>
	Object.fromEntries(
		Object.entries(fields).map(([name, field]) => {
			const displayName = isFilled(cells[name]) ? columns?.columns[name]?.label : undefined;
			return [name, displayName === undefined ? field : { ...field, property: { ...field.property, displayName } }];
		}),
	);
