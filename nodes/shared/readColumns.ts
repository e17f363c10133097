import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { UserError } from './core/userError';
import type { Mapping } from './fields/columns';
import { cellsOf, columnsField, isFilled, missingColumns } from './fields/columns';
import type { Fields } from './fields/field';
import type { Operation } from './operation';

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
	return columns.rowOf(mapping.isAutomatic ? cellsOf(columns, context.getInputData()[item].json) : mapping.value);
}

/** What a sheet lacks whose columns are mapped by their names. */
export function missingColumnsOf(context: IExecuteFunctions, operation: Operation, items: readonly number[]) {
	const mapping = mappingOf(context, operation, items[0]);
	if (operation.columns === undefined || mapping instanceof UserError || mapping?.isAutomatic !== true) return [];
	const input = context.getInputData();
	return missingColumns(
		operation.columns,
		items.map((item) => input[item].json),
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
