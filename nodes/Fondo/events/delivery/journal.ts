import { clock } from '../../../shared/core/clock';
import { keepNewest, SeenKeys } from '../../../shared/core/seenKeys';
import type { Change } from '../changes/change';
import { creationIdentityOf, identityOf } from '../changes/change';
import { ChangeDeduplicator } from '../changes/changeDeduplicator';
import { PendingBatches } from './pendingBatches';

/**
 * The journal as n8n stores it with the workflow. Its keys never change, because workflows of 0.1.0 have them stored.
 * A type, not an interface: n8n requires an index signature. Times are milliseconds since 1970.
 */
export type SavedJournal = {
	/** High watermark: the lists were read up to here, and every change before was delivered. */
	readTo: number;
	/** Low watermark: every change before was delivered, except pending batches; its keys are no longer stored. */
	floor: number;
	/** Identities of delivered changes and the time of each change; the newest last. */
	delivered: Array<[identity: string, at: number]>;
	/** IDs of journeys that are still open. They must be read one by one because Fondo has no list of journeys. */
	journeys: string[];
	/** The status of each object when it last started an execution. */
	reached: Array<[id: string, status: string]>;
	/** Pending batches: identities of changes that went to n8n together and are not confirmed. */
	offers: string[][];
};

/** A row can become visible later than its modifiedDate says. Fondo does not document how much later; two minutes is our estimate. */
export const OVERLAP_MS = 120_000;
/** n8n writes the saved journal to its database with every event, so it must stay small. */
const MOST_SAVED = 1_000;

/** What was delivered of one client. It lets each change through once, and the changes of each object in order. */
export class Journal {
	private readonly deduplicator: ChangeDeduplicator;
	private readonly inFlight = new Map<string, number>();
	private readonly openJourneys: SeenKeys;
	private readonly lastStatus: Map<string, string>;
	private readonly unconfirmed: ReadonlySet<string>;
	private lowWatermark: number;
	/** `delivered` is incomplete before this time because older entries were evicted. */
	private evictedBefore = 0;
	private delivered: Array<[string, number]>;
	readonly pendingBatches: PendingBatches;
	/** Undefined before the first read: until then no change is new. */
	highWatermark: number | undefined;

	constructor(saved?: SavedJournal) {
		this.highWatermark = saved?.readTo;
		this.lowWatermark = saved?.floor ?? 0;
		this.pendingBatches = new PendingBatches(saved?.offers);
		this.delivered = saved?.delivered ?? [];
		this.unconfirmed = new Set(saved?.offers.flat());
		this.deduplicator = new ChangeDeduplicator(this.delivered.map(([identity]) => identity));
		this.openJourneys = new SeenKeys(200, Infinity, saved?.journeys);
		this.lastStatus = new Map(saved?.reached);
	}

	get journeys(): string[] {
		return this.openJourneys.keys;
	}

	/** From this time on the lists must be read again; milliseconds since 1970. */
	get readFrom(): number {
		const from = (this.highWatermark ?? clock.now()) - OVERLAP_MS;
		return this.unconfirmed.size > 0 ? from : Math.max(from, this.lowWatermark);
	}

	/** No change before this time is new. */
	startAt(time: number) {
		this.highWatermark = time;
		this.lowWatermark = time;
	}

	/** Marks changes as known without delivering them. */
	addHistory(changes: readonly Change[]) {
		for (const change of this.unseen(changes)) this.confirmDelivery(change);
	}

	/** The changes that were not seen before, in the given order; a missed previous state is inserted before its change. */
	unseen(changes: readonly Change[]): Change[] {
		// Only a list contains changes from before the low watermark.
		const isOld = ({ source, at }: Change) => source === 'catchUp' && at !== undefined && at < this.lowWatermark;
		const unseen = this.deduplicator
			.unseen(changes, this.highWatermark)
			.filter((change) => !isOld(change) || this.unconfirmed.has(identityOf(change)));
		for (const { id, object, current } of unseen) {
			if (id === undefined) continue;
			if (this.lastStatus.get(id) !== String(current?.status)) this.lastStatus.delete(id);
			if (object !== 'journey') continue;
			if (current?.status === 'new' || current?.status === 'pending') this.openJourneys.keep(id);
			else this.openJourneys.forget(id);
		}
		return unseen;
	}

	/** Until `confirmDelivery`, a restart delivers this change again. */
	startDelivery(change: Change) {
		this.inFlight.set(identityOf(change), change.at ?? clock.now());
	}

	confirmDelivery(change: Change) {
		const at = change.at ?? clock.now();
		this.inFlight.delete(identityOf(change));
		this.delivered.push([identityOf(change), at]);
		if (change.createdInGap) this.delivered.push([creationIdentityOf(change), at]);
	}

	/** Whether the object had this status when it last started an execution. Asked only for rows of lists: they lack the previous state. */
	hasLastStatus({ id, previous, current }: Change): boolean {
		return id !== undefined && previous === undefined && current !== undefined && this.lastStatus.get(id) === String(current.status);
	}

	setLastStatus({ id, current }: Change) {
		if (id !== undefined && current !== undefined) keepNewest(this.lastStatus, id, String(current.status), MOST_SAVED);
	}

	/** @param readAt Fondo's time when the read of these changes began; without it the newest date among the changes is used */
	advance(changes: readonly Change[], readAt: number | undefined) {
		const times = readAt === undefined ? changes.map(({ at = 0 }) => at) : [readAt];
		for (const time of times) this.highWatermark = Math.max(this.highWatermark ?? 0, time);
	}

	saved(): SavedJournal {
		const batched = new Set(this.pendingBatches.saved.flat());
		let oldestInFlight = Infinity;
		let oldestQueued = Infinity;
		for (const [identity, at] of this.inFlight) {
			oldestInFlight = Math.min(oldestInFlight, at);
			if (!batched.has(identity)) oldestQueued = Math.min(oldestQueued, at);
		}
		const readTo = Math.min(this.highWatermark ?? 0, oldestInFlight);
		const recent = this.delivered.filter(([, at]) => at >= readTo - OVERLAP_MS).sort(([, one], [, other]) => one - other);
		this.delivered = recent.slice(-MOST_SAVED);
		// A queued change must stay above the low watermark. A change in a pending batch may fall below it: its batch names it.
		if (recent.length > MOST_SAVED) this.evictedBefore = Math.max(this.evictedBefore, Math.min(this.delivered[0][1] + 1, oldestQueued));
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
