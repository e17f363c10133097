import { clock } from '../../../shared/core/clock';
import { SeenKeys } from '../../../shared/core/seenKeys';
import type { Change } from '../changes/change';
import { creationOf, identityOf, inWholeSeconds, isEndedJourney, isIn, isListed } from '../changes/change';
import { Interrupted } from './interrupted';
import { inOrderAfter, KnownObjects } from './objects';
import type { SavedJournal } from './savedJournal';
import { savedSince, unlessEmpty } from './savedJournal';

/** A row can become visible later than its modifiedDate says. Fondo does not document how much later; five minutes is our estimate. */
export const OVERLAP_MS = 300_000;
const MOST_QUEUED = 100;
/** Room for at least twice the largest read: a key evicted within the re-read overlap would be emitted a second time. */
const LEAST_SEEN = 100_000;

/** A change on its way to n8n, and the batch with which it went. */
interface OnTheWay {
	readonly change: Change;
	readonly batch?: string[];
}

/** What was delivered of one client. It lets each change through once, and the changes of each object in order. */
export class Journal {
	/** Identities of changes that were delivered or are on their way. */
	private readonly seen: SeenKeys;
	readonly objects: KnownObjects;
	private readonly onTheWay = new Map<string, OnTheWay>();
	/** The IDs of journeys that are still open. */
	readonly journeys: SeenKeys;
	private readonly interrupted: Interrupted;
	private lowWatermark: number;
	/** `delivered` is incomplete before this time because older entries were evicted. */
	private evictedBefore = 0;
	delivered: Array<[identity: string, at: number]>;
	/** How far Fondo's clock is ahead of n8n's, in milliseconds. */
	aheadMs = 0;
	private streamHasFractions = false;
	/** Undefined before the first read: until then no change is new. */
	highWatermark: number | undefined;
	/** The time of publishing by n8n's clock, until what existed then is known. */
	publishedAt: number | undefined;

	constructor(saved?: SavedJournal) {
		const { readTo, floor = 0, delivered = [], offers, queued } = saved ?? {};
		this.highWatermark = readTo;
		this.publishedAt = saved?.publishedAt;
		// The lists were read up to `readTo`. A stream that replays what was before repeats what is known.
		this.lowWatermark = Math.max(floor, (readTo ?? 0) - OVERLAP_MS);
		this.delivered = delivered;
		const identities = delivered.map(([identity]) => identity);
		this.seen = new SeenKeys(LEAST_SEEN, Infinity, identities);
		this.journeys = new SeenKeys(200, Infinity, saved?.journeys);
		this.objects = new KnownObjects(saved?.reached, saved?.sent);
		this.interrupted = new Interrupted(offers, queued);
	}

	/** From this time on the lists must be read again; milliseconds since 1970. */
	get readFrom(): number {
		const from = (this.highWatermark ?? clock.now()) - OVERLAP_MS;
		return this.interrupted.identities.size > 0 ? from : Math.max(from, this.lowWatermark);
	}

	/** When it happened, by Fondo's clock. The frame of a deletion has no date. */
	private timeOf = ({ at, receivedAt = clock.now() }: Change) => at ?? receivedAt + this.aheadMs;

	/** The lists count as read up to this time, and no change before is new. */
	startAt(time: number) {
		this.highWatermark = this.lowWatermark = time;
	}

	/** Marks changes as known without delivering them. */
	addHistory(changes: readonly Change[]) {
		for (const change of this.take(changes, () => true, -Infinity)) this.confirm(change);
	}

	/**
	 * The wanted changes that were not delivered before, in the given order. Until `confirm` they are on their way, and a restart delivers
	 * them again. Only they count as seen: what the filter leaves out may come in another form that passes it.
	 */
	take(changes: readonly Change[], isWanted: (change: Change) => boolean = () => true, floor = this.lowWatermark): Change[] {
		this.seen.ensureCapacity(2 * changes.length);
		return changes.flatMap((shown) => {
			const change = this.asHeard(shown);
			const before = this.objects.missedBefore(change, this.highWatermark);
			return [...(before ? [before] : []), change].flatMap((one) => this.takeOne(one, isWanted, floor));
		});
	}

	/** A stream may write whole seconds where the lists write milliseconds: then a row is the change that the stream has shown. */
	private asHeard(change: Change): Change {
		if (change.source === 'stream' && (change.at ?? 0) % 1_000 > 0) this.streamHasFractions = true;
		if (change.source !== 'catchUp' || this.streamHasFractions) return change;
		const heard = inWholeSeconds(change);
		const identity = identityOf(heard);
		return this.seen.has(identity) || this.interrupted.identities.has(identity) ? heard : change;
	}

