import type { IDataObject } from 'n8n-workflow';

/** Whether a value is a JSON object: not null, not an array. */
export const isObject = (value: unknown): value is IDataObject => typeof value === 'object' && value !== null && !Array.isArray(value);

/** No answer and no value of an API has more objects and lists inside each other. */
const MOST_LEVELS = 500;

/** Whether objects and lists lie so deep inside each other that a recursive function, such as `JSON.stringify`, may fail. */
export function isTooDeep(value: unknown): boolean {
	const seen = new Set<unknown>();
	let inside: unknown[] = typeof value === 'object' ? [value] : [];
	for (let level = 0; inside.length > 0; level += 1) {
		if (level > MOST_LEVELS) return true;
		inside = inside.flatMap((one): unknown[] => {
			if (typeof one !== 'object' || one === null || seen.has(one)) return [];
			seen.add(one);
			return Object.values(one);
		});
	}
	return false;
}
