import { clock } from '../../../shared/core/clock';
import type { Change } from '../changes/change';

/**
 * The journal as n8n stores it with the workflow. Its keys never change, because workflows of 0.1.0 have them stored.
 * A type, not an interface: n8n requires an index signature. Times are milliseconds since 1970.
 */
export type SavedJournal = {
	/** High watermark: the lists were read up to here, and every change before was delivered. */
	readTo: number;
	/**
	 * Low watermark: every change before was delivered, except pending batches; its keys are no longer stored. Not stored where the
	 * overlap of the next read begins later.
	 */
	floor?: number;
	/** Identities of delivered changes and the time of each change. */
	delivered?: Array<[identity: string, at: number]>;
	/** IDs of journeys that are still open. They must be read one by one because Fondo has no list of journeys. */
	journeys?: string[];
	/** The status of each object when it last started an execution. 0.1.0 stored the ID alone. */
	reached?: Array<[object: string, status: string]>;
	/** Pending batches: identities of changes that went to n8n together and are not confirmed. */
	offers?: string[][];
	/** Changes on their way that no list shows. */
	queued?: Change[];
	/** How far the changes of each object have gone to n8n. */
	sent?: Array<[object: string, at: number]>;
	/** The time of publishing by n8n's clock, until what existed then is known. */
	publishedAt?: number;
};

/** n8n writes the journals of all clients of a trigger together, so they must be small. */
const MOST_SAVED = 1_000;

/** The journals together save no more changes than the most, the newest: those since this time. */
export function savedSince(journals: ReadonlyArray<{ readonly delivered: ReadonlyArray<[identity: string, at: number]> }>): number {
	const newestFirst = journals.flatMap(({ delivered }) => delivered.map(([, at]) => at)).sort((one, other) => other - one);
	return (newestFirst[MOST_SAVED] ?? -Infinity) + 1;
}

/** What is empty is not stored. */
export const unlessEmpty = <T>(list: T[]) => (list.length > 0 ? list : undefined);

/** The journals of one trigger, by client ID. */
export type Journals = Record<string, SavedJournal>;

/**
 * The static data that n8n stores with the workflow: the journals as one JSON string. n8n wraps every nested object of static data in a
 * change-tracking proxy on each execution; a string avoids that cost.
 */
export interface TriggerStaticData {
	journals?: string;
	/** When they were saved, by n8n's clock. */
	savedAt?: number;
}

export const readJournals = ({ journals }: TriggerStaticData): Journals | undefined =>
	journals === undefined ? undefined : (JSON.parse(journals) as Journals);

/** Returns the number of characters. */
export function writeJournals(staticData: TriggerStaticData, journals: Journals): number {
	staticData.savedAt = clock.now();
	staticData.journals = JSON.stringify(journals);
	return staticData.journals.length;
}
