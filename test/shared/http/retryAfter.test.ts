import { resetMs, waitBeforeRetry } from '../../../nodes/shared/http/retryAfter';

const now = Date.parse('2026-03-06T10:00:00Z');

test.each([
	['seconds', '7', 7_000],
	['a part of a second', '0.5', 500],
	['now', '0', 0],
	['a Unix time', String(now / 1000 + 12), 12_000],
	['a Unix time that has passed', String(now / 1000 - 12), 0],
	['a Unix time in milliseconds', String(now + 1_500), 1_500],
	['one that has passed', String(now - 1_500), 0],
	['many seconds', '999999999', 999_999_999_000],
	['nothing', undefined, undefined],
	['an empty text', '', undefined],
	['a word', 'soon', undefined],
	['a negative number', '-5', undefined],
	['a date', 'Fri, 06 Mar 2026 10:00:12 GMT', undefined],
])('X-RateLimit-Reset: %s', (_, value, ms) => {
	expect(resetMs(value, now)).toBe(ms);
});

const wait = (status: number, headers: Record<string, string>, random = 0, attempt = 1) =>
	waitBeforeRetry({ status, headers, body: undefined }, attempt, now, random);

test.each([
	['seconds', '7', 7_000],
	['a part of a second', '1.5', 1_500],
	['an HTTP date', 'Fri, 06 Mar 2026 10:00:12 GMT', 12_000],
	['an HTTP date of RFC 850', 'Friday, 06-Mar-26 10:00:12 GMT', 12_000],
])('Retry-After: %s is what is waited at least, and little more', (_, value, ms) => {
	expect(wait(503, { 'retry-after': value })).toBe(ms);
	expect(wait(503, { 'retry-after': value }, 1)).toBeGreaterThanOrEqual(ms);
	expect(wait(503, { 'retry-after': value }, 1)).toBeLessThanOrEqual(ms + 500);
});

test.each([
	['a word', 'soon'],
	['a negative number', '-5'],
	['words with a number', 'in 5 minutes'],
	['nothing', ''],
	['a date that has passed', 'Fri, 06 Mar 2026 09:00:00 GMT'],
	['no time at all', '0'],
])('Retry-After: %s does not keep the waits from growing', (_, value) => {
	const waits = [1, 2, 3, 4, 5, 6].map((attempt) => wait(429, { 'retry-after': value }, 1, attempt));
	expect(waits[0]).toBeGreaterThanOrEqual(250);
	expect(waits[4]).toBeGreaterThanOrEqual(8_000);
	expect(waits[5]).toBeLessThanOrEqual(8_250);
});

test('a reset that has passed, as a clock that goes ahead sees it, does not keep the waits from growing', () => {
	expect(wait(429, { 'x-ratelimit-reset': String(now / 1000 - 300) }, 1, 5)).toBeGreaterThanOrEqual(8_000);
});

test.each([
	[1, 500],
	[2, 1_000],
	[3, 2_000],
	[4, 4_000],
	[5, 8_000],
	[6, 8_000],
	[50, 8_000],
])('without a requested wait attempt %i is followed by 0 to %i ms', (attempt, most) => {
	expect([0, 0.5, 1].map((random) => wait(500, {}, random, attempt))).toEqual([0, most / 2, most]);
});

test('Retry-After goes before the reset', () => {
	expect(wait(429, { 'retry-after': '3', 'x-ratelimit-reset': '9' })).toBe(3_000);
});

test('a 429 without Retry-After waits for the reset', () => {
	expect(wait(429, { 'x-ratelimit-reset': '9' })).toBe(9_000);
	expect(wait(429, { 'x-ratelimit-reset': String(now / 1000 + 9) })).toBe(9_000);
});

test('the reset of a rate limit says nothing about a server in trouble', () => {
	expect(wait(500, { 'x-ratelimit-reset': '50' }, 1)).toBe(500);
});
