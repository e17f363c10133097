import { isObject } from '../core/isObject';

/** Fields beside an object that say nothing of it. */
const ASIDE = /^_?(meta|metadata|success|ok|status|message|code|links|errors?|warnings?|request_?id|trace_?id|timestamp)$/i;
const DEEPEST = 3;

/** The object with an ID in an answer, where only one can be meant: a list of one, or the only field of an envelope. Else the answer as it is. */
export function withoutEnvelope(body: unknown): unknown {
	return innerOf(body, 0) ?? body;
}

function innerOf(value: unknown, depth: number): unknown {
	if (Array.isArray(value)) return value.length === 1 ? innerOf(value[0], depth) : undefined;
	if (!isObject(value) || depth > DEEPEST) return undefined;
	if (value.id !== undefined && value.id !== null) return value;
	const fields = Object.entries(value).filter(([name, field]) => !ASIDE.test(name) && field !== null);
	return fields.length === 1 ? innerOf(fields[0][1], depth + 1) : undefined;
}

/** An answer that says no in its body, whatever its status says: `success: false`, or errors and no ID. */
export function saysNo(body: unknown): boolean {
	if (!isObject(body)) return false;
	const { success, valid, error, errors, id } = body;
	if (success === false || valid === false) return true;
	const isGiven = (value: unknown) =>
		value !== undefined && value !== null && value !== false && !(Array.isArray(value) && value.length === 0);
	return id === undefined && (isGiven(error) || isGiven(errors));
}
