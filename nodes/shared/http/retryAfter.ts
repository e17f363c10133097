import type { ApiResponse } from './request';

const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 8_000;
/** A reset of at least this is Unix time (2001-09-09), a smaller one is a number of seconds. */
const EPOCH_FROM = 1_000_000_000;
const EPOCH_MS_FROM = 1_000_000_000_000;

/** Milliseconds until the time that `X-RateLimit-Reset` names: seconds from now, Unix seconds or Unix milliseconds. */
export function resetMs(reset: string | undefined, now: number): number | undefined {
	if (reset === undefined || !/^\d+(\.\d+)?$/.test(reset)) return undefined;
	const value = Number(reset);
	if (value >= EPOCH_MS_FROM) return Math.max(value - now, 0);
	if (value >= EPOCH_FROM) return Math.max(value * 1000 - now, 0);
	return value * 1000;
}

/** Milliseconds that `Retry-After` names: seconds or an HTTP date. */
function retryAfterMs(value: string | undefined, now: number): number | undefined {
	if (value === undefined) return undefined;
	if (/^\d+(\.\d+)?$/.test(value)) return Number(value) * 1000;
	const date = Date.parse(value);
	return Number.isNaN(date) ? undefined : Math.max(date - now, 0);
}

/**
 * Milliseconds to wait before the next attempt: at least what the API asks for, else full jitter that doubles from 0.5 s to 8 s.
 * @param random a number from 0 to 1
 */
export function waitBeforeRetry({ status, headers }: ApiResponse, attempt: number, now: number, random: number): number {
	const requested = retryAfterMs(headers['retry-after'], now) ?? (status === 429 ? resetMs(headers['x-ratelimit-reset'], now) : undefined);
	const jitter = random * Math.min(FIRST_WAIT_MS * 2 ** (attempt - 1), LONGEST_WAIT_MS);
	// Spread the calls over 250 ms, so that they do not all return at once. The requested wait can be zero, or in the past when
	// n8n's clock is ahead; the jitter then makes the waits grow.
	return requested === undefined ? jitter : Math.max(requested + random * 250, jitter);
}
