import type { IDataObject } from 'n8n-workflow';
import type { ResultMode } from './resultMode';

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

/** Cuts a result down to the given fields; nothing that is not in the answer is made up. Without fields it stays whole. */
export const selecting =
	(fields: Simple | undefined) =>
	(json: IDataObject): IDataObject =>
		fields === undefined ? json : picked(json, fields);

/**
 * What the option Fields to Return selects: names or paths as the user gives them. The id, the receipt and what the output keeps
 * come along always; undefined when nothing is selected.
 */
export function selectedFields({ fieldsToReturn = '' }: IDataObject, { keeps = [] }: Pick<ResultMode, 'keeps'>): Simple | undefined {
	const paths = [fieldsToReturn]
		.flat()
		.flatMap((some) => String(some).split(','))
		.map((path) => path.trim())
		.filter(Boolean);
	return paths.length === 0 ? undefined : Object.fromEntries(['id', 'receipt', ...keeps, ...paths].map((path) => [path, path]));
}
