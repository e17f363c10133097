import { mapConcurrent } from '../../../nodes/shared/core/mapConcurrent';

/** A task whose end is in the test's hand. */
function hand() {
	const started: number[] = [];
	const ends = new Map<number, { finish: () => void; fail: (error: Error) => void }>();
	const task = async (index: number) => {
		started.push(index);
		return await new Promise<string>((resolve, reject) => ends.set(index, { finish: () => resolve(`result ${index}`), fail: reject }));
	};
	const settle = async () => await new Promise((resolve) => setImmediate(resolve));
	return { started, ends, task, settle };
}

test('results come in the order of the items, whatever the order in which they end', async () => {
	const { ends, task } = hand();
	const all = mapConcurrent(3, 3, task);
	for (const index of [2, 0, 1]) ends.get(index)?.finish();
	expect(await all).toEqual(['result 0', 'result 1', 'result 2']);
});

test('no more than the given number run at once, and the next starts when one ends', async () => {
	const { started, ends, task, settle } = hand();
	const all = mapConcurrent(4, 2, task);
	expect(started).toEqual([0, 1]);
	ends.get(1)?.finish();
	await settle();
	expect(started).toEqual([0, 1, 2]);
	for (const index of [0, 2]) ends.get(index)?.finish();
	await settle();
	ends.get(3)?.finish();
	expect(await all).toHaveLength(4);
});

test('after a failure nothing new starts, what runs is awaited, and the failure of the lowest item is thrown', async () => {
	const { started, ends, task, settle } = hand();
	const all = mapConcurrent(5, 3, task);
	let over = false;
	const outcome = all.catch((error: Error) => error.message).finally(() => (over = true));
	ends.get(2)?.fail(new Error('item 2'));
	await settle();
	expect(started).toEqual([0, 1, 2]);
	expect(over).toBe(false);
	ends.get(0)?.fail(new Error('item 0'));
	ends.get(1)?.finish();
	expect(await outcome).toBe('item 0');
	expect(started).toEqual([0, 1, 2]);
});

test('when the run is cancelled nothing new starts and what runs is awaited', async () => {
	const { started, ends, task, settle } = hand();
	const controller = new AbortController();
	const outcome = mapConcurrent(3, 1, task, controller.signal).catch((error: Error) => error.name);
	controller.abort();
	ends.get(0)?.finish();
	await settle();
	expect(started).toEqual([0]);
	expect(await outcome).toBe('AbortError');
});

test('no items, no work', async () => {
	expect(await mapConcurrent(0, 5, async () => await Promise.reject(new Error('never')))).toEqual([]);
});
