import { UserError } from '../core/userError';

const DAY_MS = 86_400_000;

/** Days without bank settlement in Sweden by month and day: public holidays, and the eves that banks treat as such. */
const FIXED: Readonly<Record<string, string>> = {
	'01-01': "New Year's Day",
	'01-06': 'Epiphany',
	'05-01': 'May Day',
	'06-06': 'the National Day',
	'12-24': 'Christmas Eve',
	'12-25': 'Christmas Day',
	'12-26': 'Boxing Day',
	'12-31': "New Year's Eve",
};
/** Movable days without settlement, by days after Easter Sunday. */
const BY_EASTER: Readonly<Record<number, string>> = { [-2]: 'Good Friday', 1: 'Easter Monday', 39: 'Ascension Day' };

const timeOf = (day: string) => Date.parse(`${day}T00:00:00Z`);
const dayOf = (time: number) => new Date(time).toISOString().slice(0, 10);

/** Easter Sunday in milliseconds since 1970, by the Meeus/Jones/Butcher algorithm for the Gregorian calendar. */
function easter(year: number): number {
	const [a, b, c] = [year % 19, Math.floor(year / 100), year % 100];
	const g = Math.floor((8 * b + 13) / 25);
	const h = (19 * a + b - Math.floor(b / 4) - g + 15) % 30;
	const l = (32 + 2 * (b % 4) + 2 * Math.floor(c / 4) - h - (c % 4)) % 7;
	const m = Math.floor((a + 11 * h + 19 * l) / 433);
	const month = Math.floor((h + l - 7 * m + 90) / 25);
	return Date.UTC(year, month - 1, (h + l - 7 * m + 33 * month + 19) % 32);
}

/** Why Swedish banks do not settle on a day `YYYY-MM-DD`, e.g. `a Saturday`; undefined for a bank day. */
export function closingReason(day: string): string | undefined {
	const time = timeOf(day);
	const date = new Date(time);
	const fixed = FIXED[day.slice(5)] ?? BY_EASTER[(time - easter(date.getUTCFullYear())) / DAY_MS];
	if (fixed !== undefined) return fixed;
	const weekday = date.getUTCDay();
	if (weekday === 5 && day.slice(5) >= '06-19' && day.slice(5) <= '06-25') return 'Midsummer Eve';
	if (weekday === 6) return 'a Saturday';
	return weekday === 0 ? 'a Sunday' : undefined;
}

/** The first bank day on or after a day; both `YYYY-MM-DD`. */
export const bankDayFrom = (day: string): string => (closingReason(day) === undefined ? day : bankDayFrom(dayOf(timeOf(day) + DAY_MS)));

/** Why a Swedish bank cannot execute on `day`, seen from `today` (both `YYYY-MM-DD`), and what to do; undefined when it can. */
export function executionDay(day: string, today: string): UserError | undefined {
	if (day < today) return new UserError(`${day} is in the past`, 'Choose today or a later bank day.');
	const closed = closingReason(day);
	if (closed === undefined) return undefined;
	return new UserError(
		`${day} is ${closed}, and Swedish banks are closed`,
		`Change it to ${bankDayFrom(day)}, or set 'If Not a Bank Day' to 'Take the Next Bank Day'.`,
	);
}
