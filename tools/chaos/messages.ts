import type { IDataObject, INode } from 'n8n-workflow';

/** One execution of a workflow that has one node. */
export interface Job {
	readonly node: 'fondo' | 'finvis';
	readonly workflowId: string;
	readonly executionId: string;
	readonly settings: Partial<INode> & { resource: string; operation: string };
	readonly items: IDataObject[];
}

/** A failure, as an item or a stopped execution carries it. */
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
	/** The failure that stopped the execution, and its item. */
	readonly stopped?: Failed & { item: number };
}

export interface Time {
	/** Real time in milliseconds at which the fast clock began. */
	readonly began: number;
	readonly speed: number;
	/** Milliseconds of the fast clock that were skipped. */
	readonly skipped: number;
}

export type ToEngine =
	| { kind: 'time'; time: Time }
	| { kind: 'apis'; credentials: Record<Job['node'], IDataObject> }
	| { kind: 'run'; id: number; job: Job }
	| { kind: 'row'; id: number; items: unknown[] };

export type FromEngine =
	| { kind: 'ready' }
	| { kind: 'shown'; id: number; shown: Shown }
	| { kind: 'read'; id: number; row: string }
	| { kind: 'write'; id: number; row: string; items: unknown[] };
