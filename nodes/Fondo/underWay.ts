import { clock } from '../shared/core/clock';
import type { Memory } from '../shared/writes/memory';

const STEP_MS = 60_000;
/** Fondo may be at work on a call for ten minutes; one more because the first has already run. */
const STEPS = 11;

/** Clocks of workers may differ by as much: a call that began by a faster clock is seen too. */
const AHEAD = 2;

/** The step of time that it is now, and all others in which a call that may still be under way began. */
function marksOf(key: string): [now: string, ...others: string[]] {
	const step = Math.floor(clock.now() / STEP_MS);
	const mark = (back: number) => `${key} ${step - back}`;
	const others = Array.from({ length: STEPS - 1 + AHEAD }, (_, index) => mark(index < AHEAD ? index - AHEAD : index - AHEAD + 1));
	return [mark(0), ...others];
}

/**
 * Marks in n8n's memory that a call under this key begins, so that another worker, or n8n after a crash, does not send it again
 * while Fondo may still be at work on it. Gives what takes the mark away, or undefined when such a call is under way.
 */
export async function begin(memory: Memory, key: string): Promise<(() => Promise<void>) | undefined> {
	const [now, ...others] = marksOf(key);
	const unknown = await memory.keepNew([now, ...others]);
	if (unknown === undefined) return async () => undefined;
	const isFirst = unknown.length === STEPS + AHEAD;
	await memory.forget(...(isFirst ? others : unknown));
	return isFirst ? async () => await memory.forget(now) : undefined;
}
