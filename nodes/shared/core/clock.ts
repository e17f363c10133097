import { sleep } from 'n8n-workflow';

/** The only door to time, so that tests can own it. Times are milliseconds since 1970. */
export const clock = {
	now: () => Date.now(),
	/** Rejects when the signal fires first (n8n-workflow 1.x ignores the signal). */
	sleep: async (ms: number, signal?: AbortSignal) => await sleep(ms, signal),
};
