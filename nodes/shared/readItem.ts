import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import type { Fields, Values } from './fields/field';
import { readFields } from './fields/read';
import type { Operation } from './operation';
import { collectionOf, optionalOf, shownOf } from './resource';
import { Refusal } from './transport/refusal';
import type { ApiRequest } from './transport/call';

/** Rows named in one refusal; more would not be read. */
const MOST_NAMED = 5;

const isEmptyChange = (body: IDataObject) => Object.values(body).every((value) => value === undefined);

/** The fields that every item fills for itself; all rows are checked before one is sent, and wrong ones are named by number. */
function readRows(context: IExecuteFunctions, fields: Fields, items: readonly number[]): Values[] {
	const timezone = context.getTimezone();
	const refusals: Refusal[] = [];
	const rows = items.map((item) => {
		try {
			return readFields(fields, (name) => context.getNodeParameter(name, item, null), { timezone }, `Row ${item + 1}: `);
		} catch (error) {
			refusals.push(
				error instanceof Refusal
					? error
					: new Refusal(`Row ${item + 1}: ${(error as Error).message}`, 'Look at the expressions of this row.'),
			);
			return {};
		}
	});
	if (refusals.length === 0) return rows;
	const more = refusals.length > MOST_NAMED ? `; and ${refusals.length - MOST_NAMED} more rows` : '';
	throw new Refusal(
		refusals
			.slice(0, MOST_NAMED)
			.map(({ message }) => message)
			.join('; ') + more,
		`Nothing was sent. ${refusals[0].description}`,
	);
}

/** From the panel, as it reads for these items, to one call: its values and its request. All but rows come from the first item. */
export function readItem(
	context: IExecuteFunctions,
	operation: Operation,
	items: readonly number[],
): { values: Values; request: ApiRequest } {
	const [first] = items;
	const timezone = context.getTimezone();
	const optionalFields = optionalOf(operation);
	const collection: IDataObject =
		Object.keys(optionalFields).length === 0 ? {} : (context.getNodeParameter(collectionOf(operation), first, {}) as IDataObject);
	const shown = readFields(shownOf(operation), (name) => context.getNodeParameter(name, first, null), { timezone });
	const { rawBody, ...optional } = readFields(optionalFields, (name) => collection[name], { timezone }) as Values & {
		rawBody?: IDataObject;
	};
	const values: Values = { ...shown, ...optional, ...(operation.perRow ? { rows: readRows(context, operation.perRow, items) } : {}) };
	const { body: built, ...parts } = operation.request(values);
	const body = built === undefined && rawBody === undefined ? undefined : { ...built, ...rawBody };
	if (operation.route.startsWith('PATCH ') && isEmptyChange(body ?? {}))
		throw new Refusal('There is nothing to change', 'Add at least one field to change.');
	const { lookIn } = operation;
	const reference = typeof values.reference === 'string' ? values.reference : undefined;
	return { values, request: { route: operation.route, ...parts, body, reference, lookIn } };
}
