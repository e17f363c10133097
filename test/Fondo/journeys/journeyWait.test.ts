import type { IDataObject } from 'n8n-workflow';
import { journeyOutcomeOf, waitUntil } from '../../../nodes/Fondo/journeys/outcome';
import { startBench, type Bench } from '../../support/sandbox';
import { byId } from '../../support/samples';
import { giveTimeBack, skipWaits, takeTime } from '../../support/time';
import { callbackOf, newJourney, play } from './journeys';

let bench: Bench;
let clientId: string;

beforeAll(async () => {
	bench = await startBench();
	clientId = String((await bench.fondo().run({ resource: 'client', operation: 'getMany' })).json[0].id);
});
beforeEach(() => bench.sandbox.admin.faults.clear());
afterEach(giveTimeBack);
afterAll(async () => await bench.sandbox.stop());

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
	test('as it stands, Fondo is to call the execution that created it', async () => {
		expect((await newJourney(bench, clientId)).callbackUrl).toMatch(/^http:\/\/localhost:5678\/webhook-waiting\/1/);
	});

	test('another address can stand there', async () => {
		const callbackUrl = 'https://n8n.example.se/webhook/abc/journey';
		expect(await newJourney(bench, clientId, { callbackUrl })).toMatchObject({ callbackUrl, status: 'new' });
	});
});

