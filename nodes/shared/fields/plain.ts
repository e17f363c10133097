/** What a resource locator holds is its value; everything else is its own. */
export const plain = (raw: unknown): unknown =>
	typeof raw === 'object' && raw !== null && '__rl' in raw && 'value' in raw ? raw.value : raw;
