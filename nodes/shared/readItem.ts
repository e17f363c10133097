import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { checkedReader } from './fields/checkedReader';
import type { Fields, Finding, Values } from './fields/field';
import type { Operation } from './operation';
import { collectionNameOf, optionalFieldsOf, mainFieldsOf } from './resource';
import { UserError } from './core/userError';
import type { ApiRequest } from './http/request';

const isEmptyChange = (body: IDataObject) => Object.values(body).every((value) => value === undefined);

type Reader = ReturnType<typeof checkedReader>;

/** Reads the fields that every item has of its own. An expression that fails is a finding of its row. */
const readRows = (context: IExecuteFunctions, { read, add }: Reader, fields: Fields, items: readonly number[]): Values[] =>
	items.map((item) => {
		const number = item + 1;
		try {
			return read(fields, (name) => context.getNodeParameter(name, item, null), { name: 'Row', number });
		} catch (error) {
			const rule = error instanceof Error ? error.message : String(error);
			add({ row: number, rule, message: `Row ${number}: ${rule}`, advice: 'Look at the expressions of this row.', severity: 'stop' });
			return {};
		}
	});

/** The optional fields that the user added. They are required here, because an empty one would be ignored silently. */
const addedFields = (fields: Fields, collection: IDataObject): Fields =>
	Object.fromEntries(
		Object.entries(fields)
			.filter(([name]) => name in collection)
			.map(([name, field]) => [name, { ...field, property: { ...field.property, required: true } }]),
	);

/** Finds shared fields that differ between rows, because the call would use the first row's value for all. */
function compareSharedFields(context: IExecuteFunctions, reader: Reader, operation: Operation, items: readonly number[]): void {
	const labels = Object.entries({ ...mainFieldsOf(operation), ...optionalFieldsOf(operation) });
	const first = readSharedFields(context, reader, operation, items[0]);
	for (const item of items.slice(1)) {
		const values = readSharedFields(context, reader, operation, item);
		for (const [name, { property }] of labels) {
			if (JSON.stringify(values[name]) === JSON.stringify(first[name])) continue;
			const [row, field, rule] = [item + 1, property.displayName, 'differs from row 1'];
			const advice = 'All rows share this field: make it the same for all, or split the rows into one run for each value.';
			reader.add({ row, field, rule, message: `Row ${row}: '${field}' ${rule}`, advice, severity: 'stop' });
		}
	}
}

/** The values of all fields but the rows, evaluated for one item. */
function readSharedFields(context: IExecuteFunctions, { read }: Reader, operation: Operation, item: number): Values {
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

/** What the panel says for the items of one call. */
export interface ReadItem {
	/** Values that could not be read are missing; then a finding says why. */
	readonly values: Values;
	readonly findings: readonly Finding[];
	/** The call. Throws a UserError when the values do not make one. Only for findings that do not stop it. */
	readonly request: () => ApiRequest;
}

export function readItem(context: IExecuteFunctions, operation: Operation, items: readonly number[]): ReadItem {
	const reader = checkedReader(context);
	const { rawBody, ifSentBefore, referenceScope, ...shared } = readSharedFields(context, reader, operation, items[0]) as Values & {
		rawBody?: IDataObject;
	};
	if (operation.perRow) compareSharedFields(context, reader, operation, items);
	const values: Values = { ...shared, ...(operation.perRow ? { rows: readRows(context, reader, operation.perRow, items) } : {}) };
	operation.findings?.(values).forEach(reader.add);
	const findings = reader.findings();

	const request = (): ApiRequest => {
		if (operation.lookup) refuseReplaced(rawBody);
		const { body: built, ...parts } = operation.request(values);
		const body = built === undefined && rawBody === undefined ? undefined : { ...built, ...rawBody };
		if (operation.route.startsWith('PATCH ') && isEmptyChange(body ?? {}))
			throw new UserError('There is nothing to change', 'Add at least one field to change.');
		return {
			route: operation.route,
			...parts,
			body,
			reference: typeof values.reference === 'string' ? values.reference : undefined,
			lookup: operation.lookup,
			derivedFields: body && operation.derivedFields?.(body),
			warnings: findings.map(({ message }) => message),
			...(ifSentBefore === 'send' ? { sendAgain: true } : {}),
			...(referenceScope === 'operation' ? { referenceScope } : {}),
		};
	};
	return { values, findings, request };
}
