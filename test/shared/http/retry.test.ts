import { BUDGET_MS, mayRetry, retry } from '../../../nodes/shared/http/retry';
import type { ApiResponse, ApiRequest, SendRequest } from '../../../nodes/shared/http/request';
import { giveTimeBack, takeTime } from '../../support/time';

const read: ApiRequest = { route: 'GET /accounts/' };
const keyed: ApiRequest = { route: 'POST /payments/batches/', key: 'k' };
const unkeyed: ApiRequest = { route: 'POST /v2/partner/client/{client_id}/order', reference: 'INV-1' };
/** The contract of Finvis gives every write a key; a removal may be repeated besides. */
const keyedRemoval: ApiRequest = { route: 'DELETE /webhooks/{id}', key: 'k' };
const removal: ApiRequest = { route: 'DELETE /v2/partner/client/{client_id}/order/{order_id}' };

const answered = (status: number, headers: Record<string, string> = {}): ApiResponse => ({ status, headers, body: undefined });
const lost: ApiResponse = { status: 0, headers: {}, body: undefined, networkError: 'ECONNRESET' };
const unsent: ApiResponse = { ...lost, networkError: 'ECONNREFUSED', notSent: true };

/** The number of tries when each ends in the same way; 9 means no end. */
const triesOf = (request: ApiRequest, answer: ApiResponse) => {
	for (let attempt = 1; attempt < 9; attempt += 1) if (!mayRetry(request, answer, attempt)) return attempt;
	return 9;
};

test.each<[string, ApiResponse, read: number, keyed: number, unkeyed: number, removal: number]>([
	['a lost connection', lost, 4, 1, 1, 3],
	['500', answered(500), 4, 1, 1, 3],
	['502', answered(502), 4, 1, 1, 3],
	['503', answered(503), 4, 1, 1, 3],
	['504', answered(504), 4, 1, 1, 3],
	['408', answered(408), 4, 1, 1, 3],
	['429', answered(429), 9, 9, 9, 9],
	['a host that was not reached', unsent, 4, 4, 4, 4],
	['200', answered(200), 1, 1, 1, 1],
	['204', answered(204), 1, 1, 1, 1],
	['302', answered(302), 1, 1, 1, 1],
	['400', answered(400), 1, 1, 1, 1],
	['401', answered(401), 1, 1, 1, 1],
	['403', answered(403), 1, 1, 1, 1],
	['404', answered(404), 1, 1, 1, 1],
	['409', answered(409), 1, 5, 1, 1],
	['422', answered(422), 1, 1, 1, 1],
])('how often a read, a keyed write, an unkeyed write and a removal are tried at %s', (_, answer, ...tries) => {
	expect([read, keyed, unkeyed, removal].map((request) => triesOf(request, answer))).toEqual(tries);
});

