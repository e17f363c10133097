import { UserError } from '../core/userError';
import type { Field, Fields, ReadContext, Values, ValuesOf } from './field';

/** The chosen ID of a resource locator; any other raw value unchanged. */
export const unwrapLocator = (raw: unknown): unknown =>
	typeof raw === 'object' && raw !== null && '__rl' in raw && 'value' in raw ? raw.value : raw;

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
 * Reads a set of fields; `rawOf` returns the raw value of a name. Throws a UserError that names the field by its label, after `where`.
 * Skips fields that the panel does not show. Checks run last, because they see the other values.
 */
export function readFields<F extends Fields>(fields: F, rawOf: (name: string) => unknown, context: ReadContext, where = ''): ValuesOf<F> {
	const values: Record<string, unknown> = {};
	for (const [name, field] of Object.entries(fields)) {
		const isVisible = Object.entries(field.visibleWhen ?? {}).every(([other, allowed]) => allowed.some((value) => value === values[other]));
		if (isVisible) values[name] = readField(field, unwrapLocator(rawOf(name)), context, `${where}'${field.property.displayName}'`);
	}
	if (context.onFinding) runChecks(fields, values, context, context.onFinding, where);
	return values as ValuesOf<F>;
}

function runChecks(
	fields: Fields,
	values: Values,
	context: ReadContext,
	onFinding: NonNullable<ReadContext['onFinding']>,
	where: string,
): void {
	for (const [name, { check, warning, property }] of Object.entries(fields)) {
		if (values[name] === undefined) continue;
		const reason = check?.(String(values[name]), values, context);
		const doubt = reason ?? warning?.(String(values[name]), values, context);
		if (doubt !== undefined) onFinding(`${where}'${property.displayName}': ${doubt}`, reason === undefined ? 'warning' : 'check');
	}
}
