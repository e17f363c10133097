import { UserError } from '../core/userError';
import { plain } from './plain';
import type { Field, Fields, ReadContext, Values, ValuesOf } from './field';

const isEmpty = (value: unknown) => value === undefined || value === null || (typeof value === 'string' && value.trim() === '');

function readField<T>(field: Field<T>, raw: unknown, context: ReadContext, title: string): T | undefined {
	if (isEmpty(raw)) {
		if (!field.property.required) return undefined;
		throw new UserError(`${title} is empty`, 'Fill it in. When it is an expression, look at what it gives for this item.');
	}
	const value = field.read(raw, context);
	if (value instanceof UserError) throw new UserError(`${title}: ${value.message}`, value.description);
	return value;
}

/**
 * Reads a set of fields; `rawOf` gives the raw value of a name. Throws a Refusal that names the field by its label.
 * Fields that the panel does not show are left out; `request` does not look at them. Their checks come last, when all values are known.
 */
export function readFields<F extends Fields>(fields: F, rawOf: (name: string) => unknown, context: ReadContext, where = ''): ValuesOf<F> {
	const values: Record<string, unknown> = {};
	for (const [name, field] of Object.entries(fields)) {
		const shown = Object.entries(field.shownFor ?? {}).every(([other, allowed]) => allowed.some((value) => value === values[other]));
		if (shown) values[name] = readField(field, plain(rawOf(name)), context, `${where}'${field.property.displayName}'`);
	}
	if (context.found) findIn(fields, values, context, context.found, where);
	return values as ValuesOf<F>;
}

function findIn(fields: Fields, values: Values, context: ReadContext, found: (finding: string) => void, where: string): void {
	for (const [name, { check, property }] of Object.entries(fields)) {
		const reason = values[name] === undefined ? undefined : check?.(String(values[name]), values, context);
		if (reason !== undefined) found(`${where}'${property.displayName}': ${reason}`);
	}
}
