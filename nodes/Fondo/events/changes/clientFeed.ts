import { clock } from '../../../shared/core/clock';
import type { SendRequest } from '../../../shared/http/request';
import type { SavedJournal } from '../outbox/savedJournal';
import { Journal, OVERLAP_MS } from '../outbox/journal';
import type { Change } from './change';
import type { EventFilter } from './eventFilter';
import { matches, objectsToRead } from './eventFilter';
import type { ReadResult } from './lists';
import { changesSince, fondoTime } from './lists';

const SECOND = 1_000;

/** The changes of one client: reads the lists, removes duplicates, filters, and records in the journal what was delivered. */
export class ClientFeed {
	readonly journal: Journal;
	private readonly stopping = new AbortController();
	/** Fires when the trigger is closed. Each client has its own, because Node.js warns of a signal with more than ten listeners. */
	readonly signal = this.stopping.signal;

	constructor(
		readonly clientId: string,
		private readonly filter: EventFilter,
		saved?: SavedJournal,
	) {
		this.journal = new Journal(saved);
	}

	stop() {
		this.stopping.abort();
	}

	/** The time of publishing, unless the feed continues an earlier one: every later change is new, even if Fondo answers only in a while. */
	begin() {
		const { journal } = this;
		if (journal.highWatermark === undefined) journal.startAt((journal.publishedAt = clock.now()));
	}

	/** Rejects when Fondo refuses the credential. `isPublishing`: as for `readLists`. */
	async start(send: SendRequest, isPublishing = false) {
		this.begin();
		// What changed since the publishing is read again after the connection.
		await (this.journal.publishedAt === undefined ? this.learnTime(send) : this.readLists(send, isPublishing));
	}

	private async learnTime(send: SendRequest): Promise<number | undefined> {
		const time = await fondoTime(send);
		this.journal.aheadMs = (time ?? clock.now()) - clock.now();
		return time;
	}

	/**
	 * All changes in the lists since the last read, with an overlap: some of them were delivered before. What existed at the time of
	 * publishing is history and starts no execution. It is read until Fondo has answered each list once.
	 * @param isPublishing the user publishes now: all that Fondo shows is history, also where n8n is slow
	 */
	async readLists(send: SendRequest, isPublishing = false): Promise<ReadResult> {
		const { journal, clientId, filter } = this;
		const { publishedAt } = journal;
		const waitedMs = clock.now() - (publishedAt ?? 0);
		const readAt = await this.learnTime(send);
		const now = clock.now() + journal.aheadMs;
		// The clocks of Fondo and n8n may differ.
		if (publishedAt !== undefined) journal.startAt(publishedAt + journal.aheadMs);
		const { highWatermark: readTo = now, journeys } = journal;
		const readFrom = publishedAt === undefined ? journal.readFrom : readTo - OVERLAP_MS;
		const read = await changesSince(send, { clientId, objects: objectsToRead(filter), readFrom, readTo, journeys: journeys.keys });
		if (publishedAt === undefined) return { ...read, readAt };
		// What changed while the feed waited for its turn is new. Fondo tells its time in whole seconds, and its dates may be ahead of it.
		const newFrom = isPublishing || waitedMs < SECOND ? Infinity : now - waitedMs + SECOND;
		journal.addHistory(read.changes.filter(({ at = 0 }) => at < newFrom));
		if (read.unread.length === 0) journal.publishedAt = undefined;
		return { ...read, readAt, changes: read.changes.filter(({ at = 0 }) => at >= newFrom) };
	}

	/** The changes that are new and match the filter. From now until `confirm` they count as on their way to n8n. */
	take(changes: readonly Change[]): Change[] {
		const { journal, filter } = this;
		return journal.take(
			changes,
			(change) => matches(filter, change) && !(filter.statuses.length > 0 && journal.objects.hasReached(change)),
		);
	}

	/** n8n has started an execution for this change. */
	confirm(change: Change) {
		this.journal.confirm(change);
		if (this.filter.statuses.length > 0) this.journal.objects.setReached(change);
	}
}
