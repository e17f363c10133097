import type { IDataObject } from 'n8n-workflow';
import type { ResultMode } from './resultMode';

/** The fields of a simplified result: name in the item → path in the API's object, with dots. */
export type SimpleFields = Readonly<Record<string, string>>;

const valueAt = (json: unknown, path: string): unknown =>
	path
		.split('.')
		.reduce<unknown>((value, name) => (typeof value === 'object' && value !== null ? (value as IDataObject)[name] : undefined), json);

const pick = (json: IDataObject, fields: SimpleFields): IDataObject =>
	Object.fromEntries(
		Object.entries(fields)
			.map(([name, path]) => [name, valueAt(json, path)])
			.filter(([, value]) => value !== undefined),
	);

/** Reduces results to the given fields and leaves out missing ones; without `fields` results stay whole. */
export const fieldSelector =
	(fields: SimpleFields | undefined) =>
	(json: IDataObject): IDataObject =>
		fields === undefined ? json : pick(json, fields);

export const ALWAYS_RETURNED: readonly string[] = ['receipt', 'id'];

/**
 * The fields that the option Fields to Return selects: a list, or text separated by commas. Always includes `id`, `receipt` and the
 * fields that the result mode keeps. Undefined when the option is empty.
 */
export function selectedFields({ fieldsToReturn = '' }: IDataObject, { keeps = [] }: Pick<ResultMode, 'keeps'>): SimpleFields | undefined {
	const paths = [fieldsToReturn]
		.flat()
		.flatMap((part) => String(part).split(','))
		.map((path) => path.trim())
		.filter(Boolean);
	return paths.length === 0 ? undefined : Object.fromEntries([...ALWAYS_RETURNED, ...keeps, ...paths].map((path) => [path, path]));
}
