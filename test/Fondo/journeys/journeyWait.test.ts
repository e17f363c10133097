import type { IDataObject } from 'n8n-workflow';
import { journeyOutcomeOf, waitUntil } from '../../../nodes/Fondo/journeys/outcome';
import { useBench } from '../../support/sandbox';
import { byId } from '../../support/samples';
import { giveTimeBack, skipWaits, takeTime } from '../../support/time';
import { callbackOf, newJourney, play } from './journeys';

const bench = useBench();
let clientId: string;

beforeAll(async () => {
	clientId = String((await bench.fondo().run({ resource: 'client', operation: 'getMany' })).json[0].id);
});
beforeEach(() => bench.sandbox.admin.faults.clear());
afterEach(giveTimeBack);

const waiting = (journey: IDataObject, parameters: IDataObject = {}) => ({
	resource: 'journey',
	operation: 'waitForOutcome',
	parameters: { client: byId(clientId), journey: byId(journey.id), ...parameters } as never,
});

const wait = async (journey: IDataObject, parameters?: IDataObject) => {
	const run = await bench.fondo().run(waiting(journey, parameters));
	if (!run.waiting) throw new Error(run.error?.message ?? `it does not wait: ${JSON.stringify(run.json)}`);
	return { ...run, ...run.waiting };
};

describe('creating a journey', () => {
	test('by default, Fondo calls the execution that created the journey', async () => {
		expect((await newJourney(bench, clientId)).callbackUrl).toMatch(/^http:\/\/localhost:5678\/webhook-waiting\/1/);
	});

	test('a user can enter another address', async () => {
		const callbackUrl = 'https://n8n.example.se/webhook/abc/journey';
		expect(await newJourney(bench, clientId, { callbackUrl })).toMatchObject({ callbackUrl, status: 'new' });
	});
});

