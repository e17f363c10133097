/** The comparisons of comparisons.property.test.ts by themselves, on values as users, spreadsheets and vendors write them. */
import fc from 'fast-check';
import { markIn, markOf, withoutMarks } from '../../../nodes/Finvis/batchName';
import { checkDay, checkPeople } from '../../../nodes/Finvis/controls/checks';
import { compare } from '../../../nodes/shared/core/decimal';
import { foldId, foldLookAlikes } from '../../../nodes/shared/core/lookAlikes';
import { decimal } from '../../../nodes/shared/fields/amount';
import { UserError } from '../../../nodes/shared/core/userError';
import { isSameValue } from '../../../nodes/shared/writes/canonical';
import { anyText } from '../../support/anyText';
import { holds } from '../../support/holds';
import * as pairs from '../../support/pairs';
import type { Pair } from '../../support/pairs';

const TRIES = 2_000;
const numbers = [pairs.otherDigit, pairs.swappedDigits, pairs.leadingZero, pairs.footnote];
const looks = [
	pairs.otherSpaces,
	pairs.otherHyphens,
	pairs.invisible,
	pairs.decomposed,
	pairs.spacesAround,
	pairs.fullWidth,
	pairs.splitMarks,
];
const cases = [pairs.upperCase, pairs.lowerCase];

/** An amount as Finvis or Fondo may show it. */
const valueOf = (amount: string | number) => Number(String(amount).normalize('NFKC'));
const shownAmounts = pairs
	.amounts(9_999_999)
	.chain(({ one, other, isSame }) =>
		fc
			.constantFrom(valueOf(other).toExponential(), valueOf(other).toFixed(7), valueOf(other))
			.map((shown) => ({ one, other: shown, isSame })),
	);

const isoDay = fc
	.integer({ min: 0, max: 3_000 })
	.map((days) => new Date(Date.UTC(2026, 0, 1) + days * 86_400_000).toISOString().slice(0, 10));
const dayAfter = (day: string, days: number) => new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10);
/** Midnight of a day in Sweden, in UTC. */
const swedishMidnight = (day: string) => {
	const isSummer = new Intl.DateTimeFormat('en', { timeZone: 'Europe/Stockholm', timeZoneName: 'longOffset' })
		.format(Date.parse(day))
		.endsWith('+02:00');
	return `${dayAfter(day, -1)}T${isSummer ? 22 : 23}:00:00Z`;
};
const WRITTEN_DAYS = [
	(day: string) => day,
	(day: string) => `${day}T00:00:00`,
	(day: string) => `${day}T00:00:00+01:00`,
	(day: string) => `${day} 00:00:00Z`,
	(day: string) => `${day}T12:00:00.000Z`,
	swedishMidnight,
];
const days: fc.Arbitrary<Pair> = fc
	.tuple(isoDay, fc.boolean(), fc.constantFrom(-1, 1, 7, 365), fc.constantFrom(...WRITTEN_DAYS))
	.map(([one, isSame, away, write]) => ({ one, other: write(isSame ? one : dayAfter(one, away)), isSame }));

/** Personal numbers of people between 0 and 99 years: with ten digits the century follows from the separator. */
const born = fc.tuple(
	fc.integer({ min: 1930, max: 2024 }),
	fc.integer({ min: 1, max: 12 }),
	fc.integer({ min: 1, max: 28 }),
	pairs.digits(4),
);
const people: fc.Arbitrary<Pair> = born
	.map(([year, month, day, last]) => `${year}${String(month * 100 + day).padStart(4, '0')}-${last}`)
	.chain((one) =>
		fc
			.constantFrom<[boolean, (text: string) => string]>(
				[true, (text) => text.replace('-', '')],
				[true, (text) => text.slice(2)],
				[true, (text) => text.slice(2).replace('-', '')],
				[true, (text) => text.replace('-', '\u2011')],
				[false, (text) => text.slice(2).replace('-', '+')],
				[false, (text) => `${Number(text.slice(0, 2)) === 19 ? 20 : 19}${text.slice(2)}`],
				[false, (text) => pairs.otherDigit(text, 11)],
			)
			.map(([isSame, change]) => ({ one, other: change(one), isSame })),
	);

