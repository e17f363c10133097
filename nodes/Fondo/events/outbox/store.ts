import type { ITriggerFunctions } from 'n8n-workflow';
import { clock } from '../../../shared/core/clock';
import type { ClientFeed } from '../changes/clientFeed';
import type { Journal } from './journal';
import type { SavedJournal, TriggerStaticData } from './savedJournal';
import { readJournals, savedSince, writeJournals } from './savedJournal';

/**
 * n8n writes the journals of all clients together. So the interval between two saves grows with their size: what n8n writes in a second
 * does not grow with the number of clients. After a crash in between, n8n drops repeated events by their key.
 */
const SAVE_EVERY_MS = 250;
const BYTES_PER_MS = 25;
/** So much of the time to come may be used for changes that cannot wait. */
const URGENT_AHEAD_MS = 5_000;

/**
 * The journals of closed triggers, by workflow, node and client. n8n writes static data to its database only with the next event, but
 * opens the changed workflow's trigger at once.
 */
export const ofClosedTriggers = new Map<string, { readonly journal: Journal; readonly closedAt: number }>();

/** The journals of a streaming trigger, in the static data of its node. */
export class JournalStore {
	private readonly staticData: TriggerStaticData;
	private readonly key: string;
	private nextSaveAt = 0;

	constructor(context: ITriggerFunctions) {
		this.staticData = context.getWorkflowStaticData('node');
		this.key = `${context.getWorkflow().id} ${context.getNode().id}`;
	}

	/** What this process knows, unless another one has had the trigger since. */
	of(clientId: string): SavedJournal | undefined {
		const closed = ofClosedTriggers.get(`${this.key} ${clientId}`);
		return closed !== undefined && closed.closedAt >= (this.staticData.savedAt ?? 0)
			? closed.journal.saved()
			: readJournals(this.staticData)?.[clientId];
	}

	/** Puts the journals in the static data; n8n writes them to its database when the trigger asks it to start an execution. */
	save(feeds: readonly ClientFeed[]) {
		const started = feeds.filter(({ journal }) => journal.highWatermark !== undefined);
		const since = savedSince(started.map(({ journal }) => journal));
		const saved = started.map(({ clientId, journal }) => [clientId, journal.saved(since)]);
		const written = writeJournals(this.staticData, Object.fromEntries(saved));
		this.nextSaveAt = Math.max(this.nextSaveAt, clock.now()) + Math.max(SAVE_EVERY_MS, written / BYTES_PER_MS);
	}

	/** How long the next save waits, in milliseconds; not positive when it is due. */
	waitMs = (isUrgent: boolean) => this.nextSaveAt - clock.now() - (isUrgent ? URGENT_AHEAD_MS : 0);

	/** Keeps the journals for the trigger that replaces this one in the same process. */
	close(feeds: readonly ClientFeed[]) {
		this.save(feeds);
		for (const { clientId, journal } of feeds) ofClosedTriggers.set(`${this.key} ${clientId}`, { journal, closedAt: clock.now() });
	}
}
