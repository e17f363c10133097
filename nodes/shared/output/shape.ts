import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

/** At most ten flat fields of an object: the name in the item, and where it stands in the answer. */
export type Simple = Readonly<Record<string, string>>;

const at = (json: unknown, path: string): unknown =>
	path
		.split('.')
		.reduce<unknown>((value, name) => (typeof value === 'object' && value !== null ? (value as IDataObject)[name] : undefined), json);

const picked = (json: IDataObject, fields: Simple): IDataObject =>
	Object.fromEntries(
		Object.entries(fields)
			.map(([name, path]) => [name, at(json, path)])
			.filter(([, value]) => value !== undefined),
	);

/** Only the given fields of each item; nothing that is not in the answer is made up. */
export const shaped = (items: INodeExecutionData[], fields: Simple | undefined): INodeExecutionData[] =>
	fields === undefined ? items : items.map((item) => ({ ...item, json: picked(item.json, fields) }));

/** Field names or paths as the user gives them; the id and the receipt come along always. */
export const selection = (paths: readonly string[]): Simple => Object.fromEntries(['id', 'receipt', ...paths].map((path) => [path, path]));
