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
	/** The time of the first start by n8n's clock, until Fondo tells its own time. */
	private startedAt: number | undefined;
	private isStarted = false;

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
		if (this.journal.highWatermark === undefined) this.journal.startAt((this.startedAt = clock.now()));
	}

	/** Rejects when Fondo refuses the credential. At the first time every object that exists becomes history and starts no execution. */
	async start(send: SendRequest) {
		const { journal } = this;
		this.begin();
		const isFirst = !this.isStarted;
		this.isStarted = true;
		const waitedMs = clock.now() - (this.startedAt ?? 0);
		const now = (await fondoTime(send)) ?? clock.now();
		journal.aheadMs = now - clock.now();
		if (this.startedAt === undefined) return;
		// The clocks of Fondo and n8n may differ.
		const started = now - (clock.now() - this.startedAt);
		journal.startAt(started);
		this.startedAt = undefined;
		if (!isFirst) return;
		const { changes } = await this.changesSince(send, started - OVERLAP_MS, started);
		journal.startAt(started, started - OVERLAP_MS);
		// What changed while the feed waited for its turn is new. Fondo tells its time in whole seconds, and its dates may be ahead of it.
		const hasWaited = waitedMs >= SECOND;
		journal.addHistory(hasWaited ? changes.filter(({ at = 0 }) => at < now - waitedMs + SECOND) : changes);
		// A list may show a change from before the publishing only now.
		journal.startAt(started);
	}

	/** All changes in the lists since the last read, with an overlap: some of them were delivered before. */
	async readLists(send: SendRequest): Promise<ReadResult> {
		const { readFrom, highWatermark = clock.now() } = this.journal;
		return await this.changesSince(send, readFrom, highWatermark);
	}

	private async changesSince(send: SendRequest, readFrom: number, readTo: number) {
		const { clientId, filter, journal } = this;
		return await changesSince(send, { clientId, objects: objectsToRead(filter), readFrom, readTo, journeys: journal.journeys });
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
