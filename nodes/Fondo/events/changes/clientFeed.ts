import type { SendRequest } from '../../../shared/http/request';
import { clock } from '../../../shared/core/clock';
import type { Change } from './change';
import type { SavedJournal } from '../delivery/journal';
import { Journal, OVERLAP_MS } from '../delivery/journal';
import type { ReadResult } from './lists';
import { changesSince, timeAt } from './lists';
import type { EventFilter } from './eventFilter';
import { isWanted, objectsToRead } from './eventFilter';

/** What is known of one client, and the way to learn what is new. */
export class ClientFeed {
	readonly journal: Journal;

	constructor(
		readonly clientId: string,
		private readonly wanted: EventFilter,
		saved?: SavedJournal,
	) {
		this.journal = new Journal(saved);
	}

	/** Fails when Fondo does not let us in. The first time, all that is there becomes history: nothing of it is news. */
	async begin(send: SendRequest) {
		if (this.journal.highWatermark === undefined) await this.makeHistory(send);
		else await timeAt(send);
	}

	private async makeHistory(send: SendRequest) {
		const { journal } = this;
		const asked = clock.now();
		// Who cannot be asked now can tell later what happened from now on.
		const now =
			(await timeAt(send).catch(async (error: unknown) => {
				journal.startAt(asked);
				return await Promise.reject(error);
			})) ?? asked;
		const { changes } = await this.since(send, now - OVERLAP_MS, now);
		journal.note(changes);
		journal.highWatermark = now;
	}

	/** All that the lists tell since they were read last; some of it known. */
	async read(send: SendRequest): Promise<ReadResult> {
		const { readFrom, highWatermark = clock.now() } = this.journal;
		return await this.since(send, readFrom, highWatermark);
	}

	private async since(send: SendRequest, readFrom: number, readTo: number) {
		const { clientId, wanted, journal } = this;
		return await changesSince(send, { clientId, objects: objectsToRead(wanted), readFrom, readTo, journeys: journal.journeys });
	}

	/** What is new of these and waited for; from now on it is under way to n8n. */
	take(changes: readonly Change[]): Change[] {
		const { journal, wanted } = this;
		const isNews = (change: Change) => isWanted(wanted, change) && !(wanted.statuses.length > 0 && journal.wasReached(change));
		const news = journal.news(changes).filter(isNews);
		for (const change of news) journal.handOver(change);
		return news;
	}

	/** n8n has it. */
	done(change: Change) {
		this.journal.done(change);
		if (this.wanted.statuses.length > 0) this.journal.reach(change);
	}
}
