import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { checkedReader } from './fields/checkedReader';
import type { Fields, Values } from './fields/field';
import type { Operation } from './operation';
import { collectionNameOf, optionalFieldsOf, mainFieldsOf } from './resource';
import { UserError } from './core/userError';
import type { ApiRequest } from './http/request';

type Read = ReturnType<typeof checkedReader>['read'];

/** Rows named in one refusal; more would not be read. */
const MOST_NAMED = 5;

const isEmptyChange = (body: IDataObject) => Object.values(body).every((value) => value === undefined);

/** The fields that every item fills for itself; all rows are checked before one is sent, and wrong ones are named by number. */
function readRows(context: IExecuteFunctions, read: Read, fields: Fields, items: readonly number[]): Values[] {
	const refusals: UserError[] = [];
	const rows = items.map((item) => {
		try {
			return read(fields, (name) => context.getNodeParameter(name, item, null), `Row ${item + 1}: `);
		} catch (error) {
			refusals.push(
				error instanceof UserError
					? error
					: new UserError(`Row ${item + 1}: ${(error as Error).message}`, 'Look at the expressions of this row.'),
			);
			return {};
		}
	});
	if (refusals.length === 0) return rows;
	const more = refusals.length > MOST_NAMED ? `; and ${refusals.length - MOST_NAMED} more rows` : '';
	throw new UserError(
		refusals
			.slice(0, MOST_NAMED)
			.map(({ message }) => message)
			.join('; ') + more,
		`Nothing was sent. ${refusals[0].description}`,
	);
}

/** The optional fields that the user has added: one that is there must say something, or it would be dropped without a word. */
const added = (fields: Fields, collection: IDataObject): Fields =>
	Object.fromEntries(
		Object.entries(fields)
			.filter(([name]) => name in collection)
			.map(([name, field]) => [name, { ...field, property: { ...field.property, required: true } }]),
	);

/** What is read once must be the same in every row, or all rows would be paid as the first one says. */
function refuseDifferent(context: IExecuteFunctions, read: Read, operation: Operation, items: readonly number[]): void {
	const said = items.map((item) => readOnce(context, read, operation, item));
	const labels = { ...mainFieldsOf(operation), ...optionalFieldsOf(operation) };
	for (const [name, { property }] of Object.entries(labels)) {
		const other = said.findIndex((values) => JSON.stringify(values[name]) !== JSON.stringify(said[0][name]));
		if (other === -1) continue;
		throw new UserError(
			`Row ${items[other] + 1}: '${property.displayName}' differs from row 1`,
			'Nothing was sent. It stands for all rows: make it the same for all, or split the rows into one run for each value.',
		);
	}
}

/** The values of one call but its rows, as they read for one item. */
function readOnce(context: IExecuteFunctions, read: Read, operation: Operation, item: number): Values {
	const optional = optionalFieldsOf(operation);
	const none = Object.keys(optional).length === 0;
	const collection: IDataObject = none ? {} : (context.getNodeParameter(collectionNameOf(operation), item, {}) as IDataObject);
	return {
		...read(mainFieldsOf(operation), (name) => context.getNodeParameter(name, item, null)),
		...read(added(optional, collection), (name) => collection[name]),
	};
}

/** From the panel, as it reads for these items, to one call: its values and its request. All but rows are the same for all of them. */
export function readItem(
	context: IExecuteFunctions,
	operation: Operation,
	items: readonly number[],
): { values: Values; request: ApiRequest } {
	const { read, warnings } = checkedReader(context);
	if (operation.perRow) refuseDifferent(context, read, operation, items);
	const { rawBody, ...once } = readOnce(context, read, operation, items[0]) as Values & { rawBody?: IDataObject };
	const values: Values = { ...once, ...(operation.perRow ? { rows: readRows(context, read, operation.perRow, items) } : {}) };
	const { body: built, ...parts } = operation.request(values);
	const body = built === undefined && rawBody === undefined ? undefined : { ...built, ...rawBody };
	if (operation.route.startsWith('PATCH ') && isEmptyChange(body ?? {}))
		throw new UserError('There is nothing to change', 'Add at least one field to change.');
	const { lookup } = operation;
	const reference = typeof values.reference === 'string' ? values.reference : undefined;
	const derivedFields = body && operation.derivedFields?.(body);
	return { values, request: { route: operation.route, ...parts, body, reference, lookup, derivedFields, warnings: [...warnings] } };
}
