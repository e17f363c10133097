import { chaosReport } from '../../tools/chaos/report';
import { itemReports, violation, type ItemReport, type Write } from '../../tools/chaos/violation';
import type { WorkerResult } from '../../tools/chaos/worker';

const unknown: ItemReport = {
	outcome: 'unknown',
	text: "It is not known whether Fondo executed 'a'. Look for it in Fondo.",
};
const rejected: ItemReport = { outcome: 'rejected', text: 'Fondo did not accept the values. Nothing was sent.' };
const created: ItemReport = { outcome: 'created', attempts: 1 };

describe('what an execution reports of its items', () => {
	test('is in the order of the items, also where one output belongs to several', () => {
		const shown = {
			results: [
				{ items: [0, 2], receipt: { outcome: 'created', attempts: 1 } },
				{ items: [1], error: { message: 'No' } },
			],
		};
		expect(itemReports(shown, 3)).toEqual([created, { outcome: 'rejected', text: 'No. ' }, created]);
	});

	test('is "stopped" for the items that a stopped execution does not show, and "crashed" for all items of a crashed one', () => {
		const stopped = { message: 'It is not known', description: 'Look', outcome: 'unknown', item: 1 };
		expect(itemReports({ results: [], stopped }, 3).map(({ outcome }) => outcome)).toEqual(['stopped', 'unknown', 'stopped']);
		expect(itemReports('crashed', 2)).toEqual([{ outcome: 'crashed' }, { outcome: 'crashed' }]);
	});
});

test.each<[string, ItemReport, number, ItemReport[], string | undefined]>([
	['created, and executed', created, 1, [], undefined],
	['created, and not executed', created, 0, [], 'not executed'],
	['created, and executed twice', created, 2, [], 'executed 2 times'],
	['unknown, and executed', unknown, 1, [], undefined],
	['unknown, and not executed', unknown, 0, [], undefined],
	[
		'unknown without a way to find out',
		{ ...unknown, text: 'It is not known whether it was done.' },
		0,
		[],
		'does not say how to find out',
	],
	['unknown that claims a failure', { ...unknown, text: 'It failed. Look for it in Fondo.' }, 0, [], 'does not say that it is not known'],
	['rejected, and not executed', rejected, 0, [], undefined],
	['rejected, and executed', rejected, 1, [rejected], 'executed'],
	['rejected after a report that the result is unknown', rejected, 1, [unknown, rejected], undefined],
	['an item without receipt and error', { outcome: 'nothing' }, 1, [], 'no outcome'],
])('reported as %s', (_, report, executed, others, found) => expect(violation(report, executed, others)).toBe(found));

describe('the verdict', () => {
	const result = (reports: ItemReport[], times: number, changed: Partial<WorkerResult> = {}): WorkerResult => {
		const write: Write = { operation: 'order.create', reference: 'a', reports, executions: reports.length };
		return {
			writes: [write],
			executed: new Map([[write, times]]),
			violations: [],
			hits: new Map(),
			calls: 1,
			executions: 1,
			crashes: 0,
			restarts: 0,
			payments: { once: 0, otherwise: [] },
			...changed,
		};
	};
	const passes = (one: WorkerResult) => chaosReport([one], 1).passed;

	test('is good for a write that was executed once', () => expect(passes(result([created], 1))).toBe(true));
	test.each([
		['a double', result([created], 2)],
		['a loss', result([rejected], 0)],
		['an order that is still unknown after a run without faults', result([unknown], 1)],
		['a violation', result([created], 1, { violations: ['x'] })],
		['a payment that left the account twice, or never', result([created], 1, { payments: { once: 0, otherwise: ['a'] } })],
	])('is bad for %s', (_, one) => expect(passes(one)).toBe(false));
});
