import { mapConcurrent } from '../../../nodes/shared/core/mapConcurrent';
import { newRateLimit, throttle } from '../../../nodes/shared/http/throttle';
import type { ApiResponse, ApiRequest, SendRequest } from '../../../nodes/shared/http/request';
import { giveTimeBack, takeTime } from '../../support/time';

const START = 1_800_000_000_000;
const read: ApiRequest = { route: 'GET /accounts/' };

let time: ReturnType<typeof takeTime>;
beforeEach(() => (time = takeTime(START)));
afterEach(giveTimeBack);

const limits = (limit: number, remaining: number, reset: number | string) => ({
	'x-ratelimit-limit': String(limit),
	'x-ratelimit-remaining': String(remaining),
	'x-ratelimit-reset': String(reset),
});
const answered = (headers: Record<string, string>): ApiResponse => ({ status: 200, headers, body: {} });

/** Makes a call for each of these answers, one after the other, and one more; gives the wait before the last. */
async function waitAfter(...answers: Array<Record<string, string>>): Promise<number> {
	let call = 0;
	const send = throttle(newRateLimit())(async () => answered(answers[Math.min(call++, answers.length - 1)]));
	for (const _ of answers) await send(read);
	const before = time.waits.length;
	await send(read);
	return time.waits.slice(before).reduce((sum, ms) => sum + ms, 0);
}

test.each([
	['no header is sent', {}, 0],
	['much is left', limits(100, 50, 30), 0],
	['a little more than the last tenth is left', limits(100, 11, 30), 0],
	['the last tenth is left, it is spread to the reset', limits(100, 9, 30), 3_000],
	['one call is left', limits(100, 1, 30), 15_000],
	['none is left', limits(100, 0, 30), 30_000],
	['none is left until a Unix time', limits(100, 0, START / 1000 + 30), 30_000],
	['none is left until a Unix time in milliseconds', limits(100, 0, START + 30_000), 30_000],
	['none is left, but the reset is now', limits(100, 0, 0), 0],
	['none is left, but the reset has passed', limits(100, 0, START / 1000 - 30), 0],
	['the remaining calls are missing', { 'x-ratelimit-limit': '100', 'x-ratelimit-reset': '30' }, 0],
	['the reset is missing', { 'x-ratelimit-limit': '100', 'x-ratelimit-remaining': '0' }, 0],
	['the headers are garbage', limits(NaN, NaN, 'soon'), 0],
	['the limit is missing', { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '30' }, 30_000],
])('when %s', async (_, headers, ms) => {
	expect(await waitAfter(headers)).toBe(ms);
});

test('a wait beyond the budget is not begun: the API itself then tells the time', async () => {
	const send = throttle(newRateLimit())(async () => answered(limits(10, 0, 120)));
	await send(read);
	await send({ ...read, deadline: START + 60_000 });
	expect(time.waits).toEqual([]);
});

test('after the reset there is room again', async () => {
	const send = throttle(newRateLimit())(async () => answered(limits(100, 0, 30)));
	await send(read);
	time.now += 30_000;
	await send(read);
	expect(time.waits).toEqual([]);
});

test('an answer that was overtaken does not give room back', async () => {
	const answers: Array<(answer: ApiResponse) => void> = [];
	const send = throttle(newRateLimit())(async () => await new Promise((resolve) => answers.push(resolve)));
	const both = [send(read), send(read)];
	await new Promise((resolve) => setTimeout(resolve, 1));
	answers[1](answered(limits(100, 0, 30)));
	await both[1];
	answers[0](answered(limits(100, 1, 30)));
	await both[0];
	void send(read);
	await new Promise((resolve) => setTimeout(resolve, 1));
	expect(time.waits).toEqual([30_000]);
});

test('two clients know nothing of each other', async () => {
	const one = throttle(newRateLimit())(async () => answered(limits(10, 0, 30)));
	const other = throttle(newRateLimit())(async () => answered(limits(10, 0, 30)));
	await one(read);
	await other(read);
	expect(time.waits).toEqual([]);
});

test('a cancelled run does not wait and delays no other run', async () => {
	const cancel = new AbortController();
	const send = throttle(newRateLimit(), cancel.signal)(async () => answered(limits(10, 0, 30)));
	await send(read);
	cancel.abort(new Error('cancelled'));
	await expect(send(read)).rejects.toThrow('cancelled');
	await expect(send(read)).rejects.toThrow('cancelled');
});

/** An API with a fixed window, which begins with the first call in it. Each call takes a moment. */
function limited(limit: number, seconds: number, unit: 'seconds' | 'epoch') {
	const seen = { refused: 0, answered: 0 };
	let endsAt = 0;
	let used = 0;
	const send: SendRequest = async () => {
		await new Promise((resolve) => setTimeout(resolve, 1));
		if (time.now >= endsAt) {
			endsAt = time.now + seconds * 1000;
			used = 0;
		}
		used += 1;
		const ok = used <= limit;
		seen[ok ? 'answered' : 'refused'] += 1;
		const reset = Math.ceil(unit === 'epoch' ? endsAt / 1000 : (endsAt - time.now) / 1000);
		return { status: ok ? 200 : 429, headers: limits(limit, Math.max(limit - used, 0), reset), body: {} };
	};
	return { send, seen };
}

describe.each(['seconds', 'epoch'] as const)('with a reset in %s', (unit) => {
	test.each([
		[1, 10],
		[5, 10],
		[5, 20],
		[8, 8],
	])('%i calls at once never run into a limit of %i', async (atOnce, limit) => {
		const { send, seen } = limited(limit, 10, unit);
		const paced = throttle(newRateLimit())(send);
		await mapConcurrent(60, atOnce, async () => await paced({ ...read, deadline: time.now + 60_000 }));
		expect(seen).toEqual({ refused: 0, answered: 60 });
		// No slower than the limit wants it: a window more than the fewest that can be.
		expect(time.now - START).toBeLessThanOrEqual((60 / limit + 1) * 11_000);
	});
});

test('a reset in whole seconds, reported late in the window, costs no second window', async () => {
	const { send, seen } = limited(10, 1, 'seconds');
	const slow: SendRequest = async (request) => {
		const answer = await send(request);
		time.now += 50;
		return answer;
	};
	const paced = throttle(newRateLimit())(slow);
	await mapConcurrent(60, 1, async () => await paced(read));
	expect(seen).toEqual({ refused: 0, answered: 60 });
	// Six windows of a second, and in each the one answer that came too late to count.
	expect(time.now - START).toBeLessThanOrEqual(6 * 1_100);
});

test('a response of the previous window does not shorten the current one', async () => {
	const answers: Array<(answer: ApiResponse) => void> = [];
	const send = throttle(newRateLimit())(async () => await new Promise((resolve) => answers.push(resolve)));
	const both = [send(read), send(read)];
	await new Promise((resolve) => setTimeout(resolve, 1));
	answers[1](answered(limits(100, 0, 60)));
	await both[1];
	answers[0](answered(limits(100, 100, 5)));
	await both[0];
	void send(read);
	await new Promise((resolve) => setTimeout(resolve, 1));
	expect(time.waits).toEqual([60_000]);
});
