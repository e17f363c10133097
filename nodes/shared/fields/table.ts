import { UserError } from '../core/userError';
import type { Field, Fields, ReadContext, ValuesOf } from './field';
import { propertyOf } from './field';
import { readFields } from './read';

/** A table of rows typed into the panel, each with the same fields; rows are checked one by one and named by number. */
export const table = <F extends Fields>(look: {
	label: string;
	row: string;
	description: string;
	fields: F;
}): Field<Array<ValuesOf<F>>> => ({
	property: {
		displayName: look.label,
		type: 'fixedCollection',
		typeOptions: { multipleValues: true, multipleValueButtonText: `Add ${look.row}` },
		default: {},
		required: true,
		placeholder: `Add ${look.row}`,
		description: look.description,
		options: [
			{
				name: 'rows',
				displayName: look.row,
				values: Object.entries(look.fields).map(([name, field]) => propertyOf(name, field)),
			},
		],
	},
	example: [Object.fromEntries(Object.entries(look.fields).map(([name, { example }]) => [name, example]))],
	read: (value, context) => readRows(value, look.row, look.fields, context),
});

function readRows<F extends Fields>(value: unknown, row: string, fields: F, context: ReadContext): Array<ValuesOf<F>> | UserError {
	const given = Array.isArray(value) ? value : (value as { rows?: unknown }).rows;
	if (!Array.isArray(given) || given.length === 0) return new UserError('it has no rows', `Add at least one ${row.toLowerCase()}.`);
	return given.map((one: Record<string, unknown>, index) => readFields(fields, (name) => one[name], context, `${row} ${index + 1}: `));
}
