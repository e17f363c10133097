import type { Change } from '../changes/change';
import { oldestFirst } from '../changes/change';
import type { ReadResult } from '../changes/lists';

/**
 * authorising → connecting → catchingUp → live → waiting → authorising …; any → closed, when n8n stops the trigger.
 * After a gap, changes from the stream are buffered until the lists are read and then delivered together, so that no change is missed
 * between the two.
 */
export interface State {
	readonly phase: 'authorising' | 'connecting' | 'catchingUp' | 'live' | 'waiting' | 'closed';
	/** Incremented after each broken connection; late events of an earlier connection are ignored. */
	readonly generation: number;
	/** Failed attempts since the connection was last stable. */
	readonly failures: number;
	readonly buffered: readonly Change[];
	/** The types of objects whose lists Fondo did not answer after the gap: their changes are buffered until it does. */
	readonly held: readonly string[];
	/** A safety check: the lists are read at an interval, although the connection is open. */
	readonly checking: boolean;
}

export type StreamEvent =
	| { readonly type: 'authorised' | 'opened' | 'retryDue' | 'checkDue' }
	| { readonly type: 'received'; readonly change: Change }
	/** `listsReadMeanwhile`: without a stream */
	| ({ readonly type: 'listsRead' | 'listsReadMeanwhile' } & ReadResult)
	| { readonly type: 'failed'; readonly error: unknown }
	/** @param liveMs how long the connection was open, in milliseconds */
	| { readonly type: 'disconnected'; readonly error: unknown; readonly liveMs: number }
	| { readonly type: 'stopped' };

export type Effect =
	| { readonly type: 'authorise' | 'connect' | 'readLists' | 'readListsMeanwhile' | 'disconnect' | 'reportRecovery' }
	| { readonly type: 'deliver'; readonly changes: readonly Change[]; readonly read?: ReadResult }
	| { readonly type: 'scheduleRetry' | 'scheduleCheck'; readonly failures: number }
	| { readonly type: 'reportOutage' | 'reportFailedCheck'; readonly error: unknown };

export const initialState: State = { phase: 'authorising', generation: 0, failures: 0, buffered: [], held: [], checking: false };

/** A connection that was open this long resets the count of failures. A server may close every connection after a minute. */
const STABLE_MS = 10_000;
/** Far more changes than one client makes while its lists are read. The next read finds changes beyond this limit. */
const MOST_BUFFERED = 10_000;

/**
 * The wait before the next attempt, in milliseconds: doubles from half a second to a minute. `random` in [0, 1) subtracts up to half,
 * so that not all triggers reconnect at the same time.
 */
export const waitMs = (failures: number, random: number) => Math.min(500 * 2 ** (failures - 1), 60_000) * (1 - random / 2);

/** The pure state machine of one stream: the next state and the effects of an event. */
export function transition(state: State, event: StreamEvent): [State, Effect[]] {
	const broken = (error: unknown, failures: number): [State, Effect[]] => [
		{ ...state, phase: 'waiting', generation: state.generation + 1, failures: failures + 1, checking: false },
		[
			{ type: 'disconnect' },
			{ type: 'reportOutage', error },
			{ type: 'scheduleRetry', failures: failures + 1 },
			...(state.phase === 'connecting' ? [{ type: 'readListsMeanwhile' } as const] : []),
		],
	];
	const isHeldBy = (held: readonly string[]) => (change: Change) => held.includes(change.object);
	/** If both contain a change, the one from the stream comes first: it has the previous state. */
	const deliver = (read: ReadResult, held: readonly string[]): Effect => {
		const isHeld = isHeldBy(held);
		return { type: 'deliver', changes: oldestFirst([...state.buffered.filter((change) => !isHeld(change)), ...read.changes]), read };
	};
	/** A list that was not answered is read again soon. */
	const live = (held: readonly string[], ...effects: Effect[]): [State, Effect[]] => {
		const failures = held.length === 0 ? 0 : state.failures + 1;
		return [
			{
				...state,
				phase: 'live',
				checking: false,
				held,
				buffered: state.buffered.filter(isHeldBy(held)),
				failures: failures || state.failures,
			},
			[...effects, { type: 'scheduleCheck', failures }],
		];
	};
	if (state.phase === 'closed') return [state, []];
	switch (event.type) {
		case 'stopped':
			return [{ ...state, phase: 'closed', generation: state.generation + 1 }, [{ type: 'disconnect' }]];
		case 'retryDue':
			return state.phase === 'waiting' ? [{ ...state, phase: 'authorising' }, [{ type: 'authorise' }]] : [state, []];
		case 'authorised':
			return state.phase === 'authorising' ? [{ ...state, phase: 'connecting' }, [{ type: 'connect' }]] : [state, []];
		case 'opened':
			return state.phase === 'connecting' ? [{ ...state, phase: 'catchingUp' }, [{ type: 'readLists' }]] : [state, []];
		case 'checkDue':
			return state.phase === 'live' ? [{ ...state, phase: 'catchingUp', checking: true }, [{ type: 'readLists' }]] : [state, []];
		case 'received':
			// Do not buffer events during a safety check: deliver them at once; the check only adds missed ones.
			if ((state.phase === 'live' || state.checking) && !state.held.includes(event.change.object))
				return [state, [{ type: 'deliver', changes: [event.change] }]];
			return [{ ...state, buffered: [...state.buffered, event.change].slice(-MOST_BUFFERED) }, []];
		case 'listsRead': {
			if (state.phase !== 'catchingUp') return [state, []];
			// A safety check holds nothing back: there was no gap.
			const held = state.checking ? state.held.filter((object) => event.unread.includes(object)) : event.unread;
			return live(held, deliver(event, held), { type: 'reportRecovery' });
		}
		case 'listsReadMeanwhile':
			// What an earlier connection brought is older than the lists.
			return [{ ...state, buffered: state.buffered.filter(isHeldBy(event.unread)) }, [deliver(event, event.unread)]];
		case 'failed':
			// Only the safety check failed: the stream works, and the next check follows.
			if (state.phase === 'catchingUp' && state.checking) return live(state.held, { type: 'reportFailedCheck', error: event.error });
			return state.phase === 'waiting' || state.phase === 'live' ? [state, []] : broken(event.error, state.failures);
		case 'disconnected':
			if (state.phase === 'waiting') return [state, []];
			return broken(event.error, event.liveMs >= STABLE_MS ? 0 : state.failures);
	}
}
