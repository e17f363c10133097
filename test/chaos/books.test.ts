import { toldOf, untruth, type Told, type Write } from '../../tools/chaos/books';
import type { LaneResult } from '../../tools/chaos/lane';
import { reportOf } from '../../tools/chaos/report';

const unknown: Told = { outcome: 'unknown', text: "It is not known whether Fondo executed 'a'. Look in Fondo for the reference." };
const rejected: Told = { outcome: 'rejected', text: 'Fondo did not accept the values. Nothing was sent.' };
const created: Told = { outcome: 'created', attempts: 1 };

describe('what an execution tells of its items', () => {
	test('is in the order of the items, also where one output stands for several', () => {
		const shown = {
			results: [
				{ items: [0, 2], receipt: { outcome: 'created', attempts: 1 } },
				{ items: [1], error: { message: 'No' } },
			],
		};
		expect(toldOf(shown, 3)).toEqual([created, { outcome: 'rejected', text: 'No. ' }, created]);
	});

	test('is nothing for the items that a stopped one does not show, and nothing at all for a crashed one', () => {
		const stopped = { message: 'It is not known', description: 'Look', outcome: 'unknown', item: 1 };
		expect(toldOf({ results: [], stopped }, 3).map(({ outcome }) => outcome)).toEqual(['stopped', 'unknown', 'stopped']);
		expect(toldOf('crashed', 2)).toEqual([{ outcome: 'crashed' }, { outcome: 'crashed' }]);
	});
});

test.each<[string, Told, number, Told[], string | undefined]>([
	['created, and there', created, 1, [], undefined],
	['created, and not there', created, 0, [], 'not executed'],
	['created, and there twice', created, 2, [], 'executed 2 times'],
	['unknown, and there', unknown, 1, [], undefined],
	['unknown, and not there', unknown, 0, [], undefined],
	[
		'unknown without a way to find out',
		{ ...unknown, text: 'It is not known whether it was done.' },
		0,
		[],
		'does not say how to find out',
	],
	['unknown that claims a failure', { ...unknown, text: 'It failed. Look in Fondo.' }, 0, [], 'does not say that it is not known'],
	['rejected, and not there', rejected, 0, [], undefined],
	['rejected, and there', rejected, 1, [rejected], 'executed'],
	['rejected after it was told that it is not known', rejected, 1, [unknown, rejected], undefined],
	['an item without receipt and error', { outcome: 'nothing' }, 1, [], 'no outcome'],
])('told as %s', (_, told, executed, others, wrong) => expect(untruth(told, executed, others)).toBe(wrong));

describe('the verdict', () => {
	const lane = (told: Told[], times: number, changed: Partial<LaneResult> = {}): LaneResult => {
		const write: Write = { operation: 'order create', reference: 'a', told, executions: told.length };
		return {
			writes: [write],
			executed: new Map([[write, times]]),
			untruths: [],
			struck: new Map(),
			calls: 1,
			executions: 1,
			crashes: 0,
			restarts: 0,
			payments: { once: 0, others: [] },
			...changed,
		};
	};
	const verdict = (one: LaneResult) => reportOf([one], 1).isTrue;

	test('is green for a write that is there once', () => expect(verdict(lane([created], 1))).toBe(true));
	test.each([
		['a double', lane([created], 2)],
		['a loss', lane([rejected], 0)],
		['an order that is still unknown after an undisturbed run', lane([unknown], 1)],
		['an untruth', lane([created], 1, { untruths: ['x'] })],
		['a payment that left the account twice, or never', lane([created], 1, { payments: { once: 0, others: ['a'] } })],
	])('is red for %s', (_, one) => expect(verdict(one)).toBe(false));
});
