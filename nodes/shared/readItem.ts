import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { checkedReader } from './fields/checkedReader';
import type { Fields, Values } from './fields/field';
import type { Operation } from './operation';
import { collectionNameOf, optionalFieldsOf, mainFieldsOf } from './resource';
import { UserError } from './core/userError';
import type { ApiRequest } from './http/request';

type Read = ReturnType<typeof checkedReader>['read'];

/** Rows that one message lists; users do not read more. */
const MAX_LISTED = 5;

const isEmptyChange = (body: IDataObject) => Object.values(body).every((value) => value === undefined);

/** Reads the fields that every item has of its own. Throws one UserError that lists all wrong rows by number. */
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
	const more = refusals.length > MAX_LISTED ? `; and ${refusals.length - MAX_LISTED} more rows` : '';
	throw new UserError(
		refusals
			.slice(0, MAX_LISTED)
			.map(({ message }) => message)
			.join('; ') + more,
		`Nothing was sent. ${refusals[0].description}`,
	);
}

/** The optional fields that the user added. They are required here, because an empty one would be ignored silently. */
const addedFields = (fields: Fields, collection: IDataObject): Fields =>
	Object.fromEntries(
		Object.entries(fields)
			.filter(([name]) => name in collection)
			.map(([name, field]) => [name, { ...field, property: { ...field.property, required: true } }]),
	);

/** Throws a UserError when a shared field differs between rows, because the call would use the first row's value for all. */
function requireSameValues(context: IExecuteFunctions, read: Read, operation: Operation, items: readonly number[]): void {
	const valuesByItem = items.map((item) => readSharedFields(context, read, operation, item));
	const labels = { ...mainFieldsOf(operation), ...optionalFieldsOf(operation) };
	for (const [name, { property }] of Object.entries(labels)) {
		const other = valuesByItem.findIndex((values) => JSON.stringify(values[name]) !== JSON.stringify(valuesByItem[0][name]));
		if (other === -1) continue;
		throw new UserError(
			`Row ${items[other] + 1}: '${property.displayName}' differs from row 1`,
			'Nothing was sent. All rows share this field: make it the same for all, or split the rows into one run for each value.',
		);
	}
}

/** The values of all fields but the rows, evaluated for one item. */
function readSharedFields(context: IExecuteFunctions, read: Read, operation: Operation, item: number): Values {
	const optional = optionalFieldsOf(operation);
	const none = Object.keys(optional).length === 0;
	const collection: IDataObject = none ? {} : (context.getNodeParameter(collectionNameOf(operation), item, {}) as IDataObject);
	return {
		...read(mainFieldsOf(operation), (name) => context.getNodeParameter(name, item, null)),
		...read(addedFields(optional, collection), (name) => collection[name]),
	};
}

/** Fields by which a payment is known again, and the payments themselves: raw JSON may add to a request, but not replace these. */
const NOT_REPLACED = ['clientRef', 'name', 'payments'];

function refuseReplaced(rawBody: IDataObject = {}) {
	const replaced = NOT_REPLACED.find((name) => Object.hasOwn(rawBody, name));
	if (replaced === undefined) return;
	throw new UserError(
		`'Raw JSON Body' may not replace '${replaced}'`,
		`Nothing was sent. The node keeps a payment from being executed twice by it. Take '${replaced}' out of the JSON, and use the fields of this node.`,
	);
}

/** Reads the panel for the items of one call and returns its values and its request. Throws a UserError when a value is wrong. */
export function readItem(
	context: IExecuteFunctions,
	operation: Operation,
	items: readonly number[],
): { values: Values; request: ApiRequest } {
	const { read, warnings } = checkedReader(context);
	if (operation.perRow) requireSameValues(context, read, operation, items);
	const { rawBody, ifSentBefore, referenceScope, ...shared } = readSharedFields(context, read, operation, items[0]) as Values & {
		rawBody?: IDataObject;
	};
	if (operation.lookup) refuseReplaced(rawBody);
	const values: Values = { ...shared, ...(operation.perRow ? { rows: readRows(context, read, operation.perRow, items) } : {}) };
	const { body: built, warnings: found = [], ...parts } = operation.request(values);
	const body = built === undefined && rawBody === undefined ? undefined : { ...built, ...rawBody };
	if (operation.route.startsWith('PATCH ') && isEmptyChange(body ?? {}))
		throw new UserError('There is nothing to change', 'Add at least one field to change.');
	const { lookup } = operation;
	const reference = typeof values.reference === 'string' ? values.reference : undefined;
	const derivedFields = body && operation.derivedFields?.(body);
	return {
		values,
		request: {
			route: operation.route,
			...parts,
			body,
			reference,
			lookup,
			derivedFields,
			warnings: [...warnings, ...found],
			...(ifSentBefore === 'send' ? { sendAgain: true } : {}),
			...(referenceScope === 'operation' ? { referenceScope } : {}),
		},
	};
}
