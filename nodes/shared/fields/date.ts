import { tryToParseDateTime } from 'n8n-workflow';
import { clock } from '../core/clock';
import { UserError } from '../core/userError';
import type { Field, ReadContext } from './field';
import type { Look } from './text';

/** Year first, with or without hyphens: 06/03/2026 is another day in another country, and a number of a spreadsheet is none. */
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

const date = ({ label, description, example }: Look): Omit<Field<string>, 'read'> => ({
	property: { displayName: label, type: 'dateTime', default: '', required: true, placeholder: `e.g. ${example}`, description },
	example,
});

/** The day that it is in a time zone. */
export const today = (timezone: string) => new Intl.DateTimeFormat('en-CA', { timeZone: timezone }).format(clock.now());

/** A day as `YYYY-MM-DD`, as it is written or as it is in the workflow's time zone. */
export const day = (look: Look): Field<string> => ({
	...date(look),
	property: { ...date(look).property, typeOptions: { dateOnly: true } },
	read: (value, context) => {
		const parsed = parse(value, context);
		return parsed instanceof UserError ? parsed : (parsed.toISODate() ?? '');
	},
});

/** A point in time as ISO-8601 UTC with milliseconds; without a zone it is meant in the workflow's. */
export const dateTime = (look: Look): Field<string> => ({
	...date(look),
	read: (value, context) => {
		const parsed = parse(value, context);
		return parsed instanceof UserError ? parsed : new Date(parsed.toMillis()).toISOString();
	},
});
