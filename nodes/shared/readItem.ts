import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { checkedReader } from './fields/checkedReader';
import { isFilled } from './fields/columns';
import type { Field, Fields, Finding, Values } from './fields/field';
import { fixedReference } from './fields/reference';
import type { Operation } from './operation';
import { collectionNameOf, optionalFieldsOf, mainFieldsOf } from './resource';
import { cellsOfItem, sheetFindingsOf, withLabels } from './readColumns';
import { UserError } from './core/userError';
import type { ApiRequest } from './http/request';

const isEmptyChange = (body: IDataObject) => Object.values(body).every((value) => value === undefined);

type Reader = ReturnType<typeof checkedReader>;

/** Reads the fields that every item has of its own. An expression that fails is a finding of its row. */
function readRows(
	context: IExecuteFunctions,
	{ read, addMissing }: Reader,
	operation: Operation,
	fields: Fields,
	items: readonly number[],
): Values[] {
	const ofSheet = sheetFindingsOf(context, operation, fields, items);
	ofSheet.forEach(addMissing);
	if (ofSheet.length > 0) return items.map(() => ({}));
	return items.map((item) => {
		const number = item + 1;
		try {
			const collection = collectionOf(context, operation, item);
			const own = addedFields(without(fields, Object.keys(operation.perRow ?? {})), collection);
			const cells = cellsOfItem(context, operation, item);
			const valueOf = (name: string): unknown => {
				if (cells !== undefined && (operation.perRow?.[name] !== undefined || isFilled(cells[name]))) return cells[name];
				return name in own ? collection[name] : context.getNodeParameter(name, item, null);
			};
			const all = { ...fields, ...own, ...besides(operation, fields, cells) };
			return read(withLabels(operation, all, cells), valueOf, { name: 'Row', number });
		} catch (error) {
			const rule = error instanceof Error ? error.message : String(error);
			const advice = error instanceof UserError ? error.description : 'Look at the expressions of this row.';
			addMissing({ row: number, rule, message: `Row ${number}: ${rule}`, advice });
			return {};
		}
	});
}

/** Fields of the whole call that a sheet fills although they are none of the row: the operation compares them with those of the call. */
function besides(operation: Operation, fields: Fields, cells: IDataObject = {}): Fields {
	const all: Fields = { ...mainFieldsOf(operation), ...optionalFieldsOf(operation) };
	const names = (operation.split?.by ?? []).filter((name) => !(name in fields) && isFilled(cells[name]));
	return Object.fromEntries(names.map((name) => [name, { ...all[name], check: undefined }]));
}

/** The optional fields that the user added. They are required here, because an empty one would be ignored silently. */
const addedFields = (fields: Fields, collection: IDataObject): Fields =>
	Object.fromEntries(
		Object.entries(fields)
			.filter(([name]) => name in collection)
			.map(([name, field]) => [name, { ...field, property: { ...field.property, required: true } }]),
	);

const collectionOf = (context: IExecuteFunctions, operation: Operation, item: number): IDataObject =>
	Object.keys(optionalFieldsOf(operation)).length === 0
		? {}
		: (context.getNodeParameter(collectionNameOf(operation), item, {}) as IDataObject);

const without = (fields: Fields, names: readonly string[]): Fields =>
	Object.fromEntries(Object.entries(fields).filter(([name]) => !names.includes(name)));

/** Finds shared fields that differ between rows, because the call would use the first row's value for all. */
function compareSharedFields(
	context: IExecuteFunctions,
	reader: Reader,
	operation: Operation,
	items: readonly number[],
	own: readonly string[],
): void {
	const labels = Object.entries({ ...mainFieldsOf(operation), ...optionalFieldsOf(operation) });
	const first = readSharedFields(context, reader, operation, items[0], own);
	for (const item of items.slice(1)) {
		const values = readSharedFields(context, reader, operation, item, own);
		for (const [name, { property }] of labels) {
			if (JSON.stringify(values[name]) === JSON.stringify(first[name])) continue;
			const [row, field, rule] = [item + 1, property.displayName, 'differs from row 1'];
			const advice = operation.split?.by.includes(name)
				? "Switch on 'One Batch per Due Date' in the additional fields, or make it the same for all rows."
				: 'All rows share this field: make it the same for all, or split the rows into one run for each value.';
			reader.add({ row, field, rule, message: `Row ${row}: '${field}' ${rule}`, advice, severity: 'stop' });
		}
	}
}

/** The values of all fields but the rows and what each row has of its own, evaluated for one item. */
function readSharedFields(
	context: IExecuteFunctions,
	{ read }: Reader,
	operation: Operation,
	item: number,
	own: readonly string[],
): Values {
	const collection = collectionOf(context, operation, item);
	return {
		...read(without(mainFieldsOf(operation), own), (name) => context.getNodeParameter(name, item, null)),
		...read(addedFields(without(optionalFieldsOf(operation), own), collection), (name) => collection[name]),
	};
}

