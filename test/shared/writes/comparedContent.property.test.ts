/** What is paid under one reference: the same payments in another writing or order are found, and others are refused. */
import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';
import { holds } from '../../support/holds';
import { dayAfter, PLAIN, saidBy, UNCHECKED, USED, usePairBench } from '../../support/pairBench';
import * as pairs from '../../support/pairs';
import type { Pair } from '../../support/pairs';

const on = usePairBench();
const { otherSpaces, otherHyphens, invisible, decomposed, spacesAround, fullWidth } = pairs;
const numbers = [pairs.otherDigit, pairs.swappedDigits, pairs.leadingZero, pairs.footnote];

describe('what is paid under one reference', () => {
	const field = (name: string, values: fc.Arbitrary<Pair<unknown>>, more: IDataObject = {}) =>
		[name, values.map(({ one, other, isSame }) => ({ one: { ...more, [name]: one }, other: { ...more, [name]: other }, isSame }))] as const;
	const grouped = [pairs.inGroups, pairs.unseparated, invisible, otherHyphens, fullWidth];
	const fields = [
		field('amount', pairs.amounts(250_000) as fc.Arbitrary<Pair<unknown>>),
		field(
			'creditorName',
			pairs.pairsOf(pairs.payee, [otherSpaces, decomposed, spacesAround, pairs.upperCase, pairs.lowerCase], [pairs.otherScript]),
		),
		field('message', pairs.pairsOf(pairs.ocr, [pairs.inGroups, invisible, fullWidth], numbers)),
		...Object.entries(pairs.accounts).map(([creditorAccountType, account]) =>
			field('creditorAccount', pairs.pairsOf(account, [...grouped, pairs.lowerCase], numbers), { creditorAccountType }),
		),
	];
	test.each(fields)('%s', async (_, values) => {
		await holds(20, values, fc.boolean(), async ({ one, other, isSame }, isLater) => {
			const nth = on.next();
			const reference = `FIELD-${nth}`;
			await on.twice(on.paying(reference, [{ ...PLAIN, ...one }]), on.paying(reference, [{ ...PLAIN, ...other }]), isSame, isLater);
		});
	});

	test('amounts as Swedes write them', async () => {
		const swedish = fc.tuple(fc.integer({ min: 1_000, max: 2_000 }), fc.boolean(), fc.nat(4));
		await holds(20, swedish, async ([kronor, isSame, at]) => {
			const nth = on.next();
			const reference = `KRONOR-${nth}`;
			const grouped = otherSpaces(`${String(isSame ? kronor : kronor * 100).replace(/(?=\d{3}$)/, ' ')},00`, at);
			const second = on.paying(reference, [{ ...PLAIN, amount: grouped }], { options: { ...UNCHECKED, amountFormat: 'swedish' } });
			await on.twice(on.paying(reference, [{ ...PLAIN, amount: String(kronor) }]), second, isSame, false);
		});
	});

	test('the execution day', async () => {
		const next = (text: string) => new Date(Date.parse(text) + 86_400_000).toISOString().slice(0, 10);
		const writings = [
			(text: string) => text.replace(/-/g, ''),
			(text: string) => `${text}T00:00:00.000Z`,
			(text: string) => `${text}T08:30:00`,
			(text: string) => ` ${text}`,
		];
		const days = fc.tuple(fc.integer({ min: 2, max: 28 }), fc.boolean(), fc.nat(3)).map(([after, isSame, how]) => {
			const one = dayAfter(after);
			return { one, other: writings[how](isSame ? one : next(one)), isSame };
		});
		await holds(20, days, fc.boolean(), async ({ one, other, isSame }, isLater) => {
			const nth = on.next();
			const onDay = (executionDate: string) => on.paying(`DAY-${nth}`, [PLAIN], { executionDate, bankDay: 'keep' });
			await on.twice(onDay(one), onDay(other), isSame, isLater);
		});
	});

	const rows = fc.uniqueArray(fc.integer({ min: 200, max: 5_000 }), { minLength: 2, maxLength: 6 });
	const turned = fc.tuple(rows, fc.boolean(), fc.nat(5));
	const shuffled = (all: readonly number[], at: number) => [...all.slice(at % all.length), ...all.slice(0, at % all.length)].reverse();
	/** Two amounts change places; the total and every single amount stay. */
	const exchanged = ([first, second, ...rest]: readonly number[]) => [second, first, ...rest];

	test('payments of a batch, in any order', async () => {
		await holds(20, turned, fc.boolean(), async ([all, isSame, at], isLater) => {
			const nth = on.next();
			const row = (amount: number, payee: number) => ({ ...PLAIN, amount: String(amount / 100), creditorName: `Payee ${payee}` });
			const first = all.map((amount, index) => row(amount, index));
			const second = isSame ? shuffled(all, at).map((amount) => row(amount, all.indexOf(amount))) : exchanged(all).map(row);
			await on.twice(on.paying(`SET-${nth}`, first), on.paying(`SET-${nth}`, second), isSame, isLater);
			on.expected += all.length - 1;
		});
	});

	test('payments of an instruction, in any order', async () => {
		await holds(20, turned, async ([all, isSame, at]) => {
			const nth = on.next();
			const row = (amount: number, index: number) => ({ account: on.seed.accounts[index % 2], amount });
			const first = on.instruction(`DRAW-${nth}`, all.map(row));
			const second = on.instruction(
				`DRAW-${nth}`,
				isSame ? shuffled(all, at).map((amount) => row(amount, all.indexOf(amount))) : exchanged(all).map(row),
			);
			await on.twice(first, second, isSame, false);
			// Some days later the deposits are in the list, and another process knows them from there alone.
			on.advance();
			const shown = await on.later.fondo().run({ ...second, id: 'another-node' });
			expect(saidBy(shown)).toEqual([isSame ? 'found' : expect.stringMatching(USED)]);
			on.expected += all.length - 1;
		});
	});
});
