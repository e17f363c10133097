import { sleep } from 'n8n-workflow';

/** The only access to time, so that tests can control it. Times are milliseconds since 1970. */
export const clock = {
	now: () => Date.now(),
	/** Waits `ms` milliseconds; rejects when the signal fires first (n8n-workflow 1.x ignores the signal). */
	sleep: async (ms: number, signal?: AbortSignal) => await sleep(ms, signal),
};

/** A reason of our own, because Node.js makes an error with a stack trace where none is given. */
const OVER = 'the work or its time is over';

/** Settles as the work does, and resolves to undefined when it takes longer than `ms`. The signal fires at the end, so that the work stops. */
export async function atMost<T>(ms: number, work: (signal: AbortSignal) => Promise<T>): Promise<T | undefined> {
	const ended = new AbortController();
	const timeout = clock.sleep(ms, ended.signal).then(
		() => undefined,
		() => undefined,
	);
	return await Promise.race([work(ended.signal), timeout]).finally(() => ended.abort(OVER));
}
