import Holidays from 'date-holidays';
import fc from 'fast-check';
import { bankDayFrom, closingReason, executionDay } from '../../../nodes/shared/swedish/bankDay';

/** Weekdays without settlement, as Bankgirot and the Riksbank publish them. */
const CLOSED: Record<string, string[]> = {
	2024: ['01-01', '03-29', '04-01', '05-01', '05-09', '06-06', '06-21', '12-24', '12-25', '12-26', '12-31'],
	2025: ['01-01', '01-06', '04-18', '04-21', '05-01', '05-29', '06-06', '06-20', '12-24', '12-25', '12-26', '12-31'],
	2026: ['01-01', '01-06', '04-03', '04-06', '05-01', '05-14', '06-19', '12-24', '12-25', '12-31'],
	2027: ['01-01', '01-06', '03-26', '03-29', '05-06', '06-25', '12-24', '12-31'],
};

const daysOf = (year: number) =>
	Array.from({ length: 366 }, (_, index) => new Date(Date.UTC(year, 0, 1 + index)).toISOString().slice(0, 10)).filter((day) =>
		day.startsWith(String(year)),
	);

test.each(Object.entries(CLOSED))('the weekdays of %s on which banks are closed', (year, days) => {
	const found = daysOf(Number(year)).filter((day) => {
		const weekday = new Date(day).getUTCDay();
		return weekday !== 0 && weekday !== 6 && closingReason(day) !== undefined;
	});
	expect(found).toEqual(days.map((day) => `${year}-${day}`));
});

test('Easter falls where the almanac has it', () => {
	// Earliest and latest of the rule, and years that simple rules get wrong.
	for (const [friday, monday] of [
		['2008-03-21', '2008-03-24'],
		['2038-04-23', '2038-04-26'],
		['2049-04-16', '2049-04-19'],
		['2076-04-17', '2076-04-20'],
	]) {
		expect(closingReason(friday)).toBe('Good Friday');
		expect(closingReason(monday)).toBe('Easter Monday');
	}
});

test('the next bank day is one, is not before the day, and skips nothing', () => {
	fc.assert(
		fc.property(fc.integer({ min: 0, max: 36_500 }), (offset) => {
			const day = new Date(Date.UTC(2000, 0, 1 + offset)).toISOString().slice(0, 10);
			const next = bankDayFrom(day);
			expect(closingReason(next)).toBeUndefined();
			expect(next >= day).toBe(true);
			expect((Date.parse(next) - Date.parse(day)) / 86_400_000).toBeLessThanOrEqual(5);
			for (let time = Date.parse(day); time < Date.parse(next); time += 86_400_000)
				expect(closingReason(new Date(time).toISOString().slice(0, 10))).toBeDefined();
		}),
	);
});

test('a reason names the day and the next bank day', () => {
	expect(executionDay('2026-12-24', '2026-11-25')).toMatchObject({
		message: '2026-12-24 is Christmas Eve, and Swedish banks are closed',
		description: "Change it to 2026-12-28, or set 'If Not a Bank Day' to 'Take the Next Bank Day'.",
	});
	expect(executionDay('2026-11-24', '2026-11-25')).toMatchObject({
		message: '2026-11-24 is in the past',
		description: 'Choose today or a later bank day.',
	});
	expect(executionDay('2026-11-28', '2026-11-25')).toMatchObject({
		message: '2026-11-28 is a Saturday, and Swedish banks are closed',
		description: expect.stringContaining('Change it to 2026-11-30, ') as string,
	});
	expect(executionDay('2026-11-25', '2026-11-25')).toBeUndefined();
});

describe('an independent calendar agrees', () => {
	const days = [2026, 2027, 2028, 2029, 2030].flatMap(daysOf);
	const weekdayOf = (day: string) => new Date(day).getUTCDay();
	const closedBy = (country: string, types: readonly string[]) => {
		const calendar = new Holidays(country);
		return new Set(
			[2026, 2027, 2028, 2029, 2030].flatMap((year) =>
				calendar
					.getHolidays(year)
					.filter(({ type }) => types.includes(type))
					.map(({ date }) => date.slice(0, 10)),
			),
		);
	};

	test('on every Swedish bank day of 2026 to 2030', () => {
		const holidays = closedBy('SE', ['public', 'bank']);
		for (const day of days) {
			const isClosed = holidays.has(day) || weekdayOf(day) === 0 || weekdayOf(day) === 6;
			expect([day, closingReason(day) !== undefined]).toEqual([day, isClosed]);
		}
	});

	/** TARGET closes on six days (ECB): four have a date, two follow Easter. Germany keeps Good Friday and Easter Monday. */
	test('that TARGET never closes on a day that is open here', () => {
		const german = closedBy('DE', ['public']);
		const fixed = ['01-01', '05-01', '12-25', '12-26'];
		const isEaster = (day: string) =>
			german.has(day) && day.slice(5) < '05-01' && day.slice(5) > '03-01' && [1, 5].includes(weekdayOf(day));
		const closed = days.filter((day) => fixed.includes(day.slice(5)) || isEaster(day));
		expect(closed).toHaveLength(5 * 6);
		for (const day of closed) expect([day, closingReason(day)]).toEqual([day, expect.any(String)]);
	});
});
