import type { Change } from './change';
import type { WhatWasRead } from './lists';

/**
 * authorising → connecting → catchingUp → live → waiting → authorising …; any → closed, when n8n asks.
 * What the stream tells while the lists are read after a gap is held, and told after them: nothing falls between the two.
 */
export interface State {
	readonly phase: 'authorising' | 'connecting' | 'catchingUp' | 'live' | 'waiting' | 'closed';
	/** One higher after each broken connection: what an earlier one still has to say is not heard. */
	readonly turn: number;
	/** Attempts that failed since the connection was last steady. */
	readonly failures: number;
	readonly held: readonly Change[];
	/** The lists are read to be sure, not because something could have been missed. */
	readonly checking: boolean;
}

export type Happening =
	| { readonly is: 'authorised' | 'opened' | 'waited' | 'due' }
	| { readonly is: 'told'; readonly change: Change }
	| ({ readonly is: 'read' } & WhatWasRead)
	| { readonly is: 'failed'; readonly error: unknown }
	/** @param liveMs how long the connection was of use */
	| { readonly is: 'lost'; readonly error: unknown; readonly liveMs: number }
	| { readonly is: 'stopped' };

export type Effect =
	| { readonly do: 'authorise' | 'connect' | 'readLists' | 'disconnect' | 'checkLater' | 'recovered' }
	| { readonly do: 'deliver'; readonly changes: readonly Change[]; readonly read?: WhatWasRead }
	| { readonly do: 'wait'; readonly failures: number }
	| { readonly do: 'trouble' | 'checkFailed'; readonly error: unknown };

export const start: State = { phase: 'authorising', turn: 0, failures: 0, held: [], checking: false };

/** A connection that held this long is not the one that keeps failing. */
const STEADY_MS = 60_000;
/** Far more than a client does while its lists are read; beyond it the next reading finds what is left out here. */
const MOST_HELD = 10_000;

/** Waits double from half a second to a minute. `random` in [0, 1) takes up to half away, so that not all come back at once. */
export const waitMs = (failures: number, random: number) => Math.min(500 * 2 ** (failures - 1), 60_000) * (1 - random / 2);

export const oldestFirst = (changes: readonly Change[]) => [...changes].sort((one, other) => (one.at ?? Infinity) - (other.at ?? Infinity));

/** The pure heart of the stream: what to do when something happens. */
export function step(state: State, happening: Happening): [State, Effect[]] {
	const broken = (error: unknown, failures: number): [State, Effect[]] => [
		{ ...state, phase: 'waiting', turn: state.turn + 1, failures: failures + 1, checking: false },
		[{ do: 'disconnect' }, { do: 'trouble', error }, { do: 'wait', failures: failures + 1 }],
	];
	const live: State = { ...state, phase: 'live', held: [], checking: false };
	if (state.phase === 'closed') return [state, []];
	switch (happening.is) {
		case 'stopped':
			return [{ ...state, phase: 'closed', turn: state.turn + 1 }, [{ do: 'disconnect' }]];
		case 'waited':
			return state.phase === 'waiting' ? [{ ...state, phase: 'authorising' }, [{ do: 'authorise' }]] : [state, []];
		case 'authorised':
			return state.phase === 'authorising' ? [{ ...state, phase: 'connecting' }, [{ do: 'connect' }]] : [state, []];
		case 'opened':
			return state.phase === 'connecting' ? [{ ...state, phase: 'catchingUp' }, [{ do: 'readLists' }]] : [state, []];
		case 'due':
			return state.phase === 'live' ? [{ ...state, phase: 'catchingUp', checking: true }, [{ do: 'readLists' }]] : [state, []];
		case 'told':
			// An extra look holds nothing up: what it finds besides was told, or comes with what was before.
			if (state.phase === 'live' || state.checking) return [state, [{ do: 'deliver', changes: [happening.change] }]];
			return [{ ...state, held: [...state.held, happening.change].slice(-MOST_HELD) }, []];
		case 'read': {
			if (state.phase !== 'catchingUp') return [state, []];
			// Where both tell of a change the stream's telling goes first: it knows what was before.
			const changes = oldestFirst([...state.held, ...happening.changes]);
			return [live, [{ do: 'deliver', changes, read: happening }, { do: 'recovered' }, { do: 'checkLater' }]];
		}
		case 'failed':
			// The stream is well: only the extra look failed. The next one comes.
			if (state.phase === 'catchingUp' && state.checking)
				return [live, [{ do: 'deliver', changes: state.held }, { do: 'checkFailed', error: happening.error }, { do: 'checkLater' }]];
			return state.phase === 'waiting' || state.phase === 'live' ? [state, []] : broken(happening.error, state.failures);
		case 'lost':
			if (state.phase === 'waiting') return [state, []];
			return broken(happening.error, happening.liveMs >= STEADY_MS ? 0 : state.failures);
	}
}
