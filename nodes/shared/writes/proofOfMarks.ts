/** Whether n8n's memory really holds a mark: another process writes the same row, and a look sets marks for a moment too. */
import { clock } from '../core/clock';
import type { Memory } from './memory';
import { marksSet } from './memory';

/** Nothing is sent before the marks are kept, so waiting for some seconds is harmless. */
const MOST_VERIFICATIONS = 8;

/**
 * A look sets marks for a moment, and another process can write them back. So every look for a proof sets a second mark in the
 * same write: a mark with it beside proves nothing.
 */
const lookingFor = (mark: string) => `${mark} looking`;
export const withLooking = (marks: readonly string[]) => marks.flatMap((mark) => [mark, lookingFor(mark)]);
export const isProvenIn = (set: ReadonlySet<string>, mark: string) => set.has(mark) && !set.has(lookingFor(mark));

/** Those of the marks that are proven to be set: a mark that another look has just set is not. */
export async function provenAmong(memory: Memory, marks: readonly string[]): Promise<readonly string[]> {
	if (marks.length === 0) return [];
	const set = await marksSet(memory, withLooking(marks));
	return marks.filter((mark) => isProvenIn(set, mark));
}

/**
 * Whether n8n keeps the marks. Where another process has written over them with the same write, that one goes on: the first mark is there,
 * and the mark of the owner is gone.
 */
export async function verify(
	memory: Memory,
	marks: readonly string[],
	owner: readonly string[],
): Promise<'kept' | 'other process' | 'unavailable' | 'lost'> {
	const wanted = [...marks, ...owner];
	for (let attempt = 1; attempt <= MOST_VERIFICATIONS; attempt += 1) {
		// Workers that write the row all the time must not do so in step.
		if (memory.settlingMs > 0) await clock.sleep(memory.settlingMs * attempt * (1 + Math.random()));
		const kept = await memory.mark(wanted);
		if (kept === undefined) return 'unavailable';
		if (wanted.every((mark) => kept.has(mark))) return 'kept';
		if (owner.length > 0 && kept.has(marks[0]) && !kept.has(owner[0])) return 'other process';
	}
	return 'lost';
}

/** Whether all marks are set, each by a look of its own, and for longer than the looks of another process set them. */
export async function areAllSet(memory: Memory, marks: readonly string[]): Promise<boolean> {
	for (let looks = memory.settlingMs > 0 ? 3 : 1; looks > 0; looks -= 1) {
		for (const mark of marks) if (!(await marksSet(memory, [mark])).has(mark)) return false;
		await clock.sleep(memory.settlingMs * 3 * looks);
	}
	return true;
}