	private takeOne(change: Change, isWanted: (change: Change) => boolean, floor: number): Change[] {
		const identity = identityOf(change);
		const isOld = change.at !== undefined && change.at < floor && !isIn(this.interrupted.identities, change, identity);
		const known = isOld || isIn(this.seen, change, identity) ? undefined : this.objects.follow(change);
		if (known === undefined) return [];
		const next = { ...known, createdInGap: known.createdInGap && !isIn(this.seen, creationOf(known)) };
		const wanted = isWanted(next);
		const hasEnded = isEndedJourney(next);
		// A journey that has ended must still be read until its end is delivered.
		if (next.object === 'journey' && next.id !== undefined && (wanted || !hasEnded)) this.journeys.keep(next.id);
		else if (hasEnded) this.journeys.forget(next.id ?? '');
		if (!wanted) return [];
		this.objects.delivered(next);
		this.seen.keep(identity);
		this.onTheWay.set(identity, { change: next });
		return [next];
	}

	/** Changes that go to n8n together. If n8n dies before it confirms them, they must go together again: n8n recognizes an execution by them. */
	startBatch(changes: readonly Change[], batch: string[]) {
		for (const change of changes) this.onTheWay.set(identityOf(change), { change, batch });
		this.objects.send(changes);
	}

	/** n8n has started an execution for this change. */
	confirm(change: Change) {
		const at = this.timeOf(change);
		this.objects.confirm(change);
		this.onTheWay.delete(identityOf(change));
		this.delivered.push([identityOf(change), at]);
		if (change.createdInGap) this.delivered.push([identityOf(creationOf(change)), at]);
		if (isEndedJourney(change)) this.journeys.forget(change.id ?? '');
	}

	/** What was on its way when n8n died and no list shows. Returns it once. */
	takeQueued(): Change[] {
		return this.interrupted.takeQueued();
	}

	/** The batches that were on their way when n8n died, with their changes among the given ones. They are on their way again. */
	takeInterrupted(changes: readonly Change[]): Array<{ batch: string[]; members: Change[] }> {
		const batches = this.interrupted.takeBatches(changes);
		for (const { batch, members } of batches) this.startBatch(members, batch);
		return batches;
	}

	/** The changes that may follow an interrupted batch. One is dropped if the batch has a newer state of its object. */
	dropOlder(changes: readonly Change[], batch: readonly Change[]): Change[] {
		const kept = new Set(inOrderAfter(batch, changes));
		for (const change of changes) if (!kept.has(change)) this.onTheWay.delete(identityOf(change));
		return [...kept];
	}

	/** @param readAt Fondo's time when the read of these changes began; without it the newest date among the changes is used */
	advance(changes: readonly Change[], readAt: number | undefined) {
		for (const { at = 0 } of readAt === undefined ? changes : [{ at: readAt }]) this.highWatermark = Math.max(this.highWatermark ?? 0, at);
	}

	/** @param since evicts what was delivered before */
	saved(since = savedSince([this])): SavedJournal {
		const offers = new Set(this.interrupted.batches);
		let oldestOnTheWay = Infinity;
		let oldestQueued = Infinity;
		const unlisted = [...this.interrupted.queued];
		for (const { change, batch } of this.onTheWay.values()) {
			if (batch) offers.add(batch);
			if (!isListed(change)) unlisted.push(change);
			else oldestOnTheWay = Math.min(oldestOnTheWay, this.timeOf(change));
			if (!batch) oldestQueued = Math.min(oldestQueued, this.timeOf(change));
		}
		const readTo = Math.min(this.highWatermark ?? 0, oldestOnTheWay);
		// Twice the overlap, because the time of a deletion is not exact.
		const recent = this.delivered.filter(([, at]) => at >= readTo - 2 * OVERLAP_MS);
		this.delivered = recent.filter(([, at]) => at >= since);
		// A queued change must stay above the low watermark. A change in a pending batch may fall below it: its batch names it.
		for (const [, at] of recent) if (at < since) this.evictedBefore = Math.max(this.evictedBefore, Math.min(at + 1, oldestQueued));
		const floor = Math.max(this.lowWatermark, this.evictedBefore);
		return {
			readTo,
			floor: floor > readTo - OVERLAP_MS ? floor : undefined,
			delivered: unlessEmpty(this.delivered),
			journeys: unlessEmpty(this.journeys.keys),
			reached: unlessEmpty(this.objects.statuses),
			offers: unlessEmpty([...offers]),
			queued: unlessEmpty(unlisted.slice(-MOST_QUEUED)),
			sent: unlessEmpty(this.objects.sentSince(Math.max(floor, readTo - OVERLAP_MS))),
			publishedAt: this.publishedAt,
		};
	}
}
