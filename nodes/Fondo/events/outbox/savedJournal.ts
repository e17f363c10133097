import type { Change } from '../changes/change';

/**
 * The journal as n8n stores it with the workflow. Its keys never change, because workflows of 0.1.0 have them stored.
 * A type, not an interface: n8n requires an index signature. Times are milliseconds since 1970.
 */
export type SavedJournal = {
	/** High watermark: the lists were read up to here, and every change before was delivered. */
	readTo: number;
	/** Low watermark: every change before was delivered, except pending batches; its keys are no longer stored. */
	floor: number;
	/** Identities of delivered changes and the time of each change; the newest last. */
	delivered: Array<[identity: string, at: number]>;
	/** IDs of journeys that are still open. They must be read one by one because Fondo has no list of journeys. */
	journeys: string[];
	/** The status of each object when it last started an execution. 0.1.0 stored the ID alone. */
	reached: Array<[object: string, status: string]>;
	/** Pending batches: identities of changes that went to n8n together and are not confirmed. */
	offers: string[][];
	/** Changes on their way that no list shows. */
	queued?: Change[];
};
