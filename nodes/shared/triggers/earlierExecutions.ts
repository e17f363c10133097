import type { IExecuteFunctions } from 'n8n-workflow';
import { clock } from '../core/clock';
import { memoryOf } from '../writes/memory';

/**
 * Which of these keys an earlier execution of this trigger had; n8n's memory then has them all. A worker that begins the same execution
 * again gets them again, so each key also has a mark with the ID of its execution.
 */
export async function knownKeys(context: IExecuteFunctions, keys: readonly string[], mostMarks: number): Promise<ReadonlySet<string>> {
	const own = (key: string) => `${key} ${context.getExecutionId()}`;
	const marks = keys.flatMap((key) => [key, own(key)]);
	const memory = memoryOf(context, mostMarks);
	const known = await memory.mark(marks);
	// Another worker that had read the row before this write can write over it.
	if (memory.settlingMs > 0) {
		await clock.sleep(memory.settlingMs);
		await memory.mark(marks);
	}
	return new Set(keys.filter((key) => known?.has(key) && !known.has(own(key))));
}
