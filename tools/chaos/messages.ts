import type { IDataObject, INode } from 'n8n-workflow';

/** One execution of a workflow that has one node. */
export interface Job {
	readonly node: 'fondo' | 'finvis';
	readonly workflowId: string;
	readonly executionId: string;
	readonly settings: Partial<INode> & { resource: string; operation: string };
	readonly items: IDataObject[];
}

/** What an item, or a stopped execution for one of its items, carries of a failure. */
export interface Failed {
	readonly message: string;
	readonly description?: string;
	readonly outcome?: string;
	readonly attempts?: number;
}

export interface Receipt {
	readonly outcome: string;
	readonly attempts: number;
}

/** What an execution shows in n8n's list. */
export interface Shown {
	/** In the order of the output. */
	readonly results: Array<{ items: number[]; receipt?: Receipt; error?: Failed }>;
	/** The execution was stopped by the failure of this item. */
	readonly stopped?: Failed & { item: number };
}

export interface Time {
	/** Wall clock in milliseconds at which time began to run fast. */
	readonly began: number;
	readonly speed: number;
	/** Milliseconds of fast time that were left out. */
	readonly skipped: number;
}

export type ToN8n =
	| { kind: 'time'; time: Time }
	| { kind: 'apis'; credentials: Record<Job['node'], IDataObject> }
	| { kind: 'run'; id: number; job: Job }
	| { kind: 'row'; id: number; items: unknown[] };

export type FromN8n =
	| { kind: 'ready' }
	| { kind: 'shown'; id: number; shown: Shown }
	| { kind: 'read'; id: number; row: string }
	| { kind: 'write'; id: number; row: string; items: unknown[] };
