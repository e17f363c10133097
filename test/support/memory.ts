import type { Memory } from '../../nodes/shared/writes/memory';

/** n8n's memory over a set: it stores what a test reads, without n8n. */
export const memoryWith = (...stored: string[]): Memory & { readonly stored: Set<string> } => {
	const marks = new Set(stored);
	return {
		stored: marks,
		settlingMs: 0,
		mark: async (added) => {
			const before = new Set(added.filter((mark) => marks.has(mark)));
			for (const mark of added) marks.add(mark);
			return before;
		},
		forget: async (forgotten) => forgotten.forEach((mark) => marks.delete(mark)),
	};
};
