import type { IDataObject } from 'n8n-workflow';
import { clock } from '../../shared/transport/clock';
import type { Change } from './change';
import { changeBefore, differ, identityOf, modifiedAt, variantOf } from './change';

/** What outlives a restart, as n8n keeps it with the workflow. A type, not an interface: n8n wants an index signature. */
export type SavedJournal = {
	/** Up to here the lists were read and everything was handed over; ms since 1970. */
	readTo: number;
	/** What was before is not read again: more was handed over since then than is kept here. */
	floor: number;
	/** Identities that were handed over, and since when the object is so; the newest last. */
	delivered: Array<[identity: string, at: number]>;
	/** IDs of journeys that have not ended: Fondo has no list in which to look for them. */
	journeys: string[];
};

/** Rows can become visible later than their modifiedDate says; how much later is not documented. */
export const OVERLAP_MS = 120_000;
/** n8n writes the saved journal with every event. */
const MOST_SAVED = 1_000;
const MOST_SEEN = 20_000;
const MOST_STATES = 2_000;
const MOST_JOURNEYS = 200;

/** A bounded map forgets what was put in first. */
function keep<K, V>(map: Map<K, V>, key: K, value: V, most: number) {
	map.delete(key);
	map.set(key, value);
	for (const oldest of map.keys()) {
		if (map.size <= most) return;
		map.delete(oldest);
	}
}

/** What was told of one client: each change once, and the changes of each object in order. */
export class Journal {
	private readonly seen = new Map<string, true>();
	private readonly states = new Map<string, { at: number; state: IDataObject }>();
	private readonly underWay = new Map<string, number>();
	private readonly openJourneys = new Map<string, true>();
	private delivered: Array<[string, number]>;
	private readonly floor: number;
	/** Undefined before the first reading: then nothing is news yet. */
	readTo: number | undefined;

	constructor(saved?: SavedJournal) {
		this.readTo = saved?.readTo;
		this.floor = saved?.floor ?? 0;
		this.delivered = saved?.delivered ?? [];
		for (const [identity] of this.delivered) this.seen.set(identity, true);
		for (const id of saved?.journeys ?? []) this.openJourneys.set(id, true);
	}

	get journeys(): string[] {
		return [...this.openJourneys.keys()];
	}

	/** History: known from now on, and never told. */
	note(changes: readonly Change[]) {
		for (const change of this.news(changes)) this.done(change);
	}

	/** Which of these were not told before, the oldest first where their times are known, with what came before them. */
	news(changes: readonly Change[]): Change[] {
		return changes.flatMap((change) => [this.missed(change), change]).flatMap((change) => (change ? (this.fresh(change) ?? []) : []));
	}

	/** From now until `done` a restart would tell this again. */
	handOver(change: Change) {
		this.underWay.set(identityOf(change), change.at ?? clock.now());
	}

	done(change: Change) {
		const identity = identityOf(change);
		this.underWay.delete(identity);
		this.delivered.push([identity, change.at ?? clock.now()]);
	}

	/** The lists have been read up to the last of these. */
	advance(changes: readonly Change[]) {
		for (const { at = 0 } of changes) this.readTo = Math.max(this.readTo ?? 0, at);
	}

	/** From here on the lists are to be read again. */
	get readFrom(): number {
		return Math.max((this.readTo ?? clock.now()) - OVERLAP_MS, this.floor);
	}

	saved(): SavedJournal {
		const underWay = Math.min(...this.underWay.values());
		const readTo = Math.min(this.readTo ?? 0, underWay);
		const recent = this.delivered.filter(([, at]) => at >= readTo - OVERLAP_MS).sort(([, one], [, other]) => one - other);
		this.delivered = recent.slice(-MOST_SAVED);
		const cut = recent.length > MOST_SAVED ? this.delivered[0][1] + 1 : 0;
		return { readTo, floor: Math.min(Math.max(this.floor, cut), underWay), delivered: this.delivered, journeys: this.journeys };
	}

	/** What this change tells of the time before it, when that is later than the lists were read and was not told. */
	private missed(change: Change): Change | undefined {
		const before = changeBefore(change);
		if (before?.at === undefined || this.readTo === undefined || before.at <= this.readTo) return undefined;
		return this.seen.has(identityOf(before)) ? undefined : before;
	}

	private fresh(change: Change): Change | undefined {
		const { id, at, current } = change;
		const last = id === undefined ? undefined : this.states.get(id);
		const identity = identityOf(change);
		const variant = variantOf(change);
		if (this.seen.has(identity)) {
			const another = last !== undefined && last.at === at && current !== undefined && differ(last.state, current);
			if (!another || this.seen.has(variant)) return undefined;
		}
		keep(this.seen, identity, true, MOST_SEEN);
		keep(this.seen, variant, true, MOST_SEEN);
		// A newer state was told before: this one would set the clock back, unless it says itself that it came after that one.
		const isNext = last !== undefined && modifiedAt(change.previous) === last.at;
		if (last !== undefined && at !== undefined && at < last.at && !isNext) return undefined;
		if (id !== undefined && current !== undefined && at !== undefined) keep(this.states, id, { at, state: current }, MOST_STATES);
		// Nothing comes after the end.
		if (id !== undefined && change.kind === 'deleted') keep(this.states, id, { at: Infinity, state: {} }, MOST_STATES);
		if (id !== undefined && change.object === 'journey') this.follow(id, current);
		return change.previous === undefined && current !== undefined && last !== undefined ? { ...change, previous: last.state } : change;
	}

	private follow(id: string, current: IDataObject | undefined) {
		if (current?.status === 'new' || current?.status === 'pending') keep(this.openJourneys, id, true, MOST_JOURNEYS);
		else this.openJourneys.delete(id);
	}
}
