import { clock } from '../shared/core/clock';
import type { Memory } from '../shared/writes/memory';

const STEP_MS = 60_000;
/** Fondo may work on a call for ten minutes. One step more, because the current step has already begun. */
const STEPS = 11;

/** Steps by which the clock of another worker may be ahead of this one. */
const AHEAD = 2;

/** The mark of the current step, and the marks of every other step in which a call that is still in flight may have begun. */
function marksOf(key: string): [current: string, ...recent: string[]] {
	const step = Math.floor(clock.now() / STEP_MS);
	const mark = (back: number) => `${key} ${step - back}`;
	const recent = Array.from({ length: STEPS - 1 + AHEAD }, (_, index) => mark(index < AHEAD ? index - AHEAD : index - AHEAD + 1));
	return [mark(0), ...recent];
}

/**
 * Marks in n8n's memory that a call with this key begins, so that another worker, or n8n after a crash, does not send the call again
 * while Fondo may still work on it. Returns a function that removes the mark, or undefined when such a call is in flight.
 */
export async function begin(memory: Memory, key: string): Promise<(() => Promise<void>) | undefined> {
	const [current, ...recent] = marksOf(key);
	const added = await memory.keepNew([current, ...recent]);
	if (added === undefined) return async () => undefined;
	const isFirst = added.length === STEPS + AHEAD;
	await memory.forget(...(isFirst ? recent : added));
	return isFirst ? async () => await memory.forget(current) : undefined;
}
