import type { IDisplayOptions, INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { CHECK_MODES } from './swedish/check';
import { AMOUNT_FORMATS } from './fields/amount';
import { FIRST, LATER, propertiesOfField } from './fields/field';
import type { Operation } from './operation';
import type { Resource, Resources } from './resource';
import { collectionNameOf, isWrite, optionalFieldsOf, mainFieldsOf } from './resource';

/** Compares English labels, ignoring case. Avoids localeCompare, because its first call in a process loads ICU's collation (20 ms). */
export function alphabetically(one: string, other: string) {
	const [a, b] = [one.toLowerCase(), other.toLowerCase()];
	return a < b ? -1 : Number(a > b);
}

const byName = (a: INodePropertyOptions, b: INodePropertyOptions) => alphabetically(a.name, b.name);

/** The properties of operations with the same fields: their main fields, and one collection for the optional ones. */
function propertiesOfOperations(resource: string, keys: string[], operation: Operation): INodeProperties[] {
	const show = { resource: [resource], operation: keys };
	const ofRow = operation.columns ? { ...show, fillFields: ['fields'] } : show;
	const shown = [
		...Object.entries(mainFieldsOf(operation)).flatMap(([name, field]) => propertiesOfField(name, field, show)),
		...Object.entries(operation.perRow ?? {}).flatMap(([name, field]) => propertiesOfField(name, field, ofRow)),
	];
	const optional = Object.entries(optionalFieldsOf(operation)).sort(([, a], [, b]) =>
		alphabetically(a.property.displayName, b.property.displayName),
	);
	if (optional.length === 0) return shown;
	const name = collectionNameOf(operation);
	const isFilters = name === 'filters';
	const collection: INodeProperties = {
		displayName: isFilters ? 'Filters' : 'Additional Fields',
		name,
		type: 'collection',
		placeholder: isFilters ? 'Add Filter' : 'Add Field',
		default: {},
		// n8n (2.41) empties a collection that depends on `operation` when the user changes the operation, and looks for that name alone.
		displayOptions: { show: keys.length > 1 ? { resource: [resource], '/operation': keys } : show },
		options: optional.map(([name, { property }]) => ({ ...property, name })),
	};
	return [...shown, collection];
}

/** The operations of a resource. In version 1.1 a new node begins with a read, which is safe to try; three resources of version 1 begin with a write. */
function operationMenu(key: string, resource: Resource): INodeProperties[] {
	const options = Object.entries(resource.operations)
		.map(([value, { name, action, description, output }]) => ({
			name,
			value,
			action,
			description,
			...(output.waits ? { displayOptions: { hide: { '@tool': [true] } } } : {}),
		}))
		.sort(byName);
	const menu = (initial: string, versions: IDisplayOptions['show'] = {}): INodeProperties => ({
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: [key], ...versions } },
		options,
		default: initial,
	});
	const first = options.find(({ value }) => value === 'getMany') ?? options[0];
	const read = options.find(({ value }) => !isWrite(resource.operations[value])) ?? first;
	if (first === read || !isWrite(resource.operations[first.value])) return [menu(first.value)];
	return [menu(first.value, FIRST), menu(read.value, LATER)];
}

/** Shown only in a tool of an AI Agent, for operations that write. Not an expression, so that the AI cannot set it. */
function letAiWrite(key: string, { operations }: Resource): INodeProperties[] {
	const writes = Object.keys(operations).filter((name) => isWrite(operations[name]));
	if (writes.length === 0) return [];
	return [
		{
			displayName: 'Let the AI Write',
			name: 'letAiWrite',
			type: 'boolean',
			noDataExpression: true,
			default: false,
			description: 'Whether the AI Agent may execute this operation, which changes data or moves money',
			displayOptions: { show: { resource: [key], operation: writes, '@tool': [true] } },
		},
	];
}

/** Operations by their fields. A write and its preview have the same ones: n8n keeps their values when the user changes from one to the other. */
function sharing(operations: Resource['operations']): Array<[names: string[], operation: Operation]> {
	const groups: Array<[string[], Operation]> = [];
	for (const [name, operation] of Object.entries(operations)) {
		const { fields, optional, perRow } = operation;
		const group = groups.find(([, one]) => one.fields === fields && one.optional === optional && one.perRow === perRow);
		if (group) group[0].push(name);
		else groups.push([[name], operation]);
	}
	return groups;
}

/** All properties of a node: resource, operation, fields, options. */
export function propertiesOf(resources: Resources): INodeProperties[] {
	const groups = Object.entries(resources);
	const options = groups.map(([value, { name }]) => ({ name, value })).sort(byName);
	return [
		{ displayName: 'Resource', name: 'resource', type: 'options', noDataExpression: true, options, default: `${options[0].value}` },
		...groups.flatMap(([key, resource]) => operationMenu(key, resource)),
		...groups.flatMap(([key, resource]) => letAiWrite(key, resource)),
		...groups.flatMap(([key, { operations }]) =>
			sharing(operations).flatMap(([names, operation]) => propertiesOfOperations(key, names, operation)),
		),
		...runOptions,
	];
}

/** Options of a run, for every operation; `runItems` reads them from the first item. */
const runOptions: INodeProperties[] = [
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add Option',
		default: {},
		options: [
			{
				displayName: 'Amount Format',
				name: 'amountFormat',
				type: 'options',
				noDataExpression: true,
				options: Object.entries(AMOUNT_FORMATS).map(([value, name]) => ({ name, value })),
				default: 'point',
				description:
					'How amounts and units that arrive as text are written. Swedish: a comma before the decimals, spaces between thousands. Numbers need no format.',
			},
			{
				displayName: 'Fields to Return',
				name: 'fieldsToReturn',
				type: 'string',
				default: '',
				placeholder: 'e.g. name, owner.fullName',
				description: 'Only these fields of each result, separated by commas. The ID and the receipt always come along.',
			},
			{
				displayName: 'Items at Once',
				name: 'itemsAtOnce',
				type: 'number',
				typeOptions: { minValue: 1, maxValue: 50 },
				default: 1,
				description:
					'How many items the node processes at the same time. Without this option: 5 when reading, 1 when writing. Results keep the order of the items.',
			},
			{
				displayName: 'Swedish Checks',
				name: 'swedishChecks',
				type: 'options',
				noDataExpression: true,
				options: Object.entries(CHECK_MODES).map(([value, name]) => ({ name, value })),
				default: 'stop',
				description:
					'What to do when a personal or organisation number, an account, bankgiro, plusgiro or OCR number, an ISIN or a bank day cannot be right. Stop: the node sends nothing. Warn: the node sends it, and the receipt lists the findings.',
			},
			{
				displayName: 'Timeout',
				name: 'timeout',
				type: 'number',
				typeOptions: { minValue: 1 },
				default: 30,
				description: 'Seconds to wait for a response before the call counts as failed',
			},
		],
	},
];
