import type { ITriggerFunctions } from 'n8n-workflow';
import { clock } from '../../../shared/core/clock';
import type { SavedJournal } from './journal';
import type { ClientFeed } from '../changes/clientFeed';

export type Journals = Record<string, SavedJournal>;

/** What n8n keeps with the workflow. Of every list and object in it n8n makes an observed one for each execution; a text costs it nothing. */
export interface Kept {
	journals?: string;
}

export const journalsIn = ({ journals }: Kept): Journals | undefined =>
	journals === undefined ? undefined : (JSON.parse(journals) as Journals);

export function keepJournals(kept: Kept, journals: Journals) {
	kept.journals = JSON.stringify(journals);
}

/** In a flood the journals are written now and then: what is told again after a crash for it, n8n knows by its key. */
const SAVING_MS = 250;

/** What triggers knew when they were closed: n8n stores that only with the next event, and a changed workflow opens another at once. */
const lately = new Map<string, Journals>();

const newest = (one: SavedJournal | undefined, other: SavedJournal | undefined) =>
	one !== undefined && (other === undefined || one.readTo > other.readTo) ? one : other;

/** The journals of a trigger, as n8n keeps them with the workflow. */
export class JournalStore {
	private readonly kept: Kept;
	private readonly key: string;
	private savedAt = 0;

	constructor(context: ITriggerFunctions) {
		this.kept = context.getWorkflowStaticData('node');
		this.key = `${context.getWorkflow().id} ${context.getNode().id}`;
	}

	of(clientId: string): SavedJournal | undefined {
		return newest(lately.get(this.key)?.[clientId], journalsIn(this.kept)?.[clientId]);
	}

	/** n8n stores them when it is asked to start an execution. */
	save(watches: readonly ClientFeed[]): Journals {
		this.savedAt = clock.now();
		const begun = watches.filter(({ journal }) => journal.highWatermark !== undefined);
		const journals = Object.fromEntries(begun.map(({ clientId, journal }) => [clientId, journal.saved()]));
		keepJournals(this.kept, journals);
		return journals;
	}

	saveUnlessJustSaved(watches: readonly ClientFeed[]) {
		if (clock.now() - this.savedAt >= SAVING_MS) this.save(watches);
	}

	/** For the trigger that may take over in this process. */
	leave(watches: readonly ClientFeed[]) {
		lately.set(this.key, this.save(watches));
	}
}
