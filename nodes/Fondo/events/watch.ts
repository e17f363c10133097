import type { Send } from '../../shared/transport/call';
import { clock } from '../../shared/transport/clock';
import type { Change } from './change';
import type { SavedJournal } from './journal';
import { Journal, OVERLAP_MS } from './journal';
import type { WhatWasRead } from './lists';
import { changesSince, timeAt } from './lists';
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
		this.journal = new Journal(saved);
	}

	/** Fails when Fondo does not let us in. The first time, all that is there becomes history: nothing of it is news. */
	async begin(send: Send) {
		if (this.journal.readTo === undefined) await this.makeHistory(send);
		else await timeAt(send);
	}

	private async makeHistory(send: Send) {
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
		journal.readTo = now;
	}

	/** All that the lists tell since they were read last; some of it known. */
	async read(send: Send): Promise<WhatWasRead> {
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