describe('waiting for the outcome of a journey', () => {
	test.each([
		['complete', 'complete'],
		['cancel', 'canceled'],
		['fail', 'error'],
	] as const)('a journey that has already ended (%s) is not waited for', async (ending, outcome) => {
		const journey = await newJourney(bench, clientId);
		await play(journey, ending);
		const { status, waiting: isWaiting, items } = await bench.fondo().run(waiting(journey));
		expect({ status, isWaiting }).toEqual({ status: 'success', isWaiting: undefined });
		expect(items).toEqual([
			{ json: expect.objectContaining({ id: journey.id, clientId, status: outcome, outcome }), pairedItem: { item: 0 } },
		]);
	});

	test('an open journey is waited for until ten minutes after it expires', async () => {
		const journey = await newJourney(bench, clientId);
		const { status, until } = await wait(journey);
		expect(status).toBe('waiting');
		expect(until.getTime()).toBe(Date.parse(String(journey.expiryDate)) + 10 * 60_000);
	});

	test("when no callback comes in time, the item has the outcome 'timeout' and the journey", async () => {
		const journey = await newJourney(bench, clientId);
		const { input } = await wait(journey);
		expect(input).toEqual([expect.objectContaining({ id: journey.id, clientId, url: journey.url, status: 'new', outcome: 'timeout' })]);
	});

	test('a limit in hours is kept, including a fraction of an hour', async () => {
		const { now } = takeTime(Date.now());
		const { until } = await wait(await newJourney(bench, clientId), { waitLimit: 1.5 });
		expect(until.getTime()).toBe(now + 90 * 60_000);
	});

	test('a limit that is not a number of hours is refused', async () => {
		const { error } = await bench.fondo().run(waiting(await newJourney(bench, clientId), { waitLimit: '={{ "soon" }}' }));
		expect(error).toMatchObject({ message: "'Wait at Most (Hours)': 'soon' is not a number of hours up to 8760" });
	});

	test('several items are refused before anything is sent, and the message says how to do it', async () => {
		const journey = await newJourney(bench, clientId);
		const before = bench.sandbox.admin.requests().length;
		const { error, waiting: isWaiting } = await bench.fondo().run(waiting(journey), [{}, {}]);
		expect(error?.message).toBe("'Wait for Outcome' takes one item at a time, but 2 came in");
		expect(error?.description).toContain('Loop Over Items node with a batch size of 1');
		expect(isWaiting).toBeUndefined();
		expect(bench.sandbox.admin.requests()).toHaveLength(before);
	});

	describe('that reports to another execution', () => {
		const callbackUrl = 'http://localhost:5678/webhook-waiting/2?signature=abc';

		test('is refused, because no callback would reach this execution', async () => {
			const { error, waiting: isWaiting } = await bench.fondo().run(waiting(await newJourney(bench, clientId, { callbackUrl })));
			expect(error?.message).toBe('Fondo will report this journey to another execution, not to this one');
			expect(error?.description).toContain("in a sub-workflow put 'Create' beside 'Wait for Outcome'");
			expect(isWaiting).toBeUndefined();
		});

		test('is waited for when the user has set a limit', async () => {
			expect((await wait(await newJourney(bench, clientId, { callbackUrl }), { waitLimit: 1 })).status).toBe('waiting');
		});

		test('is returned when it has already ended', async () => {
			const journey = await newJourney(bench, clientId, { callbackUrl });
			await play(journey, 'complete');
			expect((await bench.fondo().run(waiting(journey))).json).toEqual([expect.objectContaining({ outcome: 'complete' })]);
		});
	});

	test("a journey that reports to the partner's own address is waited for, because that address may forward the callback", async () => {
		const journey = await newJourney(bench, clientId, { callbackUrl: 'https://gateway.example.se/journeys?for=1' });
		expect((await wait(journey)).status).toBe('waiting');
	});

	test('an outage at the moment of a second look does not end the wait', async () => {
		const journey = await newJourney(bench, clientId);
		skipWaits();
		bench.sandbox.admin.faults.add({ match: { path: 'getJourney' }, kind: 'status', status: 503 });
		const first = await bench.fondo().run(waiting(journey, { waitLimit: 1 }), [journey]);
		expect(first.status).toBe('error');
		const again = await bench.fondo().run(waiting(journey, { waitLimit: 1 }), [{ ...journey, outcome: 'timeout' }]);
		bench.sandbox.admin.faults.clear();
		giveTimeBack();
		expect(again.waiting?.input[0]).toMatchObject({ id: journey.id, outcome: 'timeout' });
	});

	test('an AI cannot use the operation', async () => {
		const { error } = await bench.fondo().run({ ...waiting(await newJourney(bench, clientId)), type: 'fondoTool' });
		expect(error).toMatchObject({ message: "An AI cannot use 'Wait for Outcome'" });
	});

	test('a journey that Fondo does not know is not waited for', async () => {
		const { error, waiting: isWaiting } = await bench.fondo().run(waiting({ id: '00000000-0000-4000-8000-000000000000' }));
		expect(error?.message).toBe('Fondo has no such journey');
		expect(isWaiting).toBeUndefined();
	});
});

