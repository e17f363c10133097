import type { Change } from '../changes/change';
import type { ReadResult } from '../changes/lists';

/**
 * authorising → connecting → catchingUp → live → waiting → authorising …; any → closed, when n8n asks.
 * What the stream tells while the lists are read after a gap is held, and told after them: nothing falls between the two.
 */
export interface State {
	readonly phase: 'authorising' | 'connecting' | 'catchingUp' | 'live' | 'waiting' | 'closed';
	/** One higher after each broken connection: what an earlier one still has to say is not heard. */
	readonly generation: number;
	/** Attempts that failed since the connection was last steady. */
	readonly failures: number;
	readonly buffered: readonly Change[];
	/** The lists are read to be sure, not because something could have been missed. */
	readonly checking: boolean;
}

export type StreamEvent =
	| { readonly type: 'authorised' | 'opened' | 'waited' | 'due' }
	| { readonly type: 'told'; readonly change: Change }
	| ({ readonly type: 'read' } & ReadResult)
	| { readonly type: 'failed'; readonly error: unknown }
	/** @param liveMs how long the connection was of use */
	| { readonly type: 'lost'; readonly error: unknown; readonly liveMs: number }
	| { readonly type: 'stopped' };

export type Effect =
	| { readonly type: 'authorise' | 'connect' | 'readLists' | 'disconnect' | 'checkLater' | 'recovered' }
	| { readonly type: 'deliver'; readonly changes: readonly Change[]; readonly read?: ReadResult }
	| { readonly type: 'wait'; readonly failures: number }
	| { readonly type: 'trouble' | 'checkFailed'; readonly error: unknown };

export const initialState: State = { phase: 'authorising', generation: 0, failures: 0, buffered: [], checking: false };

/** A connection that held this long is not the one that keeps failing. */
const STEADY_MS = 60_000;
/** Far more than a client does while its lists are read; beyond it the next reading finds what is left out here. */
const MOST_HELD = 10_000;

/** Waits double from half a second to a minute. `random` in [0, 1) takes up to half away, so that not all come back at once. */
export const waitMs = (failures: number, random: number) => Math.min(500 * 2 ** (failures - 1), 60_000) * (1 - random / 2);

export const oldestFirst = (changes: readonly Change[]) => [...changes].sort((one, other) => (one.at ?? Infinity) - (other.at ?? Infinity));

/** The pure heart of the stream: what to do when something happens. */
export function transition(state: State, event: StreamEvent): [State, Effect[]] {
	const broken = (error: unknown, failures: number): [State, Effect[]] => [
		{ ...state, phase: 'waiting', generation: state.generation + 1, failures: failures + 1, checking: false },
		[{ type: 'disconnect' }, { type: 'trouble', error }, { type: 'wait', failures: failures + 1 }],
	];
	const live: State = { ...state, phase: 'live', buffered: [], checking: false };
	if (state.phase === 'closed') return [state, []];
	switch (event.type) {
		case 'stopped':
			return [{ ...state, phase: 'closed', generation: state.generation + 1 }, [{ type: 'disconnect' }]];
		case 'waited':
			return state.phase === 'waiting' ? [{ ...state, phase: 'authorising' }, [{ type: 'authorise' }]] : [state, []];
		case 'authorised':
			return state.phase === 'authorising' ? [{ ...state, phase: 'connecting' }, [{ type: 'connect' }]] : [state, []];
		case 'opened':
			return state.phase === 'connecting' ? [{ ...state, phase: 'catchingUp' }, [{ type: 'readLists' }]] : [state, []];
		case 'due':
			return state.phase === 'live' ? [{ ...state, phase: 'catchingUp', checking: true }, [{ type: 'readLists' }]] : [state, []];
		case 'told':
			// An extra look holds nothing up: what it finds besides was told, or comes with what was before.
			if (state.phase === 'live' || state.checking) return [state, [{ type: 'deliver', changes: [event.change] }]];
			return [{ ...state, buffered: [...state.buffered, event.change].slice(-MOST_HELD) }, []];
		case 'read': {
			if (state.phase !== 'catchingUp') return [state, []];
			// Where both tell of a change the stream's telling goes first: it knows what was before.
			const changes = oldestFirst([...state.buffered, ...event.changes]);
			return [live, [{ type: 'deliver', changes, read: event }, { type: 'recovered' }, { type: 'checkLater' }]];
		}
		case 'failed':
			// The stream is well: only the extra look failed. The next one comes.
			if (state.phase === 'catchingUp' && state.checking)
				return [live, [{ type: 'deliver', changes: state.buffered }, { type: 'checkFailed', error: event.error }, { type: 'checkLater' }]];
			return state.phase === 'waiting' || state.phase === 'live' ? [state, []] : broken(event.error, state.failures);
		case 'lost':
			if (state.phase === 'waiting') return [state, []];
			return broken(event.error, event.liveMs >= STEADY_MS ? 0 : state.failures);
	}
}
