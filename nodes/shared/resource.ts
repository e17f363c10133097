import type { ILoadOptionsFunctions, INodeListSearchResult, INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import type { Field, Fields } from './fields/field';
import { notRequired, propertyOf } from './fields/field';
import { listSearchOf } from './fields/listSearch';
import { rawBody } from './fields/rawBody';
import type { Operation } from './operation';
import type { Api } from './transport/client';

/** A group of operations in the panel. Keys of `operations` are stored values and never change. */
export interface Resource {
	readonly name: string;
	readonly operations: Readonly<Record<string, Operation>>;
}

/** Keys are stored values and never change. */
export type Resources = Readonly<Record<string, Resource>>;

const byName = (a: INodePropertyOptions, b: INodePropertyOptions) => a.name.localeCompare(b.name);

const isList = ({ route, output }: Operation) => route.startsWith('GET ') && 'returnAll' in output.fields;

/** Optional fields of an operation; those that send a body also take raw JSON. */
export function optionalOf({ route, optional }: Operation): Fields {
	const fields = /^(POST|PUT|PATCH) /.test(route) ? { ...optional, rawBody } : optional;
	return Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, notRequired(field)]));
}

/** Name of the collection that gathers them. */
export const collectionOf = (operation: Operation) => (isList(operation) ? 'filters' : 'additionalFields');

export const isWrite = ({ route }: Operation) => !route.startsWith('GET ');

/** Everything under a resource and an operation: its fields, those of its output, and one collection for the optional ones. */
function propertiesOfOperation(resource: string, key: string, operation: Operation): INodeProperties[] {
	const show = { resource: [resource], operation: [key] };
	const shown = Object.entries({ ...operation.fields, ...operation.output.fields }).map(([name, field]) => propertyOf(name, field, show));
	const optional = Object.entries(optionalOf(operation)).sort(([, a], [, b]) => a.property.displayName.localeCompare(b.property.displayName));
	if (optional.length === 0) return shown;
	const collection: INodeProperties = {
		displayName: isList(operation) ? 'Filters' : 'Additional Fields',
		name: collectionOf(operation),
		type: 'collection',
		placeholder: isList(operation) ? 'Add Filter' : 'Add Field',
		default: {},
		displayOptions: { show },
		options: optional.map(([name, { property }]) => ({ ...property, name })),
	};
	return [...shown, collection];
}

function operationMenu(key: string, resource: Resource): INodeProperties {
	const options = Object.entries(resource.operations)
		.map(([value, { name, action, description }]) => ({ name, value, action, description }))
		.sort(byName);
	// The first choice is the one that is safe to try.
	const initial = `${options.find(({ value }) => value === 'getMany')?.value ?? options[0].value}`;
	return { displayName: 'Operation', name: 'operation', type: 'options', noDataExpression: true, displayOptions: { show: { resource: [key] } }, options, default: initial };
}

/** The whole panel of a node: resource, operation, fields. */
export function propertiesOf(resources: Resources): INodeProperties[] {
	const options = Object.entries(resources)
		.map(([value, { name }]) => ({ name, value }))
		.sort(byName);
	return [
		{ displayName: 'Resource', name: 'resource', type: 'options', noDataExpression: true, options, default: `${options[0].value}` },
		...Object.entries(resources).map(([key, resource]) => operationMenu(key, resource)),
		...Object.entries(resources).flatMap(([resource, { operations }]) => Object.entries(operations).flatMap(([key, operation]) => propertiesOfOperation(resource, key, operation))),
		...runOptions,
	];
}

/** How a run goes, for every operation; read from the first item. */
const runOptions: INodeProperties[] = [
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add Option',
		default: {},
		options: [
			{
				displayName: 'Items at Once',
				name: 'itemsAtOnce',
				type: 'number',
				typeOptions: { minValue: 1, maxValue: 50 },
				default: 5,
				description: 'How many items are worked on at the same time. Without this option 5 when reading and 1 when writing. Results keep the order of the items.',
			},
			{
				displayName: 'Timeout',
				name: 'timeout',
				type: 'number',
				typeOptions: { minValue: 1 },
				default: 30,
				description: 'Seconds to wait for one answer before it counts as lost',
			},
		],
	},
];

/** The searches that the locators of all operations bring along, by method name. */
export function listSearches(api: Api, resources: Resources) {
	const methods: Record<string, (this: ILoadOptionsFunctions, filter?: string, paginationToken?: unknown) => Promise<INodeListSearchResult>> = {};
	const collect = ({ search }: Field<unknown>) => {
		if (search) methods[search.method] ??= listSearchOf(api, search);
	};
	for (const { operations } of Object.values(resources)) {
		for (const { fields, optional } of Object.values(operations)) Object.values({ ...fields, ...optional }).forEach(collect);
	}
	return methods;
}
