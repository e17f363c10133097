import type { Change } from '../../../nodes/Fondo/events/change';
import { changeOf } from '../../../nodes/Fondo/events/change';
import type { Effect, Happening, State } from '../../../nodes/Fondo/events/states';
import { start, step, waitMs } from '../../../nodes/Fondo/events/states';

const change = (id: string, second: number): Change => {
	const made = changeOf({ eventType: 'order.update', current: { id, modifiedDate: new Date(second * 1000).toISOString() } }, 0);
	if (made === undefined) throw new Error('not a change');
	return made;
};
const row = (id: string, second: number): Change => ({ ...change(id, second), source: 'catchUp' });
const error = new Error('gone');
const in_ = (phase: State['phase'], more: Partial<State> = {}): State => ({ ...start, phase, ...more });
const doing = (effects: Effect[]) => effects.map((effect) => effect.do);

const table: Array<[string, State, Happening, Partial<State>, Array<Effect['do']>]> = [
	['a token leads to a connection', in_('authorising'), { is: 'authorised' }, { phase: 'connecting' }, ['connect']],
	[
		'no token: wait, however often',
		in_('authorising', { failures: 7 }),
		{ is: 'failed', error },
		{ phase: 'waiting', failures: 8, turn: 1 },
		['disconnect', 'trouble', 'wait'],
	],
	['an open connection reads what was missed', in_('connecting'), { is: 'opened' }, { phase: 'catchingUp' }, ['readLists']],
	[
		'a refused connection waits',
		in_('connecting'),
		{ is: 'lost', error, liveMs: 5 },
		{ phase: 'waiting', failures: 1 },
		['disconnect', 'trouble', 'wait'],
	],
	['a frame during reading is held', in_('catchingUp'), { is: 'told', change: change('a', 1) }, { held: [change('a', 1)] }, []],
	['a frame when live is delivered', in_('live'), { is: 'told', change: change('a', 1) }, { held: [] }, ['deliver']],
	[
		'a frame during a check is delivered',
		in_('catchingUp', { checking: true }),
		{ is: 'told', change: change('a', 1) },
		{ phase: 'catchingUp', held: [] },
		['deliver'],
	],
	[
		'what was read and held is delivered, then all is well',
		in_('catchingUp', { held: [change('a', 1)] }),
		{ is: 'read', changes: [], readAt: 0 },
		{ phase: 'live', held: [] },
		['deliver', 'recovered', 'checkLater'],
	],
	[
		'lists that cannot be read after a gap: all anew, and what is held stays',
		in_('catchingUp', { held: [change('a', 1)] }),
		{ is: 'failed', error },
		{ phase: 'waiting', held: [change('a', 1)], failures: 1 },
		['disconnect', 'trouble', 'wait'],
	],
	['a check is due', in_('live'), { is: 'due' }, { phase: 'catchingUp', checking: true }, ['readLists']],
	[
		'a check that fails costs nothing: the stream is well',
		in_('catchingUp', { checking: true, held: [change('a', 1)] }),
		{ is: 'failed', error },
		{ phase: 'live', checking: false, held: [] },
		['deliver', 'checkFailed', 'checkLater'],
	],
	[
		'a connection that breaks while the lists are read',
		in_('catchingUp', { checking: true }),
		{ is: 'lost', error, liveMs: 5 },
		{ phase: 'waiting', checking: false },
		['disconnect', 'trouble', 'wait'],
	],
	[
		'a connection that was steady starts the waits anew',
		in_('live', { failures: 6 }),
		{ is: 'lost', error, liveMs: 60_000 },
		{ phase: 'waiting', failures: 1, turn: 1 },
		['disconnect', 'trouble', 'wait'],
	],
	[
		'one that breaks at once does not',
		in_('live', { failures: 6 }),
		{ is: 'lost', error, liveMs: 59_999 },
		{ phase: 'waiting', failures: 7 },
		['disconnect', 'trouble', 'wait'],
	],
	['after the wait it begins anew', in_('waiting'), { is: 'waited' }, { phase: 'authorising' }, ['authorise']],
	['a second loss while waiting changes nothing', in_('waiting', { failures: 2 }), { is: 'lost', error, liveMs: 0 }, { failures: 2 }, []],
	['a check that is due while waiting changes nothing', in_('waiting'), { is: 'due' }, { phase: 'waiting' }, []],
	['stopped in the middle of a handshake', in_('connecting'), { is: 'stopped' }, { phase: 'closed' }, ['disconnect']],
	['closed for good', in_('closed'), { is: 'waited' }, { phase: 'closed' }, []],
	['nothing opens what is closed', in_('closed'), { is: 'opened' }, { phase: 'closed' }, []],
];

test.each(table)('%s', (_, state, happening, expected, effects) => {
	const before = structuredClone(state);
	const [next, todo] = step(state, happening);
	expect(next).toMatchObject(expected);
	expect(doing(todo)).toEqual(effects);
	expect(state).toEqual(before);
});

test('what was held and what was read is told in the order of time, the telling of the stream first', () => {
	const [, [deliver]] = step(in_('catchingUp', { held: [change('a', 3), change('b', 1)] }), {
		is: 'read',
		changes: [row('c', 2), row('a', 3)],
		readAt: 0,
	});
	expect(deliver.do === 'deliver' && deliver.changes.map(({ id, source }) => `${id} ${source}`)).toEqual([
		'b stream',
		'c catchUp',
		'a stream',
		'a catchUp',
	]);
});

test('waits double from half a second to a minute, and chance takes up to half', () => {
	expect([1, 2, 3, 7, 8, 9, 40].map((failures) => waitMs(failures, 0))).toEqual([500, 1_000, 2_000, 32_000, 60_000, 60_000, 60_000]);
	expect(waitMs(8, 0.999999)).toBeGreaterThanOrEqual(30_000);
});
