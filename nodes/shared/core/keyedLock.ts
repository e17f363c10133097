export type WithLock = <T>(key: string, task: () => Promise<T>) => Promise<T>;

/** A lock for each key. Tasks with the same key run one after the other; a failed task does not stop the next one. */
export function keyedLock(): WithLock {
	const queues = new Map<string, Promise<unknown>>();
	return async (key, task) => {
		const before = queues.get(key) ?? Promise.resolve();
		const mine = before.then(task, task);
		queues.set(key, mine);
		return await mine.finally(() => {
			if (queues.get(key) === mine) queues.delete(key);
		});
	};
}

/** The locks of this process, for all its executions. */
export const withLock = keyedLock();
