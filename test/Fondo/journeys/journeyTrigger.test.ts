import type { IDataObject } from 'n8n-workflow';
import { useBench } from '../../support/sandbox';
import { giveTimeBack, takeTime } from '../../support/time';
import { callbackOf, newJourney, play } from './journeys';

/** The address of the trigger in these tests. */
const HERE = { callbackUrl: 'http://localhost:5678/webhook/hook-1/journey' };

const bench = useBench();
let clientId: string;
let otherClientId: string;
let journey: IDataObject;

beforeAll(async () => {
	[clientId, otherClientId] = (await bench.fondo().run({ resource: 'client', operation: 'getMany' })).json.map(({ id }) => String(id));
});
beforeEach(async () => {
	bench.sandbox.admin.faults.clear();
	journey = await newJourney(bench, clientId, HERE);
});
afterEach(giveTimeBack);

const trigger = () => bench.fondo({}, 'fondoJourneyTrigger');
const call = async (body: unknown, parameters: IDataObject = {}, mode: 'webhook' | 'manual' = 'webhook') =>
	await trigger().webhook({ parameters: parameters as never }, { body, mode });
const complete = () => callbackOf(journey, 'complete');

describe('a callback at the Fondo Journey Trigger', () => {
	test('starts an execution with the journey as Fondo shows it, its outcome and the time', async () => {
		const { now } = takeTime(Date.now());
		await play(journey, 'complete');
		const { status, json } = await call(callbackOf({ ...journey, url: 'https://forged.example' }, 'error'));
		expect(status).toBe(200);
		expect(json).toEqual([
			expect.objectContaining({
				id: journey.id,
				clientId,
				url: journey.url,
				status: 'complete',
				outcome: 'complete',
				partnerData: null,
				receivedAt: new Date(now).toISOString(),
			}),
		]);
	});

	test.each([
		['partner data comes back unchanged', { partnerData: 'session-123 å' }, 'session-123 å'],
		['a scope that is not base64 stays unchanged', { rawBody: { scope: 'not base64!' } }, null],
	])('%s', async (_, additionalFields, expected) => {
		journey = await newJourney(bench, clientId, { ...HERE, additionalFields });
		await play(journey, 'complete');
		expect((await call(complete())).json).toEqual([expect.objectContaining({ partnerData: expected, scope: journey.scope })]);
	});

	test('an outcome whose execution n8n could not start is accepted when Fondo sends it again', async () => {
		await play(journey, 'complete');
		const first = await trigger().webhook({ parameters: {} }, { body: complete(), cannotStart: true });
		expect(first.status).toBe(500);
		expect((await call(complete())).json).toHaveLength(1);
	});

	test('the same outcome starts one execution, however often and however concurrently Fondo sends it', async () => {
		await play(journey, 'complete');
		const calls = await Promise.all([complete(), complete(), complete()].map(async (body) => await call(body)));
		expect(calls.filter(({ json }) => json !== undefined)).toHaveLength(1);
		expect(calls.map(({ status }) => status)).toEqual([200, 200, 200]);
	});

	test('listening in the editor can be repeated', async () => {
		await play(journey, 'complete');
		for (const _ of [1, 2]) expect((await call(complete(), {}, 'manual')).json).toHaveLength(1);
	});

	test('only chosen outcomes start an execution', async () => {
		await play(journey, 'cancel');
		expect(await call(complete(), { outcomes: ['complete', 'other'] })).toMatchObject({ status: 200, json: undefined });
		expect((await call(complete(), { outcomes: ['canceled'] })).json).toHaveLength(1);
	});

	test('with chosen clients, journeys of other clients start no execution and are not read', async () => {
		await play(journey, 'complete');
		const before = bench.sandbox.admin.requests().length;
		expect(await call(complete(), { clients: [otherClientId] })).toMatchObject({ status: 200, json: undefined });
		expect(bench.sandbox.admin.requests()).toHaveLength(before);
		expect((await call(complete(), { clients: [clientId, otherClientId] })).json).toHaveLength(1);
	});

	test('a callback without a client belongs to the only chosen client', async () => {
		await play(journey, 'complete');
		expect(await call({ current: { id: journey.id } })).toMatchObject({ status: 400, json: undefined });
		expect((await call({ current: { id: journey.id } }, { clients: [clientId] })).json).toEqual([expect.objectContaining({ clientId })]);
	});
});

describe('no execution starts', () => {
	test.each([
		['an empty body', {}],
		['text', 'hello'],
		['a list', [1]],
		['an ID that is not text', { current: { id: { $ne: 1 }, clientId: 1 } }],
	])('for %s', async (_, body) => {
		expect(await call(body)).toMatchObject({ status: 400, json: undefined });
	});

	test.each([
		['unknown', '00000000-0000-4000-8000-000000000000'],
		['a path', '../account'],
		['a dot', '..'],
	])('for a journey whose ID is %s', async (_, id) => {
		expect(await call(callbackOf({ id, clientId }, 'complete'))).toMatchObject({ status: 404, json: undefined });
	});

	test('for a forged outcome of an open journey, and the true outcome still starts one later', async () => {
		expect(await call(complete())).toMatchObject({ status: 503, json: undefined });
		await play(journey, 'complete');
		expect((await call(complete())).json).toHaveLength(1);
	});

	test('for a journey that reports to another address', async () => {
		journey = await newJourney(bench, clientId, { callbackUrl: 'http://localhost:5678/webhook/another/journey' });
		await play(journey, 'complete');
		expect(await call(complete())).toMatchObject({ status: 200, json: undefined });
	});

	test('for a callback about progress', async () => {
		expect(await call(callbackOf(journey, 'pending'))).toMatchObject({ status: 200, json: undefined });
	});

	test('while Fondo is out of reach; the reply asks it to send the callback again', async () => {
		await play(journey, 'complete');
		takeTime(Date.now());
		bench.sandbox.admin.faults.add({ match: { path: 'getJourney' }, kind: 'cut_before' });
		expect(await call(complete())).toMatchObject({ status: 503, json: undefined });
		bench.sandbox.admin.faults.clear();
		expect((await call(complete())).json).toHaveLength(1);
	});
});

test('nothing is registered at Fondo, because each journey contains the address', async () => {
	for (const method of ['checkExists', 'create', 'delete'] as const) expect((await trigger().hook({}, method)).result).toBe(true);
});
