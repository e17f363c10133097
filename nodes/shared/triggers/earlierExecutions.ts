import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { clock } from '../core/clock';
import type { Memory } from '../writes/memory';
import { memoryOf } from '../writes/memory';

/** Two for each item, so the items before the last 5,000 are forgotten. n8n then writes 270 kB for each execution. */
const MOST_MARKS = 10_000;

/**
 * Which of these keys an earlier execution had; n8n's memory then has them all. A worker that begins the same execution again gets
 * them again, so each key also has a mark with the ID of its execution.
 */
export async function knownKeys(context: IExecuteFunctions, keys: readonly string[], memory: Memory): Promise<ReadonlySet<string>> {
	const own = (key: string) => `${key} ${context.getExecutionId()}`;
	const marks = keys.flatMap((key) => [key, own(key)]);
	const known = await memory.mark(marks);
	// Another worker that had read the row before this write can write over it.
	if (memory.settlingMs > 0) {
		await clock.sleep(memory.settlingMs);
		await memory.mark(marks);
	}
	return new Set(keys.filter((key) => known?.has(key) && !known.has(own(key))));
}

/**
 * What an execution of a trigger does first: it drops items that an earlier execution of this trigger had, or of any trigger of the
 * workflow that does the same. A webhook cannot: what it stores is lost as soon as it starts an execution (n8n 2.41). Listening in
 * the editor and *Retry execution* drop nothing.
 */
export async function onlyNewItems(
	context: IExecuteFunctions,
	keyOf: (item: INodeExecutionData) => string | undefined,
	scope: 'node' | 'workflow' = 'node',
): Promise<INodeExecutionData[]> {
	const items = context.getInputData();
	if (!['trigger', 'webhook'].includes(context.getMode())) return items;
	const keys = items.map(keyOf);
	const given = keys.filter((key) => key !== undefined);
	const known: ReadonlySet<unknown> = await knownKeys(context, given, memoryOf(context, MOST_MARKS, scope));
	return items.filter((_, index) => !known.has(keys[index]));
}
