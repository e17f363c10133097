import type { Memory } from './memory';

/** One run of a node, as n8n measured it. */
export interface NodeRun {
	readonly startTime: number;
	readonly executionTime: number;
	readonly items: number;
	/** Items that carry an error. */
	readonly failed: number;
}

/** An execution that ended. Times are in milliseconds since the epoch. */
export interface EndedExecution {
	readonly workflow: string;
	readonly status: string;
	readonly error?: string;
	readonly startedAt: number;
	readonly endedAt: number;
	/** When the event of the trigger happened, where its item says so. */
	readonly happenedAt?: number;
	readonly nodes: Readonly<Record<string, readonly NodeRun[]>>;
}

/** What a trigger handed to n8n. */
export interface HandedOver {
	readonly workflow: string;
	readonly at: number;
	readonly happenedAt?: number;
}

/** The answers of the probe by path. */
export interface ProbeAnswers {
	readonly '/begin': Memory;
	readonly '/end': { readonly peak: Memory; readonly atMark?: Memory };
	readonly '/mark': Memory;
	readonly '/ended': readonly EndedExecution[];
	readonly '/handed': readonly HandedOver[];
	/** Milliseconds. */
	readonly '/answering': readonly number[];
}

/** One kind of measurement of a workflow or of the raw loop: milliseconds, counts of items or calls, and bytes. */
export type RunFigures = {
	wall: number;
	ok: number;
	failed: number;
	/** What the heap holds at the end, beyond what it held before; 0 where it was not measured. */
	held: number;
	peakHeap: number;
	peakProcess: number;
};

/** What the raw loop does. */
export type RawJob =
	| {
			readonly job: 'calls';
			readonly count: number;
			readonly atOnce: number;
			readonly url: string;
			readonly method?: 'get' | 'post';
			readonly body?: object;
			/** The start of the name and of the key of each call. */
			readonly reference?: string;
			/** An address to call first, without measuring. */
			readonly warmUp?: string;
	  }
	| { readonly job: 'pages'; readonly url: string; readonly size: number; readonly warmUp?: string };

/** What n8n wrote to its database for one execution, in bytes. */
export interface Written {
	/** Each row of its memory, in full each time. */
	readonly rows: readonly number[];
	/** The write-ahead log: everything, with the execution itself. */
	readonly log: number;
}
