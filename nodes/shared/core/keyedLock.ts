const queues = new Map<string, Promise<unknown>>();

/** Runs tasks with the same key one after the other, across all executions of this process; a failed task does not stop the next one. */
export async function withLock<T>(key: string, task: () => Promise<T>): Promise<T> {
	const before = queues.get(key) ?? Promise.resolve();
	const mine = before.then(task, task);
	queues.set(key, mine);
	return await mine.finally(() => {
		if (queues.get(key) === mine) queues.delete(key);
	});
}