describe('in time', () => {
	let time: ReturnType<typeof takeTime>;
	let tries: ApiRequest[];
	beforeEach(() => {
		time = takeTime();
		tries = [];
		jest.spyOn(Math, 'random').mockReturnValue(0.5);
	});
	afterEach(() => {
		jest.restoreAllMocks();
		giveTimeBack();
	});

	/** An API that gives these answers one after the other, the last one for ever; each takes a while. */
	const api =
		(answers: ApiResponse[], takesMs = 0): SendRequest =>
		async (request) => {
			tries.push(request);
			time.now += takesMs;
			return answers[Math.min(tries.length, answers.length) - 1];
		};

	test('a read that succeeds at the fourth try says so', async () => {
		const answer = await retry()(api([lost, answered(500), answered(503), answered(200)]))(read);
		expect(answer).toMatchObject({ status: 200, attempts: 4 });
		expect(time.waits).toEqual([250, 500, 1_000]);
	});

	test('all tries are the same call, under one deadline', async () => {
		await retry()(api([lost]))(keyedRemoval);
		expect(tries).toHaveLength(3);
		expect(new Set(tries.map((one) => JSON.stringify(one))).size).toBe(1);
		expect(tries[0]).toEqual({ ...keyedRemoval, deadline: 1_800_000_000_000 + BUDGET_MS });
	});

	test.each([
		['an unkeyed write', unkeyed],
		['a keyed write, because a vendor may forget keys,', keyed],
	])('%s without a response is not repeated', async (_, write) => {
		expect(await retry()(api([lost]))(write)).toMatchObject({ networkError: 'ECONNRESET', attempts: 1 });
		expect(tries).toHaveLength(1);
		expect(time.waits).toEqual([]);
	});

	test('429 is repeated while the budget lasts, never before the requested wait', async () => {
		const answer = await retry()(api([answered(429, { 'retry-after': '7' })]))(unkeyed);
		expect(answer.status).toBe(429);
		expect(time.waits.length).toBe(8);
		expect(time.waits.every((ms) => ms >= 7_000)).toBe(true);
		expect(time.waits.reduce((sum, ms) => sum + ms, 0)).toBeLessThanOrEqual(BUDGET_MS);
	});

	test('429 without a time backs off within the budget', async () => {
		await retry()(api([answered(429)]))(read);
		expect(time.waits.slice(0, 6)).toEqual([250, 500, 1_000, 2_000, 4_000, 4_000]);
		expect(time.now - 1_800_000_000_000).toBeLessThanOrEqual(BUDGET_MS);
		expect(tries.length).toBeLessThan(25);
	});

	test('429 with a time of zero, or one that has passed, does not become a storm', async () => {
		await retry()(api([answered(429, { 'retry-after': '0' })]))(read);
		expect(tries.length).toBeLessThan(25);
	});

	test('a requested wait beyond the budget ends the attempts at once and returns the wait', async () => {
		const answer = await retry()(api([answered(429, { 'retry-after': '90' })]))(read);
		expect(tries).toHaveLength(1);
		expect(time.waits).toEqual([]);
		expect(answer.waitMs).toBeGreaterThanOrEqual(90_000);
	});

	test('the same for a server in trouble', async () => {
		const answer = await retry()(api([answered(503, { 'retry-after': '3600' })]))(keyedRemoval);
		expect(tries).toHaveLength(1);
		expect(answer.waitMs).toBeGreaterThanOrEqual(3_600_000);
	});

	test('the time that the tries themselves take counts', async () => {
		await retry()(api([lost], 29_900))(read);
		expect(tries).toHaveLength(2);
		expect(time.waits).toHaveLength(1);
	});

	test('a deadline that the caller gave is kept', async () => {
		await retry()(api([answered(429, { 'retry-after': '4' })]))({ ...read, deadline: time.now + 10_000 });
		expect(tries).toHaveLength(3);
	});

	test('a cancelled run does not wait', async () => {
		await expect(retry(AbortSignal.abort(new Error('cancelled')))(api([lost]))(read)).rejects.toThrow('cancelled');
		expect(tries).toHaveLength(1);
	});

	test('a removal without a response that is cancelled before its next attempt has an unknown outcome', async () => {
		const answer = await retry(AbortSignal.abort(new Error('cancelled')))(api([lost]))(keyedRemoval);
		expect(answer).toMatchObject({ outcome: 'unknown', notSent: false, networkError: 'ECONNRESET', attempts: 1 });
		await expect(retry(AbortSignal.abort(new Error('cancelled')))(api([answered(429)]))(keyed)).rejects.toThrow('cancelled');
	});

	test.each([
		[
			'a keyed write',
			'still being worked on by another run',
			keyed,
			[answered(409), answered(409), answered(200)],
			{ status: 200, attempts: 3 },
		],
		['a removal', 'still being worked on', keyedRemoval, [lost, answered(409), answered(201)], { status: 201, attempts: 3 }],
		[
			'a removal',
			'still being worked on after a 5xx',
			keyedRemoval,
			[answered(502), answered(409), answered(200)],
			{ status: 200, attempts: 3 },
		],
	])('%s whose first try is %s is asked for again', async (_, _why, request, answers, expected) => {
		const answer = await retry()(api(answers))(request);
		expect(answer).toMatchObject(expected);
		expect(answer.outcome).toBeUndefined();
	});

	test('a removal whose later attempts get no token has an unknown outcome', async () => {
		const inner = api([answered(502)]);
		const noToken = async (request: ApiRequest) =>
			tries.length === 0 ? await inner(request) : await Promise.reject(new Error('No access token'));
		expect(await retry()(noToken)(keyedRemoval)).toMatchObject({ outcome: 'unknown', notSent: false, networkError: 'No access token' });
		tries.push(keyedRemoval);
		await expect(retry()(noToken)(keyedRemoval)).rejects.toThrow('No access token');
	});

	test.each([
		['a rate limit', answered(429)],
		['a host that was not reached', unsent],
	])('a conflict after %s is a conflict', async (_, first) => {
		const answer = await retry()(api([first, answered(409)]))(keyed);
		expect(answer).toMatchObject({ status: 409, attempts: 5 });
		expect(answer.outcome).toBeUndefined();
	});

	test.each<[string, ApiResponse[]]>([
		['another loss', [lost, lost, lost]],
		['a conflict', [lost, answered(409), answered(409)]],
		['a refused token', [lost, answered(401)]],
		['a missing right', [answered(500), answered(403)]],
		['a rate limit beyond the budget', [lost, answered(429, { 'retry-after': '90' })]],
		['no connection any more', [lost, unsent, unsent, unsent]],
	])('a removal that got lost and then met %s has an unknown outcome', async (_, answers) => {
		const answer = await retry()(api(answers))(keyedRemoval);
		expect(answer.outcome).toBe('unknown');
		expect(answer.notSent).toBeFalsy();
	});

	test.each<[string, ApiRequest, ApiResponse[]]>([
		['a read', read, [lost, answered(404)]],
		['a keyed write that was refused before any effect', keyed, [answered(429), answered(400)]],
		['a keyed write that was never sent', keyed, [unsent]],
		['a removal that succeeded at last', keyedRemoval, [lost, answered(201)]],
	])('the outcome of %s is not in doubt', async (_, request, answers) => {
		expect((await retry()(api(answers))(request)).outcome).toBeUndefined();
	});
});
