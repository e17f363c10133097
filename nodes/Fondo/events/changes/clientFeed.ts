import { clock } from '../../../shared/core/clock';
import type { SendRequest } from '../../../shared/http/request';
import type { SavedJournal } from '../delivery/journal';
import { Journal, OVERLAP_MS } from '../delivery/journal';
import type { Change } from './change';
import type { EventFilter } from './eventFilter';
import { matches, objectsToRead } from './eventFilter';
import type { ReadResult } from './lists';
import { changesSince, fondoTime } from './lists';

/** The changes of one client: reads the lists, removes duplicates, filters, and records in the journal what was delivered. */
export class ClientFeed {
	readonly journal: Journal;

	constructor(
		readonly clientId: string,
		private readonly filter: EventFilter,
		saved?: SavedJournal,
	) {
		this.journal = new Journal(saved);
	}

	/** Rejects when Fondo refuses the credential. The first time, every existing object becomes history and starts no execution. */
	async start(send: SendRequest) {
		if (this.journal.highWatermark === undefined) await this.readHistory(send);
		else await fondoTime(send);
	}

	private async readHistory(send: SendRequest) {
		const { journal } = this;
		const askedAt = clock.now();
		// If Fondo does not answer now, a later start still reports every change from this moment on.
		const now =
			(await fondoTime(send).catch(async (error: unknown) => {
				journal.startAt(askedAt);
				return await Promise.reject(error);
			})) ?? askedAt;
		const { changes } = await this.changesSince(send, now - OVERLAP_MS, now);
		journal.addHistory(changes);
		journal.highWatermark = now;
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
		const isWanted = (change: Change) => matches(filter, change) && !(filter.statuses.length > 0 && journal.hasLastStatus(change));
		const taken = journal.unseen(changes).filter(isWanted);
		for (const change of taken) journal.startDelivery(change);
		return taken;
	}

	/** n8n has started an execution for this change. */
	confirm(change: Change) {
		this.journal.confirmDelivery(change);
		if (this.filter.statuses.length > 0) this.journal.setLastStatus(change);
	}
}
