import { keepNewest, SeenKeys } from '../../../shared/core/seenKeys';
import { clock } from '../../../shared/core/clock';
import type { Change } from '../changes/change';
import { creationOf, identityOf } from '../changes/change';
import { PendingBatches } from './pendingBatches';
import { ChangeDeduplicator } from '../changes/changeDeduplicator';

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
	private readonly deduplicator: ChangeDeduplicator;
	private readonly underWay = new Map<string, number>();
	private readonly openJourneys: SeenKeys;
	private readonly lastStatus: Map<string, string>;
	private readonly uncertain: ReadonlySet<string>;
	private lowWatermark: number;
	/** Before this not all that has arrived is in `delivered` any more. */
	private evictedBefore = 0;
	private delivered: Array<[string, number]>;
	readonly pendingBatches: PendingBatches;
	/** Undefined before the first reading: then nothing is news yet. */
	highWatermark: number | undefined;

	constructor(saved?: SavedJournal) {
		this.highWatermark = saved?.readTo;
		this.lowWatermark = saved?.floor ?? 0;
		this.pendingBatches = new PendingBatches(saved?.offers);
		this.delivered = saved?.delivered ?? [];
		this.uncertain = new Set(saved?.offers.flat());
		this.deduplicator = new ChangeDeduplicator(this.delivered.map(([identity]) => identity));
		this.openJourneys = new SeenKeys(200, Infinity, saved?.journeys);
		this.lastStatus = new Map(saved?.reached);
	}

	get journeys(): string[] {
		return this.openJourneys.keys;
	}

	/** From here on the lists are to be read again. */
	get readFrom(): number {
		const from = (this.highWatermark ?? clock.now()) - OVERLAP_MS;
		return this.uncertain.size > 0 ? from : Math.max(from, this.lowWatermark);
	}

	/** Nothing before this is news. */
	startAt(time: number) {
		this.highWatermark = time;
		this.lowWatermark = time;
	}

	/** History: known from now on, and never told. */
	note(changes: readonly Change[]) {
		for (const change of this.news(changes)) this.done(change);
	}

	/** Which of these were not told before, in the order given, each after what is now known to have come before it. */
	news(changes: readonly Change[]): Change[] {
		// Only a list tells of what is long past.
		const isOld = ({ source, at }: Change) => source === 'catchUp' && at !== undefined && at < this.lowWatermark;
		const news = this.deduplicator
			.news(changes, this.highWatermark)
			.filter((change) => !isOld(change) || this.uncertain.has(identityOf(change)));
		for (const { id, object, current } of news) {
			if (id === undefined) continue;
			if (this.lastStatus.get(id) !== String(current?.status)) this.lastStatus.delete(id);
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
		return id !== undefined && previous === undefined && current !== undefined && this.lastStatus.get(id) === String(current.status);
	}

	reach({ id, current }: Change) {
		if (id !== undefined && current !== undefined) keepNewest(this.lastStatus, id, String(current.status), MOST_SAVED);
	}

	/** Fondo's time when the reading of these began. Where Fondo tells no time, the dates of what was read have to do. */
	advance(changes: readonly Change[], readAt: number | undefined) {
		const times = readAt === undefined ? changes.map(({ at = 0 }) => at) : [readAt];
		for (const time of times) this.highWatermark = Math.max(this.highWatermark ?? 0, time);
	}

	saved(): SavedJournal {
		const offered = new Set(this.pendingBatches.saved.flat());
		let underWay = Infinity;
		let waiting = Infinity;
		for (const [identity, at] of this.underWay) {
			underWay = Math.min(underWay, at);
			if (!offered.has(identity)) waiting = Math.min(waiting, at);
		}
		const readTo = Math.min(this.highWatermark ?? 0, underWay);
		const recent = this.delivered.filter(([, at]) => at >= readTo - OVERLAP_MS).sort(([, one], [, other]) => one - other);
		this.delivered = recent.slice(-MOST_SAVED);
		// What waits its turn is not settled; what is on its way n8n will know again by its offer.
		if (recent.length > MOST_SAVED) this.evictedBefore = Math.max(this.evictedBefore, Math.min(this.delivered[0][1] + 1, waiting));
		const { delivered, journeys } = this;
		return {
			readTo,
			floor: Math.max(this.lowWatermark, this.evictedBefore),
			delivered,
			journeys,
			reached: [...this.lastStatus],
			offers: this.pendingBatches.saved,
		};
	}
}
