import { isTooDeep } from '../core/isObject';
import { foldLookAlikes } from '../core/lookAlikes';
import { UserError } from '../core/userError';
import { mask, sentNumbersIn } from '../swedish/masking';
import type { Field, Fields, ReadContext, ReadFinding, Values, ValuesOf } from './field';

/** The chosen ID of a resource locator; any other raw value unchanged. */
export const unwrapLocator = (raw: unknown): unknown =>
	typeof raw === 'object' && raw !== null && '__rl' in raw && 'value' in raw ? raw.value : raw;

/** How the value of a locator's mode becomes the one that the field reads; undefined for a mode without such a rule. */
const modeOf = ({ modes }: Field<unknown>, raw: unknown) =>
	typeof raw === 'object' && raw !== null && '__rl' in raw && 'mode' in raw ? modes?.[String(raw.mode)] : undefined;

/** A row of a table or of the incoming items: the word for it, and its number from 1. */
export interface RowPlace {
	readonly name: string;
	readonly number: number;
}

const isEmpty = (value: unknown) => value === undefined || value === null || (typeof value === 'string' && value.trim() === '');

const ADVICE =
	"Compare it with its source and correct it, or choose Warn for 'Swedish Checks' in the options when you are sure that it is right.";
const WARNING_ADVICE = 'Shorten or change it. If you leave it, it is sent, and a bank may cut or refuse it.';
const EMPTY = new UserError('is empty', 'Fill it in. When it is an expression, look at what it gives for this item.');
const EMPTY_IN_ROW = new UserError(EMPTY.message, 'Fill it in, or take the row out.');

/** The end of a personal number or a coordination number, also behind a clearing number: some banks make account numbers so. */
const MAYBE_PERSONAL = /\d\d(?:0[1-9]|1[0-2])(?:[06][1-9]|[1278]\d|[39][01])\d{4}$/;

/** Characters of a value that a finding quotes. */
const MOST_SEEN = 100;

/** A rule does not repeat an account number. Its last digits show whether this is the row that the reader looks at. */
function lastDigitsOf(account: string): string {
	const digits = foldLookAlikes(account).replace(/[ -]/g, '');
	return /^(?:[A-Z]{2})?\d{8,}$/i.test(digits) && !MAYBE_PERSONAL.test(digits) ? ` [account …${digits.slice(-4)}]` : '';
}

function seenIn(raw: unknown, { quotedAs }: Field<unknown>): string | undefined {
	if (isEmpty(raw) || isTooDeep(raw)) return undefined;
	const text = (typeof raw === 'object' ? JSON.stringify(raw) : String(raw)).slice(0, MOST_SEEN);
	if (quotedAs === 'whole') return text;
	return quotedAs === 'account' ? mask(text, sentNumbersIn({ value: text })) : mask(text);
}

/**
 * Reads a set of fields; `rawOf` returns the raw value of a name. Every finding goes to `onFinding` of the context, and a value that
 * cannot be read is left out. Without `onFinding` it throws the first as a UserError that names the field by its label.
 * Skips fields that the panel does not show. Checks run last, because they see the other values.
 */
export function readFields<F extends Fields>(
	fields: F,
	rawOf: (name: string) => unknown,
	context: ReadContext,
	row?: RowPlace,
): ValuesOf<F> {
	const values: Record<string, unknown> = {};
	const raws: Record<string, unknown> = {};
	const report = (name: string, { message: rule, description: advice }: UserError, from: ReadFinding['from']) => {
		const field = fields[name].property.displayName;
		const place = row === undefined ? '' : `${row.name} ${row.number}: `;
		const seen = seenIn(raws[name], fields[name]);
		const which = from === 'check' && fields[name].quotedAs === 'account' ? lastDigitsOf(String(raws[name])) : '';
		const message = `${place}'${field}'${which}${rule === EMPTY.message ? '' : ':'} ${rule}`;
		if (context.onFinding === undefined) throw new UserError(message, advice);
		context.onFinding({ row: row?.number, field, seen, rule, advice, message, from });
	};
	for (const [name, field] of Object.entries(fields)) {
		const isVisible = Object.entries(field.visibleWhen ?? {}).every(([other, allowed]) => allowed.some((value) => value === values[other]));
		if (!isVisible) continue;
		const raw = rawOf(name);
		raws[name] = unwrapLocator(raw);
		const value = isEmpty(raws[name]) ? emptyOf(field, row) : valueOf(field, raws[name], context, modeOf(field, raw));
		if (value instanceof UserError) report(name, value, 'reading');
		else values[name] = value;
	}
	if (context.onFinding !== undefined) runChecks(fields, values, context, report);
	return values as ValuesOf<F>;
}

function emptyOf({ property }: Field<unknown>, row: RowPlace | undefined): UserError | undefined {
	if (!property.required) return undefined;
	return row === undefined ? EMPTY : EMPTY_IN_ROW;
}

function valueOf<T>(
	field: Field<T>,
	raw: unknown,
	context: ReadContext,
	mode: (value: unknown) => unknown = (value) => value,
): T | UserError {
	const given = mode(raw);
	return given instanceof UserError ? given : field.read(given, context);
}

function runChecks(
	fields: Fields,
	values: Values,
	context: ReadContext,
	report: (name: string, reason: UserError, from: ReadFinding['from']) => void,
): void {
	for (const [name, { check, warning }] of Object.entries(fields)) {
		if (values[name] === undefined) continue;
		const reason = check?.(String(values[name]), values, context);
		const doubt = reason ?? warning?.(String(values[name]), values, context);
		if (doubt === undefined) continue;
		const error = doubt instanceof UserError ? doubt : new UserError(doubt, reason === undefined ? WARNING_ADVICE : ADVICE);
		report(name, error, reason === undefined ? 'warning' : 'check');
	}
}
