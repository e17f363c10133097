import { isObject } from '../core/isObject';

/** An answer that says no in its body, whatever its status says: `success: false`, or errors and no ID. */
export function saysNo(body: unknown): boolean {
	if (!isObject(body)) return false;
	const { success, valid, error, errors, id } = body;
	if (success === false || valid === false) return true;
	const isGiven = (value: unknown) =>
		value !== undefined && value !== null && value !== false && !(Array.isArray(value) && value.length === 0);
	return id === undefined && (isGiven(error) || isGiven(errors));
}