/** The fields that each row has of its own because the user splits the rows; undefined where all rows become one call. */
function splitFields(context: IExecuteFunctions, { read }: Reader, operation: Operation, item: number): Fields | undefined {
	const { when, by } = operation.split ?? { when: '', by: [] };
	const collection = collectionOf(context, operation, item);
	const fields = optionalFieldsOf(operation);
	const isOn = when in collection && read({ [when]: fields[when] }, (name) => collection[name])[when] === true;
	if (!isOn) return undefined;
	const all: Fields = { ...mainFieldsOf(operation), ...fields };
	return Object.fromEntries(by.map((name) => [name, all[name]]));
}

/** Fields by which a payment is known again, and the payments themselves: raw JSON may add to a request, but not replace these. */
const NOT_REPLACED = ['clientRef', 'name', 'payments'];

function refuseReplaced(rawBody: IDataObject = {}, more: readonly string[] = []) {
	const replaced = [...NOT_REPLACED, ...more].find((name) => Object.hasOwn(rawBody, name));
	if (replaced === undefined) return;
	throw new UserError(
		`'Raw JSON Body' may not replace '${replaced}'`,
		`Nothing was sent. The node keeps a payment from being executed twice by it. Take '${replaced}' out of the JSON, and use the fields of this node.`,
	);
}

/** The labels of the fields that fit. */
const labelsOf = (fields: Fields, fits: (name: string, field: Field<unknown>) => boolean) =>
	Object.entries(fields)
		.filter(([name, field]) => fits(name, field))
		.map(([, { property }]) => property.displayName);

/** One call, and the items that it is made of. */
export interface Call {
	readonly request: ApiRequest;
	readonly items: readonly number[];
}

/** What the panel says for the items of one call, or of the calls into which the user splits the items. */
export interface ReadItem {
	/** Values that could not be read are missing; then a finding says why. */
	readonly values: Values;
	readonly findings: readonly Finding[];
	/** Whether all values could be read. */
	readonly isComplete: boolean;
	/** The calls, at least one. Throws a UserError when the values do not make them. Only where the values are complete. */
	readonly calls: () => readonly Call[];
}

export function readItem(context: IExecuteFunctions, operation: Operation, items: readonly number[]): ReadItem {
	const reader = checkedReader(context);
	const split = operation.split && splitFields(context, reader, operation, items[0]);
	const own = Object.keys(split ?? {});
	const { rawBody, ifSentBefore, referenceScope, ...shared } = readSharedFields(context, reader, operation, items[0], own) as Values & {
		rawBody?: IDataObject;
	};
	// The table of columns gives each row its own values.
	if (operation.perRow) compareSharedFields(context, reader, operation, items, [...own, 'columns']);
	const perRow = operation.perRow && { ...split, ...operation.perRow };
	const values: Values = { ...shared, ...(perRow ? { rows: readRows(context, reader, operation, perRow, items) } : {}) };
	const fixed = fixedReference(context.getNode().parameters.reference, values.reference);
	if (fixed !== undefined) reader.add(fixed);
	operation.findings?.(values).forEach(reader.add);
	const findings = reader.findings();

	const requestOf = (values: Values): ApiRequest => {
		const given: Fields = { ...mainFieldsOf(operation), ...optionalFieldsOf(operation) };
		const isGiven = (name: string) => values[name] !== undefined;
		if (operation.lookup) refuseReplaced(rawBody, split && operation.split?.bodyFields);
		const { body: built, ...parts } = operation.request(values);
		const body = built === undefined && rawBody === undefined ? undefined : { ...built, ...rawBody };
		if (operation.route.startsWith('PATCH ') && isEmptyChange(body ?? {}))
			throw new UserError('There is nothing to change', 'Add at least one field to change.');
		return {
			route: operation.route,
			...parts,
			body,
			// No advice names the reference as the value to correct: another one is another payment.
			fields: [...labelsOf(without(given, ['reference']), isGiven), ...labelsOf(operation.perRow ?? {}, () => true)],
			about: labelsOf(mainFieldsOf(operation), (name, { property }) => property.type === 'resourceLocator' && isGiven(name)),
			objects: labelsOf(mainFieldsOf(operation), (name) => Object.values(parts.path ?? {}).some((part) => part === values[name])),
			reference: parts.reference ?? (typeof values.reference === 'string' ? values.reference : undefined),
			lookup: operation.lookup,
			derivedFields: body && operation.derivedFields?.(body),
			warnings: findings.map(({ message }) => message),
			...(ifSentBefore === 'send' ? { sendAgain: true } : {}),
			...(referenceScope === 'operation' ? { referenceScope } : {}),
		};
	};
	const calls = () =>
		split === undefined || operation.split === undefined
			? [{ request: requestOf(values), items }]
			: operation.split.into(values).map((part) => ({ request: requestOf(part.values), items: part.rows.map((row) => items[row]) }));
	return { values, findings, isComplete: reader.isComplete(), calls };
}
