import type { Memory } from '../../nodes/shared/writes/memory';

/** n8n's memory over a set: it stores what a test reads, without n8n. */
export const memoryWith = (...stored: string[]): Memory & { readonly stored: Set<string> } => {
	const keys = new Set(stored);
	const addNew = (key: string) => {
		if (keys.has(key)) return false;
		keys.add(key);
		return true;
	};
	return {
		stored: keys,
		keep: async (key) => addNew(key),
		has: async (key) => keys.has(key),
		forget: async (...forgotten) => forgotten.forEach((key) => keys.delete(key)),
		keepNew: async (added) => added.filter(addNew),
	};
};
