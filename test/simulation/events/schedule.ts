/** What happens in one simulated history of events: plain data, decided by one seed, so that it can be shrunk. */
import { generator } from '../simulate';

/** How Fondo sends and lists: each field is one way in which the real Fondo may differ. */
export interface Vendor {
	/** Fondo's clock is ahead of the one of n8n. */
	readonly skewMs: number;
	readonly shape: 'contract' | 'flat' | 'wrapped' | 'array' | 'camel';
	/** An update carries the state before. */
	readonly hasPrevious: boolean;
	/** Frames keep their order. */
	readonly isOrdered: boolean;
	readonly delayMs: number;
	readonly doubles: number;
	readonly losses: number;
	/** After a connection Fondo sends again what happened in this time before. */
	readonly replayMs: number;
	readonly closesEveryMs: number;
	/** A row shows a change so much later, at most. */
	readonly lagMs: number;
	/** Deleted objects stay in the lists. */
	readonly showsDeleted: boolean;
	/** Dates have whole seconds. */
	readonly isCoarse: boolean;
	/** Lists write amounts and dates otherwise than frames. */
	readonly writesOtherwise: boolean;
	readonly ignoresModifiedFrom: boolean;
	/** A new object has no `modifiedDate`. */
	readonly isUnmodified: boolean;
}

export interface Host {
	/** n8n keeps successful executions. */
	readonly keeps: boolean;
	readonly gatherSeconds: number;
	readonly oneAtATime: boolean;
	readonly checkMinutes: number;
	readonly catchUpAfterPause: boolean;
	readonly objects: readonly string[];
	readonly clients: 1 | 2;
	readonly executionMs: number;
}

export type Act =
	/** So many objects change, one after another. */
	| { readonly act: 'change'; readonly count: number; readonly everyMs: number; readonly seed: number }
	/** The connection breaks, and cannot be opened again for this time. */
	| { readonly act: 'cut'; readonly ms: number }
	/** Lists whose path ends so answer with this status. */
	| { readonly act: 'lists'; readonly path: string; readonly status: number; readonly ms: number }
	/** n8n cannot start the next executions. */
	| { readonly act: 'refuse'; readonly count: number }
	/** SIGKILL, SIGTERM, or another process takes over; n8n starts again after this time. */
	| { readonly act: 'kill' | 'term' | 'leader'; readonly ms: number }
	/** A changed workflow is published. */
	| { readonly act: 'update' }
	/** The workflow is off for this time, and is published again. */
	| { readonly act: 'republish'; readonly ms: number };

export interface Step {
	/** ms that pass before it. */
	readonly gap: number;
	readonly act: Act;
}

export interface Schedule {
	readonly seed: number;
	readonly vendor: Vendor;
	readonly host: Host;
	readonly steps: readonly Step[];
}

/** A vendor as the contract describes it, and an n8n as it is installed. */
export const KIND: Pick<Schedule, 'vendor' | 'host'> = {
	vendor: {
		skewMs: 0,
		shape: 'contract',
		hasPrevious: true,
		isOrdered: true,
		delayMs: 0,
		doubles: 0,
		losses: 0,
		replayMs: 0,
		closesEveryMs: 0,
		lagMs: 0,
		showsDeleted: true,
		isCoarse: false,
		writesOtherwise: false,
		ignoresModifiedFrom: false,
		isUnmodified: false,
	},
	host: {
		keeps: true,
		gatherSeconds: 0,
		oneAtATime: false,
		checkMinutes: 5,
		catchUpAfterPause: false,
		objects: ['*'],
		clients: 1,
		executionMs: 20,
	},
};

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const GAPS = [0, 0, 300, 2_500, 10 * SECOND, 45 * SECOND, 4 * MINUTE, 20 * MINUTE];
const PAUSES = [200, 3 * SECOND, 40 * SECOND, 7 * MINUTE, 90 * MINUTE];

/** A schedule of about `events` changes. */
export function scheduleOf(seed: number, events: number): Schedule {
	const random = generator(seed);
	const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)];
	const often = (share: number) => random() < share;
	const vendor: Vendor = {
		skewMs: pick([0, 0, 2 * SECOND, -2 * SECOND, 10 * MINUTE, -10 * MINUTE]),
		shape: pick(['contract', 'contract', 'flat', 'wrapped', 'array', 'camel']),
		hasPrevious: often(0.7),
		isOrdered: often(0.6),
		delayMs: pick([0, 300, 1_500, 25 * SECOND]),
		doubles: pick([0, 0, 0.1]),
		losses: pick([0, 0, 0.05]),
		replayMs: pick([0, 0, 2 * MINUTE, 20 * MINUTE]),
		closesEveryMs: pick([0, 0, MINUTE]),
		lagMs: pick([0, 0, 2 * SECOND, MINUTE, 4 * MINUTE]),
		showsDeleted: often(0.7),
		isCoarse: often(0.2),
		writesOtherwise: often(0.4),
		ignoresModifiedFrom: often(0.2),
		isUnmodified: often(0.2),
	};
	const host: Host = {
		keeps: often(0.5),
		gatherSeconds: pick([0, 0, 2, 10]),
		oneAtATime: often(0.3),
		checkMinutes: pick([5, 5, 1]),
		catchUpAfterPause: often(0.3),
		objects: pick([['*'], ['*'], ['order', 'journey'], ['account', 'transaction', 'plan'], ['order', 'note', 'client']]),
		clients: often(0.8) ? 1 : 2,
		executionMs: pick([5, 20, 400]),
	};
	const steps: Step[] = [];
	for (let made = 0; made < events;) {
		const count = 1 + Math.floor(random() ** 2 * 30);
		steps.push({
			gap: pick(GAPS),
			act: { act: 'change', count, everyMs: pick([1, 40, 400, 3 * SECOND]), seed: Math.floor(random() * 2 ** 31) },
		});
		made += count;
		if (often(0.45)) steps.push({ gap: pick(GAPS.slice(0, 5)), act: trouble(random, pick, host) });
	}
	return { seed, vendor, host, steps };
}

function trouble(random: () => number, pick: <T>(list: readonly T[]) => T, { objects }: Host): Act {
	const ms = pick(PAUSES);
	const act = pick(['cut', 'cut', 'lists', 'lists', 'refuse', 'kill', 'kill', 'term', 'leader', 'update', 'republish'] as const);
	switch (act) {
		case 'lists':
			// A refusal of all lists is a wrong credential, with which n8n opens no trigger.
			return random() < 0.4 || !objects.includes('*')
				? { act, path: pick(['/client', '']), status: pick([503, 500]), ms }
				: { act, path: pick(['/order', '/account', '/cash', '/fund']), status: pick([503, 403]), ms };
		case 'refuse':
			return { act, count: 1 + Math.floor(random() * 3) };
		case 'update':
			return { act };
		default:
			return { act, ms };
	}
}
