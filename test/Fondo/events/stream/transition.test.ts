import type { Change } from '../../../../nodes/Fondo/events/changes/change';
import { changeOf } from '../../../../nodes/Fondo/events/changes/change';
import type { Effect, StreamEvent, State } from '../../../../nodes/Fondo/events/stream/transition';
import { initialState, transition, waitMs } from '../../../../nodes/Fondo/events/stream/transition';

const change = (id: string, second: number): Change => {
	const made = changeOf({ eventType: 'order.update', current: { id, modifiedDate: new Date(second * 1000).toISOString() } }, 0);
	if (made === undefined) throw new Error('not a change');
	return made;
};
const row = (id: string, second: number): Change => ({ ...change(id, second), source: 'catchUp' });
const error = new Error('gone');
const in_ = (phase: State['phase'], more: Partial<State> = {}): State => ({ ...initialState, phase, ...more });
const doing = (effects: Effect[]) => effects.map((effect) => effect.type);

const table: Array<[string, State, StreamEvent, Partial<State>, Array<Effect['type']>]> = [
	['a token leads to a connection', in_('authorising'), { type: 'authorised' }, { phase: 'connecting' }, ['connect']],
	[
		'no token: wait, however often',
		in_('authorising', { failures: 7 }),
		{ type: 'failed', error },
		{ phase: 'waiting', failures: 8, generation: 1 },
		['disconnect', 'trouble', 'wait'],
	],
	['an open connection reads what was missed', in_('connecting'), { type: 'opened' }, { phase: 'catchingUp' }, ['readLists']],
	[
		'a refused connection waits',
		in_('connecting'),
		{ type: 'lost', error, liveMs: 5 },
		{ phase: 'waiting', failures: 1 },
		['disconnect', 'trouble', 'wait'],
	],
	['a frame during reading is held', in_('catchingUp'), { type: 'told', change: change('a', 1) }, { buffered: [change('a', 1)] }, []],
	['a frame when live is delivered', in_('live'), { type: 'told', change: change('a', 1) }, { buffered: [] }, ['deliver']],
	[
		'a frame during a check is delivered',
		in_('catchingUp', { checking: true }),
		{ type: 'told', change: change('a', 1) },
		{ phase: 'catchingUp', buffered: [] },
		['deliver'],
	],
	[
		'what was read and held is delivered, then all is well',
		in_('catchingUp', { buffered: [change('a', 1)] }),
		{ type: 'read', changes: [], readAt: 0 },
		{ phase: 'live', buffered: [] },
		['deliver', 'recovered', 'checkLater'],
	],
	[
		'lists that cannot be read after a gap: all anew, and what is held stays',
		in_('catchingUp', { buffered: [change('a', 1)] }),
		{ type: 'failed', error },
		{ phase: 'waiting', buffered: [change('a', 1)], failures: 1 },
		['disconnect', 'trouble', 'wait'],
	],
	['a check is due', in_('live'), { type: 'due' }, { phase: 'catchingUp', checking: true }, ['readLists']],
	[
		'a check that fails costs nothing: the stream is well',
		in_('catchingUp', { checking: true, buffered: [change('a', 1)] }),
		{ type: 'failed', error },
		{ phase: 'live', checking: false, buffered: [] },
		['deliver', 'checkFailed', 'checkLater'],
	],
	[
		'a connection that breaks while the lists are read',
		in_('catchingUp', { checking: true }),
		{ type: 'lost', error, liveMs: 5 },
		{ phase: 'waiting', checking: false },
		['disconnect', 'trouble', 'wait'],
	],
	[
		'a connection that was steady starts the waits anew',
		in_('live', { failures: 6 }),
		{ type: 'lost', error, liveMs: 60_000 },
		{ phase: 'waiting', failures: 1, generation: 1 },
		['disconnect', 'trouble', 'wait'],
	],
	[
		'one that breaks at once does not',
		in_('live', { failures: 6 }),
		{ type: 'lost', error, liveMs: 59_999 },
		{ phase: 'waiting', failures: 7 },
		['disconnect', 'trouble', 'wait'],
	],
	['after the wait it begins anew', in_('waiting'), { type: 'waited' }, { phase: 'authorising' }, ['authorise']],
	['a second loss while waiting changes nothing', in_('waiting', { failures: 2 }), { type: 'lost', error, liveMs: 0 }, { failures: 2 }, []],
	['a check that is due while waiting changes nothing', in_('waiting'), { type: 'due' }, { phase: 'waiting' }, []],
	['stopped in the middle of a handshake', in_('connecting'), { type: 'stopped' }, { phase: 'closed' }, ['disconnect']],
	['closed for good', in_('closed'), { type: 'waited' }, { phase: 'closed' }, []],
	['nothing opens what is closed', in_('closed'), { type: 'opened' }, { phase: 'closed' }, []],
];

test.each(table)('%s', (_, state, event, expected, effects) => {
	const before = structuredClone(state);
	const [next, todo] = transition(state, event);
	expect(next).toMatchObject(expected);
	expect(doing(todo)).toEqual(effects);
	expect(state).toEqual(before);
});

test('what was held and what was read is told in the order of time, the telling of the stream first', () => {
	const [, [deliver]] = transition(in_('catchingUp', { buffered: [change('a', 3), change('b', 1)] }), {
		type: 'read',
		changes: [row('c', 2), row('a', 3)],
		readAt: 0,
	});
	expect(deliver.type === 'deliver' && deliver.changes.map(({ id, source }) => `${id} ${source}`)).toEqual([
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
