import type { Send } from '../../shared/transport/call';
import { clock } from '../../shared/transport/clock';
import type { Change } from './change';
import type { SavedJournal } from './journal';
import { Journal, OVERLAP_MS } from './journal';
import { changesSince, readClient } from './lists';
import type { Wanted } from './wanted';
import { isWanted, objectsToRead } from './wanted';

/** What is known of one client, and the way to learn what is new. */
export class Watch {
	readonly journal: Journal;

	constructor(
		readonly clientId: string,
		private readonly wanted: Wanted,
		saved?: SavedJournal,
	) {
		this.journal = new Journal(JSON.stringify(wanted), saved);
	}

	/** Fails when Fondo does not let us in. The first time, all that is there becomes history: nothing of it is news. */
	async begin(send: Send) {
		const { journal, clientId } = this;
		const { now = clock.now() } = await readClient(send, clientId);
		if (journal.readTo !== undefined) return;
		const history = await this.since(send, now - OVERLAP_MS, now);
		journal.note(history);
		journal.readTo = now;
		journal.advance(history);
	}

	/** All that the lists tell since they were read last; some of it known. */
	async read(send: Send): Promise<Change[]> {
		const { readFrom, readTo = clock.now() } = this.journal;
		return await this.since(send, readFrom, readTo);
	}

	private async since(send: Send, readFrom: number, readTo: number) {
		const { clientId, wanted, journal } = this;
		return await changesSince(send, { clientId, objects: objectsToRead(wanted), readFrom, readTo, journeys: journal.journeys });
	}

	/** What is new of these and waited for; from now on it is under way to n8n. */
	take(changes: readonly Change[]): Change[] {
		const { journal, wanted } = this;
		const isKnown = (change: Change) => wanted.statuses.length > 0 && journal.wasReached(change);
		const news = journal.news(changes).filter((change) => isWanted(wanted, change) && !isKnown(change));
		for (const change of news) journal.handOver(change);
		return news;
	}

	/** n8n has it. */
	done(change: Change) {
		this.journal.done(change);
		if (this.wanted.statuses.length > 0) this.journal.reach(change);
	}
}
