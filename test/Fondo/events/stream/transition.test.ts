import type { Change } from '../../../../nodes/Fondo/events/changes/change';
import { changeOf } from '../changeOf';
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
		'no token: wait and try again, however often it fails',
		in_('authorising', { failures: 7 }),
		{ type: 'failed', error },
		{ phase: 'waiting', failures: 8, generation: 1 },
		['disconnect', 'reportOutage', 'scheduleRetry'],
	],
	['an open connection reads what was missed', in_('connecting'), { type: 'opened' }, { phase: 'catchingUp' }, ['readLists']],
	[
		'a refused connection waits',
		in_('connecting'),
		{ type: 'disconnected', error, liveMs: 5 },
		{ phase: 'waiting', failures: 1 },
		['disconnect', 'reportOutage', 'scheduleRetry', 'readListsMeanwhile'],
	],
	[
		'a frame that arrives while the lists are read is buffered',
		in_('catchingUp'),
		{ type: 'received', change: change('a', 1) },
		{ buffered: [change('a', 1)] },
		[],
	],
	['a frame on a live connection is delivered', in_('live'), { type: 'received', change: change('a', 1) }, { buffered: [] }, ['deliver']],
	[
		'a frame during a safety check is delivered',
		in_('catchingUp', { checking: true }),
		{ type: 'received', change: change('a', 1) },
		{ phase: 'catchingUp', buffered: [] },
		['deliver'],
	],
	[
		'after the lists are read, buffered and read changes are delivered and the stream is live',
		in_('catchingUp', { buffered: [change('a', 1)] }),
		{ type: 'listsRead', changes: [], readAt: 0, unread: [] },
		{ phase: 'live', buffered: [] },
		['deliver', 'reportRecovery', 'scheduleCheck'],
	],
	[
		'lists that cannot be read after a gap: reconnect, and keep the buffer',
		in_('catchingUp', { buffered: [change('a', 1)] }),
		{ type: 'failed', error },
		{ phase: 'waiting', buffered: [change('a', 1)], failures: 1 },
		['disconnect', 'reportOutage', 'scheduleRetry'],
	],
	['a safety check is due', in_('live'), { type: 'checkDue' }, { phase: 'catchingUp', checking: true }, ['readLists']],
	[
		'a safety check that fails does not break the stream',
		in_('catchingUp', { checking: true }),
		{ type: 'failed', error },
		{ phase: 'live', checking: false },
		['reportFailedCheck', 'scheduleCheck'],
	],
	[
		'a list that is not answered after a gap holds back its own objects only, and is asked again soon',
		in_('catchingUp', { buffered: [change('a', 1)] }),
		{ type: 'listsRead', changes: [], readAt: 0, unread: ['order'] },
		{ phase: 'live', buffered: [change('a', 1)], held: ['order'], failures: 1 },
		['deliver', 'reportRecovery', 'scheduleCheck'],
	],
	[
		'a frame of such an object is buffered',
		in_('live', { held: ['order'] }),
		{ type: 'received', change: change('a', 1) },
		{ buffered: [change('a', 1)] },
		[],
	],
	[
		'a frame of another object is delivered',
		in_('live', { held: ['account'] }),
		{ type: 'received', change: change('a', 1) },
		{ buffered: [] },
		['deliver'],
	],
	[
		'once the list is answered, its objects are delivered',
		in_('catchingUp', { checking: true, held: ['order'], buffered: [change('a', 1)], failures: 3 }),
		{ type: 'listsRead', changes: [], readAt: 0, unread: ['account'] },
		{ phase: 'live', buffered: [], held: [], checking: false },
		['deliver', 'reportRecovery', 'scheduleCheck'],
	],
	[
		'a connection that breaks while the lists are read',
		in_('catchingUp', { checking: true }),
		{ type: 'disconnected', error, liveMs: 5 },
		{ phase: 'waiting', checking: false },
		['disconnect', 'reportOutage', 'scheduleRetry'],
	],
	[
		'a connection that was stable resets the count of failures',
		in_('live', { failures: 6 }),
		{ type: 'disconnected', error, liveMs: 10_000 },
		{ phase: 'waiting', failures: 1, generation: 1 },
		['disconnect', 'reportOutage', 'scheduleRetry'],
	],
	[
		'a connection that breaks at once does not reset it',
		in_('live', { failures: 6 }),
		{ type: 'disconnected', error, liveMs: 9_999 },
		{ phase: 'waiting', failures: 7 },
		['disconnect', 'reportOutage', 'scheduleRetry'],
	],
	['after the wait it starts again', in_('waiting'), { type: 'retryDue' }, { phase: 'authorising' }, ['authorise']],
	[
		'a second loss while waiting changes nothing',
		in_('waiting', { failures: 2 }),
		{ type: 'disconnected', error, liveMs: 0 },
		{ failures: 2 },
		[],
	],
	['a check that is due while waiting changes nothing', in_('waiting'), { type: 'checkDue' }, { phase: 'waiting' }, []],
	['a stop in the middle of a handshake', in_('connecting'), { type: 'stopped' }, { phase: 'closed' }, ['disconnect']],
	['a closed stream does not retry', in_('closed'), { type: 'retryDue' }, { phase: 'closed' }, []],
	['a closed stream does not open', in_('closed'), { type: 'opened' }, { phase: 'closed' }, []],
];

test.each(table)('%s', (_, state, event, expected, effects) => {
	const before = structuredClone(state);
	const [next, todo] = transition(state, event);
	expect(next).toMatchObject(expected);
	expect(doing(todo)).toEqual(effects);
	expect(state).toEqual(before);
});

test('buffered and read changes are delivered in the order of time, the change from the stream before the same change from a list', () => {
	const [, [deliver]] = transition(in_('catchingUp', { buffered: [change('a', 3), change('b', 1)] }), {
		type: 'listsRead',
		changes: [row('c', 2), row('a', 3)],
		readAt: 0,
		unread: [],
	});
	expect(deliver.type === 'deliver' && deliver.changes.map(({ id, source }) => `${id} ${source}`)).toEqual([
		'b stream',
		'c catchUp',
		'a stream',
		'a catchUp',
	]);
});

test('waits double from half a second to a minute, and a random part of up to half is subtracted', () => {
	expect([1, 2, 3, 7, 8, 9, 40].map((failures) => waitMs(failures, 0))).toEqual([500, 1_000, 2_000, 32_000, 60_000, 60_000, 60_000]);
	expect(waitMs(8, 0.999999)).toBeGreaterThanOrEqual(30_000);
});
