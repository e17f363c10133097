import type { IDataObject } from 'n8n-workflow';

/**
 * The answer as the JSON of an item, untouched but for one thing: n8n takes a truthy top-level `error` for a failure and
 * repeats the node under Retry On Fail (n8n issues 14423, 12096), so such a field is moved to `apiError`.
 */
export function jsonOf(value: unknown): IDataObject {
	if (typeof value !== 'object' || value === null || Array.isArray(value))
		return value === undefined ? {} : { value: value as IDataObject };
	if (!('error' in value)) return value as IDataObject;
	const { error, ...rest } = value;
	return { ...rest, apiError: error } as IDataObject;
}
