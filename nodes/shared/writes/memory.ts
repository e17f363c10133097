import type { IAllExecuteFunctions, IExecuteFunctions } from 'n8n-workflow';
import { clock } from '../core/clock';
import { withLock } from '../core/keyedLock';

/** Marks that outlive this process: n8n keeps them for one node, or for all nodes of one workflow, over executions, workers and restarts. */
export interface Memory {
	/** Sets marks and gives those that were set before. Undefined where n8n keeps none. */
	readonly mark: (marks: readonly string[]) => Promise<ReadonlySet<string> | undefined>;
	readonly forget: (marks: readonly string[]) => Promise<void>;
	/** How long another process may take to write over a mark of this one; 0 where one process runs everything. */
	readonly settlingMs: number;
}

/**
 * n8n (2.41) keeps a hash of 24 characters a mark, all in one row of its database, and reads and writes that row as a whole:
 * 27 bytes a mark, so at most 540 kB a write. Beyond this many marks the oldest go.
 */
const MOST_MARKS = 20_000;

/** n8n reads the row, and writes it milliseconds later. */
const SETTLING_MS = 50;

const canRemember = (context: IAllExecuteFunctions): context is IExecuteFunctions => 'checkProcessedAndRecord' in context.helpers;

/** n8n does not say it to nodes, but its context (1.x, 2.41) knows the kind of process; a worker means queue mode. */
const isOnWorker = (context: object) =>
	'instanceSettings' in context &&
	typeof context.instanceSettings === 'object' &&
	context.instanceSettings !== null &&
	'instanceType' in context.instanceSettings &&
	context.instanceSettings.instanceType === 'worker';

/** The memory of n8n's Remove Duplicates node. Calls of this process wait for each other, because n8n writes the row as a whole. */
export function memoryOf(context: IAllExecuteFunctions, maxEntries = MOST_MARKS, scope: 'node' | 'workflow' = 'node'): Memory {
	const options = { mode: 'entries' as const, maxEntries };
	const lock = `memory ${context.getWorkflow().id} ${scope === 'node' ? context.getNode().id : ''}`;
	const unavailable = (error: Error) => {
		context.logger.warn(`n8n cannot remember what is sent: ${error.message}`);
		return undefined;
	};
	return {
		settlingMs: isOnWorker(context) ? SETTLING_MS : 0,
		mark: async (marks) => {
			if (!canRemember(context)) return undefined;
			const record = async () => await context.helpers.checkProcessedAndRecord([...marks], scope, options);
			return await withLock(lock, async () => {
				// When two processes record their first mark at the same time, both insert the row and one fails (n8n 2.41). Then it exists.
				const { processed } = await record().catch(record);
				return new Set(processed.map(String));
			}).catch(unavailable);
		},
		forget: async (marks) => {
			if (!canRemember(context) || marks.length === 0) return;
			await withLock(lock, async () => await context.helpers.removeProcessed([...marks], scope, options)).catch(unavailable);
		},
	};
}

/**
 * Which of these marks are set. n8n has no way to look alone: it sets them, and the new ones are taken away again. So a mark
 * that only a look has left behind proves nothing.
 */
export async function marksSet(memory: Memory, marks: readonly string[]): Promise<ReadonlySet<string>> {
	const before = await memory.mark(marks);
	if (before === undefined) return new Set();
	await memory.forget(marks.filter((mark) => !before.has(mark)));
	return before;
}

/** Takes marks away for good: another process may have written the row over it, with the marks in it. */
export async function takeAway(memory: Memory, marks: readonly string[]): Promise<void> {
	if (marks.length === 0) return;
	await memory.forget(marks);
	if (memory.settlingMs === 0) return;
	for (let left = 3; left > 0; left -= 1) {
		await clock.sleep(memory.settlingMs);
		if ((await marksSet(memory, marks)).size === 0) return;
		await memory.forget(marks);
	}
}

/** A rehearsal looks at the marks and leaves none behind: it keeps its own for as long as it runs. */
export function readOnlyMemory(memory: Memory): Memory {
	const own = new Set<string>();
	return {
		mark: async (marks) => {
			const set = await marksSet(memory, marks);
			const before = new Set(marks.filter((mark) => set.has(mark) || own.has(mark)));
			for (const mark of marks) own.add(mark);
			return before;
		},
		forget: async (marks) => {
			for (const mark of marks) own.delete(mark);
		},
		settlingMs: 0,
	};
}
