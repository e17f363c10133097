const lines = new Map<string, Promise<unknown>>();

/** Tasks of the same key stand in line, also those of other executions in this process: each begins when the one before has ended. */
export async function withLock<T>(key: string, task: () => Promise<T>): Promise<T> {
	const before = lines.get(key) ?? Promise.resolve();
	const mine = before.then(task, task);
	lines.set(key, mine);
	return await mine.finally(() => {
		if (lines.get(key) === mine) lines.delete(key);
	});
}
