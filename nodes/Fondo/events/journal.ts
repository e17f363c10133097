import { keepNewest, Seen } from '../../shared/events/seen';
import { clock } from '../../shared/transport/clock';
import type { Change } from './change';
import { creationOf, identityOf } from './change';
import { Offers } from './offers';
import { Told } from './told';

/** What outlives a restart, as n8n keeps it with the workflow. A type, not an interface: n8n wants an index signature. */
export type SavedJournal = {
	/** Up to here the lists were read and everything has arrived; ms since 1970. */
	readTo: number;
	/** What was before has arrived, but for the offers: more has since then than is kept here. */
	floor: number;
	/** Identities that were handed over, and since when the object is so; the newest last. */
	delivered: Array<[identity: string, at: number]>;
	/** IDs of journeys that have not ended: Fondo has no list in which to look for them. */
	journeys: string[];
	/** In which status an object was told of last. */
	reached: Array<[id: string, status: string]>;
	/** Identities that went to n8n together and have not arrived for sure. */
	offers: string[][];
};

/** Rows can become visible later than their modifiedDate says; how much later is not documented. */
export const OVERLAP_MS = 120_000;
/** n8n writes the saved journal with every event. */
const MOST_SAVED = 1_000;

/** What was told of one client: each change once, and the changes of each object in order. */
export class Journal {
	private readonly told: Told;
	private readonly underWay = new Map<string, number>();
	private readonly openJourneys: Seen;
	private readonly reached: Map<string, string>;
	private readonly uncertain: ReadonlySet<string>;
	private floor: number;
	/** Before this not all that has arrived is in `delivered` any more. */
	private cut = 0;
	private delivered: Array<[string, number]>;
	readonly offers: Offers;
	/** Undefined before the first reading: then nothing is news yet. */
	readTo: number | undefined;

	constructor(saved?: SavedJournal) {
		this.readTo = saved?.readTo;
		this.floor = saved?.floor ?? 0;
		this.offers = new Offers(saved?.offers);
		this.delivered = saved?.delivered ?? [];
		this.uncertain = new Set(saved?.offers.flat());
		this.told = new Told(this.delivered.map(([identity]) => identity));
		this.openJourneys = new Seen(200, Infinity, saved?.journeys);
		this.reached = new Map(saved?.reached);
	}

	get journeys(): string[] {
		return this.openJourneys.keys;
	}

	/** From here on the lists are to be read again. */
	get readFrom(): number {
		const from = (this.readTo ?? clock.now()) - OVERLAP_MS;
		return this.uncertain.size > 0 ? from : Math.max(from, this.floor);
	}

	/** Nothing before this is news. */
	startAt(time: number) {
		this.readTo = time;
		this.floor = time;
	}

	/** History: known from now on, and never told. */
	note(changes: readonly Change[]) {
		for (const change of this.news(changes)) this.done(change);
	}

	/** Which of these were not told before, in the order given, each after what is now known to have come before it. */
	news(changes: readonly Change[]): Change[] {
		// Only a list tells of what is long past.
		const isOld = ({ source, at }: Change) => source === 'catchUp' && at !== undefined && at < this.floor;
		const news = this.told.news(changes, this.readTo).filter((change) => !isOld(change) || this.uncertain.has(identityOf(change)));
		for (const { id, object, current } of news) {
			if (id === undefined) continue;
			if (this.reached.get(id) !== String(current?.status)) this.reached.delete(id);
			if (object !== 'journey') continue;
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
		const at = change.at ?? clock.now();
		this.underWay.delete(identityOf(change));
		this.delivered.push([identityOf(change), at]);
		if (change.madeInGap) this.delivered.push([creationOf(change), at]);
	}

	/** Whether an object was in its status before, as far as is known: a list does not tell. */
	wasReached({ id, previous, current }: Change): boolean {
		return id !== undefined && previous === undefined && current !== undefined && this.reached.get(id) === String(current.status);
	}

	reach({ id, current }: Change) {
		if (id !== undefined && current !== undefined) keepNewest(this.reached, id, String(current.status), MOST_SAVED);
	}

	/** Fondo's time when the reading of these began. Where Fondo tells no time, the dates of what was read have to do. */
	advance(changes: readonly Change[], readAt: number | undefined) {
		const times = readAt === undefined ? changes.map(({ at = 0 }) => at) : [readAt];
		for (const time of times) this.readTo = Math.max(this.readTo ?? 0, time);
	}

	saved(): SavedJournal {
		const offered = new Set(this.offers.saved.flat());
		let underWay = Infinity;
		let waiting = Infinity;
		for (const [identity, at] of this.underWay) {
			underWay = Math.min(underWay, at);
			if (!offered.has(identity)) waiting = Math.min(waiting, at);
		}
		const readTo = Math.min(this.readTo ?? 0, underWay);
		const recent = this.delivered.filter(([, at]) => at >= readTo - OVERLAP_MS).sort(([, one], [, other]) => one - other);
		this.delivered = recent.slice(-MOST_SAVED);
		// What waits its turn is not settled; what is on its way n8n will know again by its offer.
		if (recent.length > MOST_SAVED) this.cut = Math.max(this.cut, Math.min(this.delivered[0][1] + 1, waiting));
		const { delivered, journeys } = this;
		return { readTo, floor: Math.max(this.floor, this.cut), delivered, journeys, reached: [...this.reached], offers: this.offers.saved };
	}
}
