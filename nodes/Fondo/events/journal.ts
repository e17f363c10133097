import { Seen } from '../../shared/events/seen';
import { clock } from '../../shared/transport/clock';
import type { Change } from './change';
import { identityOf, statusOf } from './change';
import { Offers } from './offers';
import { Told } from './told';

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
	/** Objects in statuses that were told of. */
	reached: string[];
	/** Identities that went to n8n together and have not arrived for sure. */
	offers: string[][];
	/** What was waited for. */
	waitedFor: string;
};

/** Rows can become visible later than their modifiedDate says; how much later is not documented. */
export const OVERLAP_MS = 120_000;
/** Who begins to wait for something else wants no history of it; but n8n needs a moment to change a trigger. */
const CHANGING_MS = 60_000;
/** n8n writes the saved journal with every event. */
const MOST_SAVED = 1_000;

/** What was told of one client: each change once, and the changes of each object in order. */
export class Journal {
	private readonly told: Told;
	private readonly underWay = new Map<string, number>();
	private readonly openJourneys: Seen;
	private readonly reached: Seen;
	private readonly floor: number;
	private delivered: Array<[string, number]>;
	readonly offers: Offers;
	/** Undefined before the first reading: then nothing is news yet. */
	readTo: number | undefined;

	/** @param waitedFor tells whether the same is waited for as before */
	constructor(
		private readonly waitedFor: string,
		saved?: SavedJournal,
	) {
		const isChanged = saved !== undefined && saved.waitedFor !== waitedFor;
		this.readTo = isChanged ? Math.max(saved.readTo, clock.now() - CHANGING_MS) : saved?.readTo;
		this.floor = Math.max(saved?.floor ?? 0, isChanged ? (this.readTo ?? 0) : 0);
		this.offers = new Offers(saved?.offers);
		this.delivered = saved?.delivered ?? [];
		this.told = new Told(this.delivered.map(([identity]) => identity));
		this.openJourneys = new Seen(200, Infinity, saved?.journeys);
		this.reached = new Seen(MOST_SAVED, Infinity, saved?.reached);
	}

	get journeys(): string[] {
		return this.openJourneys.keys;
	}

	/** From here on the lists are to be read again. */
	get readFrom(): number {
		return Math.max((this.readTo ?? clock.now()) - OVERLAP_MS, this.floor);
	}

	/** History: known from now on, and never told. */
	note(changes: readonly Change[]) {
		for (const change of this.news(changes)) this.done(change);
	}

	/** Which of these were not told before, in the order given, each after what is now known to have come before it. */
	news(changes: readonly Change[]): Change[] {
		const news = this.told.news(changes, this.readTo);
		for (const { id, object, current } of news) {
			if (id === undefined || object !== 'journey') continue;
			if (current?.status === 'new' || current?.status === 'pending') this.openJourneys.keep(id);
			else this.openJourneys.forget(id);
		}
		return news;
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

	/** Whether an object may have been in its status before: a list does not tell, and what was told of it was that. */
	wasReached(change: Change): boolean {
		return change.previous === undefined && change.current !== undefined && this.reached.has(statusOf(change));
	}

	reach(change: Change) {
		if (change.current !== undefined) this.reached.keep(statusOf(change));
	}

	/** The lists have been read up to the last of these. */
	advance(changes: readonly Change[]) {
		for (const { at = 0 } of changes) this.readTo = Math.max(this.readTo ?? 0, at);
	}

	saved(): SavedJournal {
		const underWay = Math.min(...this.underWay.values());
		const readTo = Math.min(this.readTo ?? 0, underWay);
		const recent = this.delivered.filter(([, at]) => at >= readTo - OVERLAP_MS).sort(([, one], [, other]) => one - other);
		this.delivered = recent.slice(-MOST_SAVED);
		const cut = recent.length > MOST_SAVED ? this.delivered[0][1] + 1 : 0;
		const floor = Math.min(Math.max(this.floor, cut), underWay);
		const { delivered, journeys, waitedFor } = this;
		return { readTo, floor, delivered, journeys, reached: this.reached.keys, offers: this.offers.saved, waitedFor };
	}
}
