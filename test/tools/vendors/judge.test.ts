/** The judge of `npm run vendors` must be able to fail. */
import { behaviourOf } from '../../../sandbox/vendors';
import { judgeError, judgeRows, type Shown, judgeWrite } from '../../../tools/vendors/judge';

const vendor = behaviourOf('fondo');
const ignored = new Set<string>();
const rows = [
	{ id: 'a-1', amount: 100.5, createdDate: '2026-03-06T10:00:00.000Z' },
	{ id: 'a-2', amount: 7, createdDate: '2026-03-07T10:00:00.000Z' },
];

test('the same rows work, in any order and in other writing', () => {
	const written = [
		{ id: 'A-2', amount: '7,00', createdDate: '2026-03-07T11:00:00+01:00' },
		{ id: 'A-1', amount: '1.005E+2', createdDate: '2026-03-06T11:00:00+01:00' },
	];
	expect(judgeRows(rows, written, { vendor, ignored })).toEqual({ verdict: 'works' });
	expect(judgeRows(rows, written.slice(1), { vendor, ignored, limit: 1 })).toEqual({ verdict: 'works' });
});

test.each<[string, object[], number | undefined, string]>([
	['a part for the whole', rows.slice(1), undefined, '1 rows instead of 2'],
	['a row twice', [rows[0], rows[0]], undefined, 'row a-1 is not expected, or comes twice'],
	['more rows than the limit', rows, 1, '2 rows instead of 1'],
	['another amount', [{ ...rows[0], amount: 10_050 }, rows[1]], undefined, 'row.amount is 10050 instead of 100.5'],
	['another day', [{ ...rows[0], createdDate: '2026-03-05' }, rows[1]], undefined, 'row.createdDate is'],
])('%s is a defect', (_, seen, limit, message) => {
	const judged = judgeRows(rows, seen as never, { vendor, ignored, limit });
	expect(judged).toEqual({ verdict: 'defect', message: expect.stringContaining(message) });
});

const created: Shown = { rows: [{ id: 'o-1', receipt: { outcome: 'created' } }], calls: 2 };
const failed = (message: string, description = 'Look in Fondo.', name = 'NodeApiError'): Shown => ({
	rows: [],
	calls: 2,
	error: { message, description, name },
});
const judge = (...runs: Array<[Shown, executed: number]>) =>
	judgeWrite({ runs: runs.map(([shown, executed]) => ({ ...shown, executed })), isRecorded: true, vendor });

test('a write that is executed once works, or is refused in words', () => {
	expect(judge([created, 1], [created, 0])).toEqual({ verdict: 'works' });
	expect(judge([failed('It is not known'), 1], [created, 0])).toEqual({ verdict: 'works' });
	expect(judge([created, 1], [failed('It was sent before'), 0])).toEqual({ verdict: 'refused', message: 'It was sent before' });
	expect(judge([failed('It cannot be checked'), 0], [failed('It cannot be checked'), 0]).verdict).toBe('refused');
});

test.each<[string, ReturnType<typeof judge>, string]>([
	['two executions', judge([created, 1], [created, 1]), 'executed 2 times'],
	['a success of nothing', judge([created, 0], [created, 0]), 'called created, and nothing was executed'],
	['a rejection of what was executed', judge([failed('Fondo did not accept the values'), 1]), 'executed, and called rejected'],
	['a crash', judge([failed('Cannot read properties of undefined'), 0]), 'in the words of a program'],
	['an error of JavaScript', judge([failed('No', 'No', 'TypeError'), 0]), 'TypeError'],
	['an error without advice', judge([failed('No', ''), 0]), 'without advice'],
	['an item without an outcome', judge([{ rows: [{ id: 'o-1' }], calls: 1 }, 1]), 'without an outcome'],
])('%s is a defect', (_, judged, message) => {
	expect(judged).toEqual({ verdict: 'defect', message: expect.stringContaining(message) });
});

test('a run of many calls is a loop', () => {
	expect(judgeError({ rows: [], calls: 401 })).toEqual({ verdict: 'defect', message: '401 calls for one run' });
});
