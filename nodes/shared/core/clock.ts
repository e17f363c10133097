import { sleep } from 'n8n-workflow';

/** The only access to time, so that tests can control it. Times are milliseconds since 1970. */
export const clock = {
	now: () => Date.now(),
	/** Waits `ms` milliseconds; rejects when the signal fires first (n8n-workflow 1.x ignores the signal). */
	sleep: async (ms: number, signal?: AbortSignal) => await sleep(ms, signal),
};