const shown: ReadonlyArray<readonly [field: string, values: fc.Arbitrary<Pair<unknown>>]> = [
	['total_amount', shownAmounts],
	['amount', pairs.amounts(9_999_999)],
	['execution_date', days],
	['executorRef', people],
	['reference', pairs.pairsOf(pairs.ocr, [pairs.inGroups, pairs.invisible, pairs.fullWidth], numbers)],
	['creditor_name', pairs.pairsOf(pairs.payee, [...looks, ...cases], [pairs.otherScript])],
	['clientRef', pairs.pairsOf(pairs.invoice, [...looks, ...cases], [...numbers, pairs.otherScript, pairs.withoutHyphen])],
	['end_to_end_id', pairs.pairsOf(pairs.accounts.bankgiro, looks, [...numbers, pairs.withoutHyphen])],
	...Object.values(pairs.accounts).map(
		(account) => ['value', pairs.pairsOf(account, [...looks, ...cases, pairs.inGroups, pairs.unseparated], numbers)] as const,
	),
];

describe('what an API shows and what was sent', () => {
	test.each(shown)('%s', async (field, values) => {
		await holds(TRIES, values, ({ one, other, isSame }) => {
			expect([isSameValue(field, one, other), isSameValue(field, other, one)]).toEqual([isSame, isSame]);
		});
	});

	test('an ID', async () => {
		const ids = pairs.pairsOf(fc.uuid(), cases, [pairs.otherDigit, pairs.swappedDigits]);
		await holds(TRIES, ids, ({ one, other, isSame }) => expect(foldId(one) === foldId(other)).toBe(isSame));
		await holds(TRIES, pairs.pairsOf(fc.stringMatching(/^[a-z]\w{5,20}$/), [(id) => id], [pairs.upperCase]), ({ one, other, isSame }) =>
			expect(foldId(one) === foldId(other)).toBe(isSame),
		);
	});

	test('the mark in the name of a batch', async () => {
		const mark = fc.tuple(fc.string(), fc.string()).map(([reference, payments]) => markOf('key', reference, payments));
		await holds(TRIES, anyText(40), mark, mark, fc.nat(99), (words, own, foreign, at) => {
			const name = `${words} ${foreign}`;
			expect(withoutMarks(name)).not.toContain(foreign);
			for (const change of [pairs.upperCase, pairs.otherSpaces, pairs.spacesAround, (text: string) => `${text} (2)`])
				expect(markIn(change(`${name} ${own}`, at))).toBe(own);
		});
	});
});

describe('controls', () => {
	test('amounts', async () => {
		await holds(TRIES, pairs.amounts(9_999_999), ({ one, other, isSame }) => {
			const [first, second] = [one, other].map((value) => compare(foldLookAlikes(String(value)), foldLookAlikes(String(one))));
			expect([first, second === 0]).toEqual([0, isSame]);
		});
	});

	test('an amount with a footnote is no amount', async () => {
		const field = decimal({ label: 'Amount', description: 'An amount', example: '1' });
		await holds(TRIES, fc.integer({ min: 100, max: 999_999 }).map(String), fc.constantFrom(...'¹²³①½⁴₂'), (amount, note) => {
			expect(field.read(`${amount}${note}`, { timezone: 'Europe/Stockholm' })).toBeInstanceOf(UserError);
		});
	});

	test('the day of a limit', async () => {
		await holds(TRIES, days, ({ one, other, isSame }) => {
			const batch = (day: string) => ({ execution_date: day, currency: 'SEK', total_amount: '60.00' });
			const check = () => checkDay({ limitPerDay: '100' }, batch(one), [batch(other)]);
			if (isSame) expect(check).toThrow(`With this batch, ${one} comes to 120.00`);
			else expect(check).not.toThrow();
		});
	});

	test('people', async () => {
		await holds(TRIES, pairs.people, ({ one, other, isSame }) => {
			const check = () => checkPeople({ approvedBy: one }, [other]);
			if (isSame) expect(check).toThrow('may not approve it');
			else expect(check).not.toThrow();
		});
		await holds(
			TRIES,
			pairs.pairsOf(
				fc.constantFrom('Anna Ekonomi', 'CEO', 'anna@example.se', 'Bo Öberg'),
				[(text) => text],
				[pairs.otherScript, pairs.inOtherScript],
			),
			({ one, other }) => expect(() => checkPeople({ approvedBy: other }, [one])).toThrow(),
		);
	});
});
