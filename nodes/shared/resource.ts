import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import type { Field, Fields } from './fields/field';
import { optional as optionalField, visibleWhen } from './fields/field';
import { boolean, choice } from './fields/choice';
import { columnsField, mapperFields } from './fields/columns';
import { listSearchOf } from './listSearch';
import { rawBody } from './fields/json';
import { ifSentBefore, referenceScope } from './fields/reference';
import type { Operation } from './operation';
import type { Api } from './client';

/** A group of operations in the panel. The keys of `operations` are stored values and never change. */
export interface Resource {
	readonly name: string;
	readonly operations: Readonly<Record<string, Operation>>;
}

/** Resources by stored value, which never changes. */
export type Resources = Readonly<Record<string, Resource>>;

const isRead = ({ route }: Operation) => route.startsWith('GET ');

/** Whether the client of the operation sends no write: it is a preview of one, or prepares a plan of one. */
export const isPreview = ({ preview, plan }: Operation) => preview !== undefined || plan === 'prepare';

/** Whether the operation sends a call that changes something. */
export const isWrite = (operation: Operation) => !isRead(operation) && !isPreview(operation);

/** Whether the record of writes keeps what the operation sends: it moves money, or acts on an object once. */
export const isRecorded = (operation: Operation) => isWrite(operation) && (operation.lookup !== undefined || operation.isAct === true);

const simplify = boolean({
	label: 'Simplify',
	description: 'Whether to return a simplified version of the response instead of the raw data',
});

const fillFields = choice({
	label: 'Fill Fields',
	description:
		'How the fields of each row are filled. By Fields: one field each, usually an expression on the item. By Columns: one table, which finds the columns of a sheet by their Swedish or English names.',
	options: { columns: 'By Columns', fields: 'By Fields' },
	initial: 'fields',
});

/** Fields outside the collection: the operation's own, those of its result mode, and Simplify. */
export const mainFieldsOf = ({ fields, output, simple, columns }: Operation): Fields => ({
	...fields,
	...(columns ? { fillFields, columns: visibleWhen({ fillFields: ['columns'] }, columnsField(columns)) } : {}),
	...output.fields,
	...(simple ? { simplify } : {}),
});

/** Fields in the collection; an operation with a body also has Raw JSON Body, a write of the record what to do when it was sent before. */
export function optionalFieldsOf({ route, optional, lookup, isAct, plan }: Operation): Fields {
	const ofWrite: Fields = {
		...(/^(POST|PUT|PATCH) /.test(route) ? { rawBody } : {}),
		...(lookup || isAct ? { ifSentBefore } : {}),
		...(lookup ? { referenceScope } : {}),
	};
	// A plan is executed as it was approved, so nothing else may change the write.
	const fields: Fields = plan === undefined ? { ...optional, ...ofWrite } : optional;
	return Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, optionalField(field)]));
}

/** Parameter name of the collection. A preview shares it with its write, so that n8n keeps the values when the user changes from one to the other. */
export const collectionNameOf = (operation: Operation) =>
	isRead(operation) && !operation.output.noFilters ? 'filters' : 'additionalFields';

/** The `listSearch` methods of all locators by name. */
export function listSearches(api: Api, resources: Resources) {
	const methods: Record<
		string,
		(this: ILoadOptionsFunctions, filter?: string, paginationToken?: unknown) => Promise<INodeListSearchResult>
	> = {};
	const collect = ({ search }: Field<unknown>) => {
		if (search) methods[search.method] ??= listSearchOf(api, search);
	};
	for (const { operations } of Object.values(resources)) {
		for (const { fields, optional } of Object.values(operations)) Object.values({ ...fields, ...optional }).forEach(collect);
	}
	return methods;
}

/** The `resourceMapping` methods of all tables of columns by name. They ask no API. */
export const resourceMappings = (resources: Resources) =>
	Object.fromEntries(
		Object.values(resources)
			.flatMap(({ operations }) => Object.values(operations))
			.flatMap(({ columns }) => (columns ? [[columns.method, async () => await Promise.resolve(mapperFields(columns))] as const] : [])),
	);
