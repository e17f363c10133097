/**
 * Runs `task` for 0 … count-1, at most `atOnce` at a time, and returns the results in that order. After a failure or a signal it starts
 * no further task, waits for the running ones, and throws the failure with the lowest index.
 */
export async function mapConcurrent<T>(
	count: number,
	atOnce: number,
	task: (index: number) => Promise<T>,
	signal?: AbortSignal,
): Promise<T[]> {
	const results: T[] = [];
	const failures = new Map<number, unknown>();
	let next = 0;

	const worker = async () => {
		while (next < count && failures.size === 0 && !signal?.aborted) {
			const index = next;
			next += 1;
			await task(index).then(
				(result) => {
					results[index] = result;
				},
				(failure) => {
					failures.set(index, failure);
				},
			);
		}
	};
	await Promise.all(Array.from({ length: Math.min(atOnce, count) }, worker));

	if (failures.size > 0) throw failures.get(Math.min(...failures.keys()));
	signal?.throwIfAborted();
	return results;
}
