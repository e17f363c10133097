import { tryToParseDateTime } from 'n8n-workflow';
import { clock } from '../core/clock';
import { UserError } from '../core/userError';
import type { Field, ReadContext } from './field';
import type { FieldOptions } from './text';

/** Year first, with or without hyphens. Other orders are ambiguous (06/03/2026), and a spreadsheet's day number is not a date. */
const CALENDAR_DAY = /^((?:19|20|21)\d\d)(-?)(\d\d)\2(\d\d)$/;
const WEEK_DAY = /^(?:19|20|21)\d\d(-?)W\d\d\1[1-7]$/;
const TIME = /^([01]\d|2[0-3])(?::?([0-5]\d)(?::?([0-5]\d)(?:[.,]\d{1,9})?)?)?$/;
const OFFSET = /(?:Z|[+-](?:0\d|1[0-4])(?::?[0-5]\d)?)$/i;

const DATE_ADVICE = 'Give a date such as 2026-03-06 or 2026-03-06T09:00:00+01:00.';
const refuse = (text: string, why: string) => new UserError(`'${text}' ${why}`, DATE_ADVICE);

const NO_DATE = 'is not written year-month-day';

/** Day 0 of spreadsheets, which count days: 46120 is 2026-04-08. */
const DAY_ZERO = Date.UTC(1899, 11, 30);
const DAY_MS = 86_400_000;

/** A spreadsheet's number of a day, or another text that is no date. */
function refuseNumber(text: string): UserError {
	if (!/^\d{5}(\.\d+)?$/.test(text)) return refuse(text, NO_DATE);
	const day = new Date(DAY_ZERO + Math.floor(Number(text)) * DAY_MS).toISOString().slice(0, 10);
	return new UserError(`'${text}' is how a spreadsheet stores ${day}`, `Format this cell as text, and type ${day} in it.`);
}

/** `03/04/2026` is a day in Sweden and another one in the United States. */
function refuseOrder(text: string): UserError {
	const [, first, second, year] = /^(\d\d?)[/.-](\d\d?)[/.-]((?:19|20|21)\d\d)$/.exec(text) ?? [];
	const written = [
		[second, first],
		[first, second],
	]
		.filter(([month]) => Number(month) <= 12)
		.map(([month, day]) => `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`);
	const days = year === undefined ? [] : [...new Set(written)].filter(exists);
	const [one, other] = days;
	if (one === undefined) return refuseNumber(text);
	return new UserError(`'${text}' ${other === undefined ? NO_DATE : `can be ${one} or ${other}`}`, `Write ${days.join(' or ')}.`);
}

/** The parts of an ISO date: `YYYY-MM-DD`, and where the text has them `HH:MM:SS` and the offset from UTC. */
interface IsoDate {
	readonly text: string;
	readonly day: string;
	readonly time?: string;
	readonly offset?: string;
}

/** A text, a Date or the DateTime of an expression as text; undefined for anything else. */
function textOf(value: unknown): string | undefined {
	if (typeof value === 'string') return value.trim();
	if (value instanceof Date) return Number.isNaN(value.getTime()) ? undefined : value.toISOString();
	const hasIso = typeof value === 'object' && value !== null && 'toISO' in value && typeof value.toISO === 'function';
	return hasIso ? String((value as { toISO: () => unknown }).toISO()) : undefined;
}

/** Milliseconds since 1970; undefined when n8n cannot read the text. */
function millisOf(text: string, timezone: string): number | undefined {
	try {
		return tryToParseDateTime(text, timezone).toMillis();
	} catch {
		return undefined;
	}
}

function calendarDay(text: string): string | undefined {
	const [, year, , month, day] = CALENDAR_DAY.exec(text) ?? [];
	if (year !== undefined) return `${year}-${month}-${day}`;
	const time = WEEK_DAY.test(text) ? millisOf(text, 'UTC') : undefined;
	return time === undefined ? undefined : dayIn('UTC', time);
}

const exists = (day: string) => {
	const time = Date.parse(`${day}T00:00:00Z`);
	return !Number.isNaN(time) && new Date(time).toISOString().startsWith(day);
};