describe('waiting for the outcome of a journey', () => {
	test.each([
		['complete', 'complete'],
		['cancel', 'canceled'],
		['fail', 'error'],
	] as const)('one that ended before (%s) is not waited for', async (ending, outcome) => {
		const journey = await newJourney(bench, clientId);
		await play(journey, ending);
		const { status, waiting: isWaiting, items } = await bench.fondo().run(waiting(journey));
		expect({ status, isWaiting }).toEqual({ status: 'success', isWaiting: undefined });
		expect(items).toEqual([
			{ json: expect.objectContaining({ id: journey.id, clientId, status: outcome, outcome }), pairedItem: { item: 0 } },
		]);
	});

	test('an open one is waited for until it expires, and a little longer', async () => {
		const journey = await newJourney(bench, clientId);
		const { status, until } = await wait(journey);
		expect(status).toBe('waiting');
		expect(until.getTime()).toBe(Date.parse(String(journey.expiryDate)) + 10 * 60_000);
	});

	test("when nobody calls in time, the item says 'timeout' and which journey it was", async () => {
		const journey = await newJourney(bench, clientId);
		const { input } = await wait(journey);
		expect(input).toEqual([expect.objectContaining({ id: journey.id, clientId, url: journey.url, status: 'new', outcome: 'timeout' })]);
	});

	test('a limit in hours is kept, also a part of one', async () => {
		const { now } = takeTime(Date.now());
		const { until } = await wait(await newJourney(bench, clientId), { waitLimit: 1.5 });
		expect(until.getTime()).toBe(now + 90 * 60_000);
	});

	test('a limit that is no number of hours is refused', async () => {
		const { error } = await bench.fondo().run(waiting(await newJourney(bench, clientId), { waitLimit: '={{ "soon" }}' }));
		expect(error).toMatchObject({ message: "'Wait at Most (Hours)': 'soon' is not a number of hours up to 8760" });
	});

	test('several items are refused before anything is asked, with the way to do it', async () => {
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

		test('is refused, for nobody would ever call', async () => {
			const { error, waiting: isWaiting } = await bench.fondo().run(waiting(await newJourney(bench, clientId, { callbackUrl })));
			expect(error?.message).toBe('Fondo will report this journey to another execution, not to this one');
			expect(error?.description).toContain("in a sub-workflow put 'Create' beside 'Wait for Outcome'");
			expect(isWaiting).toBeUndefined();
		});

		test('is waited for when one looks again after a time', async () => {
			expect((await wait(await newJourney(bench, clientId, { callbackUrl }), { waitLimit: 1 })).status).toBe('waiting');
		});

		test('is no question when it has ended', async () => {
			const journey = await newJourney(bench, clientId, { callbackUrl });
			await play(journey, 'complete');
			expect((await bench.fondo().run(waiting(journey))).json).toEqual([expect.objectContaining({ outcome: 'complete' })]);
		});
	});

	test('one that reports to an address of your own is waited for: it may pass the call on', async () => {
		const journey = await newJourney(bench, clientId, { callbackUrl: 'https://gateway.example.se/journeys?for=1' });
		expect((await wait(journey)).status).toBe('waiting');
	});

	test('an outage at the moment of looking again ends no wait', async () => {
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

	test('an AI is told that it cannot wait', async () => {
		const { error } = await bench.fondo().run({ ...waiting(await newJourney(bench, clientId)), type: 'fondoTool' });
		expect(error).toMatchObject({ message: "An AI cannot use 'Wait for Outcome'" });
	});

	test('a journey that Fondo does not know is not waited for', async () => {
		const { error, waiting: isWaiting } = await bench.fondo().run(waiting({ id: '00000000-0000-4000-8000-000000000000' }));
		expect(error?.message).toBe('Fondo does not know this object');
		expect(isWaiting).toBeUndefined();
	});
});

describe('a call at a waiting execution', () => {
	let journey: IDataObject;
	let input: IDataObject[];
	const parameters = (more: IDataObject = {}) => waiting({ id: '={{ $json.whatever }}' }, more);
	const call = async (body: unknown, more?: IDataObject) => await bench.fondo().webhook(parameters(more), { input, body });

	beforeEach(async () => {
		journey = await newJourney(bench, clientId);
		({ input } = await wait(journey));
	});

	test('lets it go on with the journey as Fondo has it, paired with the item that waited', async () => {
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
		['is no object', () => 'hello'],
		['names another journey', () => callbackOf({ ...journey, id: 'another' }, 'complete')],
	])('whose body %s tells nothing: what counts is what Fondo has', async (_, body) => {
		await play(journey, 'cancel');
		expect((await call(body())).json).toEqual([expect.objectContaining({ id: journey.id, outcome: 'canceled' })]);
	});

	test('goes on with the fields that were selected, and always with the outcome', async () => {
		await play(journey, 'complete');
		const { json } = await call(undefined, { options: { fieldsToReturn: 'url, result.account' } });
		expect(Object.keys(json?.[0] ?? {})).toEqual(['id', 'clientId', 'outcome', 'url', 'result.account']);
	});

	test('that is forged while the journey is open does nothing, and the caller is asked to come again', async () => {
		const { result, status } = await call(callbackOf(journey, 'complete'));
		expect({ result, status }).toEqual({ result: { noWebhookResponse: true }, status: 503 });
	});

	test.each([
		['tells of progress', () => callbackOf(journey, 'pending')],
		['is of another journey of the same execution', () => callbackOf({ ...journey, id: 'another' }, 'complete')],
		['is empty', () => undefined],
	])('that %s is taken, and the execution waits on', async (_, body) => {
		const { result, status } = await call(body());
		expect({ result, status }).toEqual({ result: { noWebhookResponse: true }, status: 200 });
	});

	test('waits on while Fondo is out of reach, and the caller is asked to come again', async () => {
		await play(journey, 'complete');
		takeTime(Date.now());
		bench.sandbox.admin.faults.add({ match: { path: 'getJourney' }, kind: 'status', status: 503 });
		const { result, status } = await call(callbackOf(journey, 'complete'));
		expect({ result, status }).toEqual({ result: { noWebhookResponse: true }, status: 503 });
		bench.sandbox.admin.faults.clear();
		expect((await call(callbackOf(journey, 'complete'))).json).toHaveLength(1);
	});

	test('waits on when the token was refused, and goes on with a new one', async () => {
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
		['the limit, when there is one', '2026-03-06T18:00:00Z', 2, '2026-03-06T14:00:00.000Z'],
		['the limit, even after the expiry', '2026-03-06T12:30:00Z', 2, '2026-03-06T14:00:00.000Z'],
		['five minutes at least, however often one waits again', '2026-03-01T00:00:00Z', 0, '2026-03-06T12:05:00.000Z'],
		['a week, when Fondo tells of no expiry', undefined, 0, '2026-03-13T12:00:00.000Z'],
		['a week, when nobody can read the expiry', 'soon', 0, '2026-03-13T12:00:00.000Z'],
	])('it is waited for until %s', (_, expiryDate, limit, until) => {
		expect(new Date(waitUntil({ expiryDate }, limit, now)).toISOString()).toBe(until);
	});
});
