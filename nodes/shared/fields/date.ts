import { tryToParseDateTime } from 'n8n-workflow';
import { clock } from '../core/clock';
import { UserError } from '../core/userError';
import type { Field, ReadContext } from './field';
import type { FieldOptions } from './text';

/** Year first, with or without hyphens. Other orders are ambiguous (06/03/2026), and a spreadsheet's day number is not a date. */
const ISO = /^(19|20|21)\d\d(-?\d\d-?\d\d|-?W\d\d-?\d)([T ].*)?$/;

function parse(value: unknown, { timezone }: ReadContext) {
	const refusal = new UserError(`'${String(value)}' is not an ISO date`, 'Give a date such as 2026-03-06 or 2026-03-06T09:00:00+01:00.');
	if (typeof value !== 'object' && !ISO.test(String(value).trim())) return refusal;
	try {
		return tryToParseDateTime(value, timezone);
	} catch {
		return refusal;
	}
}

const date = ({ label, description, example }: FieldOptions): Omit<Field<string>, 'read'> => ({
	property: { displayName: label, type: 'dateTime', default: '', required: true, placeholder: `e.g. ${example}`, description },
	example,
});

/** Today's date in a time zone, as `YYYY-MM-DD`. */
export const today = (timezone: string) => new Intl.DateTimeFormat('en-CA', { timeZone: timezone }).format(clock.now());

/** A day as `YYYY-MM-DD`: as written, or in the workflow's time zone for a point in time. */
export const day = (options: FieldOptions): Field<string> => ({
	...date(options),
	property: { ...date(options).property, typeOptions: { dateOnly: true } },
	read: (value, context) => {
		const parsed = parse(value, context);
		return parsed instanceof UserError ? parsed : (parsed.toISODate() ?? '');
	},
});

/** A point in time as ISO-8601 UTC with milliseconds. Without a zone, the workflow's time zone applies. */
export const dateTime = (options: FieldOptions): Field<string> => ({
	...date(options),
	read: (value, context) => {
		const parsed = parse(value, context);
		return parsed instanceof UserError ? parsed : new Date(parsed.toMillis()).toISOString();
	},
});