/** Reads an ISO date. Returns a UserError for anything else, and for a day, a time or an offset that does not exist. */
function isoDate(value: unknown): IsoDate | UserError {
	const text = textOf(value);
	if (text === undefined)
		return typeof value === 'object' ? new UserError('is an object, not a date', DATE_ADVICE) : refuseNumber(String(value));
	const [, date, after] = /^(\S+?)(?:[T ] ?(\S.*))?$/i.exec(text) ?? [];
	const day = date === undefined ? undefined : calendarDay(date);
	if (day === undefined) return refuseOrder(text);
	if (!exists(day)) return refuse(text, 'is a day that does not exist');
	if (after === undefined) return { text, day };
	const offset = OFFSET.exec(after)?.[0];
	const [, hours, minutes = '00', seconds = '00'] = TIME.exec(after.slice(0, after.length - (offset ?? '').length).trim()) ?? [];
	if (hours === undefined) return refuse(text, 'has a time or an offset that does not exist');
	return { text, day, time: `${hours}:${minutes}:${seconds}`, offset };
}

/** Databases and spreadsheets write a day as midnight UTC, in every time zone. */
const isWholeDay = ({ time, offset }: IsoDate) => offset === undefined || (time === '00:00:00' && /^(?:Z|[+-]00(?::?00)?)$/i.test(offset));

/** Making a formatter takes as long as formatting a hundred dates, so one is kept for each time zone. */
const formatters = new Map<string, { readonly day: Intl.DateTimeFormat; readonly clock: Intl.DateTimeFormat }>();

function formattersOf(timeZone: string) {
	const kept = formatters.get(timeZone) ?? {
		day: new Intl.DateTimeFormat('en-CA', { timeZone }),
		clock: new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' }),
	};
	formatters.set(timeZone, kept);
	return kept;
}

/** The day of a moment in a time zone, as `YYYY-MM-DD`. */
const dayIn = (timezone: string, time: number) => formattersOf(timezone).day.format(time);

/** Today's date in a time zone, as `YYYY-MM-DD`. */
export const today = (timezone: string) => dayIn(timezone, clock.now());

function readDay(value: unknown, { timezone }: ReadContext): string | UserError {
	const date = isoDate(value);
	if (date instanceof UserError || isWholeDay(date)) return date instanceof UserError ? date : date.day;
	const time = millisOf(date.text, timezone);
	return time === undefined ? refuse(date.text, NO_DATE) : dayIn(timezone, time);
}

/** Offset of a time zone from UTC at a moment, in milliseconds. */
function offsetAt(timezone: string, time: number): number {
	const local = formattersOf(timezone).clock.format(time);
	return Date.parse(`${local.replace(' ', 'T')}Z`) - Math.floor(time / 1000) * 1000;
}

const HALF_A_DAY_MS = 14 * 3_600_000;

/** Why a local time is no single moment in a time zone; undefined when it is. When clocks change, an hour is missing or comes twice. */
function clockChange({ day, time }: IsoDate, timezone: string): string | undefined {
	const asUtc = Date.parse(`${day}T${time}Z`);
	const offsets = [...new Set([asUtc - HALF_A_DAY_MS, asUtc + HALF_A_DAY_MS].map((moment) => offsetAt(timezone, moment)))];
	const moments = offsets.filter((offset) => offsetAt(timezone, asUtc - offset) === offset).length;
	if (moments === 1) return undefined;
	return moments === 0 ? `does not exist in ${timezone}, because clocks go forward` : `comes twice in ${timezone}, because clocks go back`;
}

function readMoment(value: unknown, { timezone }: ReadContext): string | UserError {
	const date = isoDate(value);
	if (date instanceof UserError) return date;
	const change = date.time !== undefined && date.offset === undefined ? clockChange(date, timezone) : undefined;
	if (change !== undefined) return new UserError(`'${date.text}' ${change}`, 'Write it with its offset, e.g. 2026-10-25T02:30:00+02:00.');
	const time = millisOf(date.text, timezone);
	return time === undefined ? refuse(date.text, NO_DATE) : new Date(time).toISOString();
}

const dateField = ({ label, description, example }: FieldOptions): Omit<Field<string>, 'read'> => ({
	property: { displayName: label, type: 'dateTime', default: '', required: true, placeholder: `e.g. ${example}`, description },
	example,
	quotedAs: 'whole',
});

/** A day as `YYYY-MM-DD`: as written, or in the workflow's time zone for a point in time. Midnight UTC is the day as written. */
export const day = (options: FieldOptions): Field<string> => {
	const field = dateField(options);
	return { ...field, property: { ...field.property, typeOptions: { dateOnly: true } }, read: readDay };
};

/** A point in time as ISO-8601 UTC with milliseconds. Without an offset, the workflow's time zone applies. */
export const dateTime = (options: FieldOptions): Field<string> => ({ ...dateField(options), read: readMoment });