describe('a callback to a waiting execution', () => {
	let journey: IDataObject;
	let input: IDataObject[];
	const parameters = (more: IDataObject = {}) => waiting({ id: '={{ $json.whatever }}' }, more);
	const call = async (body: unknown, more?: IDataObject) => await bench.fondo().webhook(parameters(more), { input, body });

	beforeEach(async () => {
		journey = await newJourney(bench, clientId);
		({ input } = await wait(journey));
	});

	test('continues it with the journey as Fondo shows it, paired with the waiting item', async () => {
		await play(journey, 'complete');
		const { result, status } = await call(callbackOf(journey, 'complete'));
		expect(status).toBe(200);
		expect(result.workflowData).toEqual([
			[
				{
					json: expect.objectContaining({
						id: journey.id,
						clientId,
						status: 'complete',
						outcome: 'complete',
						result: { account: expect.any(String) },
					}),
					pairedItem: { item: 0 },
				},
			],
		]);
	});

	test.each([
		['lies about the outcome', () => callbackOf(journey, 'error')],
		['is empty', () => undefined],
		['is not an object', () => 'hello'],
		['names another journey', () => callbackOf({ ...journey, id: 'another' }, 'complete')],
	])('whose body %s is not trusted: the journey at Fondo decides', async (_, body) => {
		await play(journey, 'cancel');
		expect((await call(body())).json).toEqual([expect.objectContaining({ id: journey.id, outcome: 'canceled' })]);
	});

	test('continues with the selected fields, and always with the outcome', async () => {
		await play(journey, 'complete');
		const { json } = await call(undefined, { options: { fieldsToReturn: 'url, result.account' } });
		expect(Object.keys(json?.[0] ?? {})).toEqual(['id', 'clientId', 'outcome', 'url', 'result.account']);
	});

	test('that is forged while the journey is open does nothing, and the reply asks the caller to repeat it', async () => {
		const { result, status } = await call(callbackOf(journey, 'complete'));
		expect({ result, status }).toEqual({ result: { noWebhookResponse: true }, status: 503 });
	});

	test.each([
		['reports progress', () => callbackOf(journey, 'pending')],
		['is of another journey of the same execution', () => callbackOf({ ...journey, id: 'another' }, 'complete')],
		['is empty', () => undefined],
	])('that %s is accepted, and the execution keeps waiting', async (_, body) => {
		const { result, status } = await call(body());
		expect({ result, status }).toEqual({ result: { noWebhookResponse: true }, status: 200 });
	});

	test('while Fondo is out of reach the execution keeps waiting, and the reply asks the caller to repeat it', async () => {
		await play(journey, 'complete');
		takeTime(Date.now());
		bench.sandbox.admin.faults.add({ match: { path: 'getJourney' }, kind: 'status', status: 503 });
		const { result, status } = await call(callbackOf(journey, 'complete'));
		expect({ result, status }).toEqual({ result: { noWebhookResponse: true }, status: 503 });
		bench.sandbox.admin.faults.clear();
		expect((await call(callbackOf(journey, 'complete'))).json).toHaveLength(1);
	});

	test('when the token is refused the execution keeps waiting, and continues with a new token', async () => {
		await play(journey, 'complete');
		const { status } = await bench.fondo({ clientSecret: 'wrong' }).webhook(parameters(), { input });
		expect(status).toBe(503);
		bench.sandbox.admin.tokens.revoke('fondo');
		expect((await call(undefined)).json).toHaveLength(1);
	});
});

describe('how a journey ended', () => {
	test.each([
		['new', undefined],
		['pending', undefined],
		['complete', 'complete'],
		['canceled', 'canceled'],
		['error', 'error'],
		['expired', 'expired'],
		['rejected', 'rejected'],
		['', undefined],
		[undefined, undefined],
		[null, undefined],
	])('status %p is outcome %p', (status, outcome) => expect(journeyOutcomeOf({ status })).toBe(outcome));

	const now = Date.parse('2026-03-06T12:00:00Z');
	test.each([
		['expiry', '2026-03-06T18:00:00Z', 0, '2026-03-06T18:10:00.000Z'],
		['the limit, if there is one', '2026-03-06T18:00:00Z', 2, '2026-03-06T14:00:00.000Z'],
		['the limit, even after the expiry', '2026-03-06T12:30:00Z', 2, '2026-03-06T14:00:00.000Z'],
		['at least five minutes from now', '2026-03-01T00:00:00Z', 0, '2026-03-06T12:05:00.000Z'],
		['a week from now, if the journey has no expiry', undefined, 0, '2026-03-13T12:00:00.000Z'],
		['a week from now, if the expiry is not a date', 'soon', 0, '2026-03-13T12:00:00.000Z'],
	])('it is waited for until %s', (_, expiryDate, limit, until) => {
		expect(new Date(waitUntil({ expiryDate }, limit, now)).toISOString()).toBe(until);
	});
});
