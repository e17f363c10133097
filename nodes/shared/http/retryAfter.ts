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

const DAY = '(Mon|Tue|Wed|Thu|Fri|Sat|Sun)';
const MONTH = '(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)';
const TIME = '\\d\\d:\\d\\d:\\d\\d';
/** The three forms of a date in HTTP. `Date.parse` also takes words with a number in them. */
const HTTP_DATE = new RegExp(
	`^${DAY}(, \\d\\d ${MONTH} \\d{4} ${TIME} GMT|[a-z]*, \\d\\d-${MONTH}-\\d\\d ${TIME} GMT| ${MONTH} [ \\d]\\d ${TIME} \\d{4})$`,
);

/** Milliseconds that `Retry-After` names: seconds, an HTTP date, or a Unix time as some APIs send it. */
function retryAfterMs(value: string | undefined, now: number): number | undefined {
	if (value === undefined || !HTTP_DATE.test(value)) return resetMs(value, now);
	const date = Date.parse(value.endsWith('GMT') ? value : `${value} GMT`);
	return Number.isNaN(date) ? undefined : Math.max(date - now, 0);
}

/** What the headers of a response say about the rate limit, as texts. */
export interface RateLimitHeaders {
	readonly limit?: string;
	readonly remaining?: string;
	readonly reset?: string;
}

/** Reads `X-RateLimit-*`, `X-Rate-Limit-*`, `RateLimit-*`, and `RateLimit: limit=…, remaining=…, reset=…` or `"name";r=…;t=…`. */
export function rateLimitIn(headers: ApiResponse['headers']): RateLimitHeaders {
	const { ratelimit: all = '' } = headers;
	const named = (name: string, short: string) => {
		const own = ['x-ratelimit-', 'x-rate-limit-', 'ratelimit-']
			.map((prefix) => headers[prefix + name])
			.find((value) => value !== undefined);
		return own ?? new RegExp(`(?:^|[,;\\s])(?:${name}|${short})=(\\d+)`).exec(all)?.[1];
	};
	return { limit: named('limit', 'q'), remaining: named('remaining', 'r'), reset: named('reset', 't') };
}

/**
 * Milliseconds to wait before the next attempt: at least what the API asks for, else full jitter that doubles from 0.5 s to 8 s.
 * @param random a number from 0 to 1
 */
export function waitBeforeRetry({ status, headers }: ApiResponse, attempt: number, now: number, random: number): number {
	const requested = retryAfterMs(headers['retry-after'], now) ?? (status === 429 ? resetMs(rateLimitIn(headers).reset, now) : undefined);
	const jitter = random * Math.min(FIRST_WAIT_MS * 2 ** (attempt - 1), LONGEST_WAIT_MS);
	// Spread the calls over 250 ms, so that they do not all return at once. The requested wait can be zero, or in the past when
	// n8n's clock is ahead; the jitter then makes the waits grow.
	return requested === undefined ? jitter : Math.max(requested + random * 250, jitter);
}
