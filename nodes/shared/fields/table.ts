import { UserError } from '../core/userError';
import type { Field, Fields, ReadContext, ValuesOf } from './field';
import { propertiesOfField } from './field';
import { readFields } from './readFields';

/** A table whose rows have the same fields. Messages name a row by its number, from 1. */
export const table = <F extends Fields>(options: {
	label: string;
	row: string;
	description: string;
	fields: F;
}): Field<Array<ValuesOf<F>>> => ({
	property: {
		displayName: options.label,
		type: 'fixedCollection',
		typeOptions: { multipleValues: true, multipleValueButtonText: `Add ${options.row}` },
		default: {},
		required: true,
		placeholder: `Add ${options.row}`,
		description: options.description,
		options: [
			{
				name: 'rows',
				displayName: options.row,
				values: Object.entries(options.fields).flatMap(([name, field]) => propertiesOfField(name, field)),
			},
		],
	},
	example: [Object.fromEntries(Object.entries(options.fields).map(([name, { example }]) => [name, example]))],
	read: (value, context) => readTable(value, options.row, options.fields, context),
});

function readTable<F extends Fields>(value: unknown, row: string, fields: F, context: ReadContext): Array<ValuesOf<F>> | UserError {
	const given = Array.isArray(value) ? value : (value as { rows?: unknown }).rows;
	if (!Array.isArray(given) || given.length === 0) return new UserError('it has no rows', `Add at least one ${row.toLowerCase()}.`);
	return given.map((one: Record<string, unknown>, index) =>
		readFields(fields, (name) => one[name], context, { name: row, number: index + 1 }),
	);
}
