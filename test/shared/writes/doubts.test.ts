import type { clock as Clock } from '../../../nodes/shared/core/clock';
import type { FaultInput } from '../../../sandbox';
import * as thisN8n from '../../support/n8n';
import type { Run } from '../../support/n8n';
import { batch, byId, seeded, subscription, type Seeded } from '../../support/samples';
import { startBench, type Bench } from '../../support/sandbox';
import { giveTimeBack, skipWaits } from '../../support/time';

let bench: Bench;
let seed: Seeded;
beforeAll(async () => {
	bench = await startBench({ settings: { finvis: { rateLimit: null } } });
	seed = await seeded(bench);
});
afterAll(async () => await bench.sandbox.stop());
let reference = '';
let number = 0;
beforeEach(() => {
	bench.sandbox.admin.faults.clear();
	number += 1;
	reference = `doubt-${number}`;
	skipWaits();
});
afterEach(giveTimeBack);

const retried = { retryOnFail: true, maxTries: 2, waitBetweenTries: 1 };
const moved = (of = reference) => bench.sandbox.admin.ledger(of).length;
const struck = (...faults: FaultInput[]) => bench.sandbox.admin.faults.add(faults);
const outcomes = ({ json }: Run) => json.map(({ receipt, error }) => ((receipt ?? error) as { outcome: string }).outcome);
const unknownTo = (api: string) => `It is not known whether ${api} executed '${reference}'`;

const instruct = () => ({
	resource: 'paymentInstruction',
	operation: 'create',
	parameters: { client: byId(seed.client), payments: { rows: [{ account: seed.accounts[0], amount: 110 }] }, reference },
});

describe('the last try of Retry On Fail does not hide the unknown result of the first', () => {
	test('when the look-up before it is answered with nothing', async () => {
		struck(
			{ kind: 'cut_after', match: { path: 'createPaymentInstruction' }, times: 1 },
			{ kind: 'empty', match: { path: 'getCashTransactions', nth: 3 } },
		);
		const looks = () => bench.sandbox.admin.requests().filter(({ fault }) => fault === 'empty').length;
		const { error } = await bench.fondo().run({ ...instruct(), ...retried });
		expect([moved(), looks()]).toEqual([1, 1]);
		expect(error?.message).toBe(unknownTo('Fondo'));
		expect(error?.description).toContain('Look in Fondo for the reference');
		expect(error?.description).not.toContain('Nothing was sent');
	});

	/** A batch that is to be submitted. */
	const submit = async () => {
		const [{ id }] = (await bench.finvis().run(batch(seed), [{ reference }])).json;
		return { resource: 'paymentBatch', operation: 'submit', parameters: { paymentBatch: byId(id) }, ...retried };
	};

	test('when the node gets no token for it', async () => {
		const submission = await submit();
		struck(
			{ kind: 'cut_after', match: { path: 'submitPaymentBatch' }, times: 3 },
			{ kind: 'expired_token', match: { path: 'submitPaymentBatch', nth: 4 } },
			{ kind: 'status', status: 403, match: { path: 'createToken', nth: 2 } },
		);
		const { error } = await bench.finvis().run(submission);
		expect(error?.message).toBe('It is not known whether Finvis executed this');
		expect(error?.description).toContain('Run this again as it is');
	});

	test('nor does a later try of the same call when the node gets no token', async () => {
		const { retryOnFail: _, ...submission } = await submit();
		struck(
			{ kind: 'status', status: 502, after: true, match: { path: 'submitPaymentBatch' }, times: 1 },
			...[2, 3, 4].flatMap((nth): FaultInput[] => [
				{ kind: 'expired_token', match: { path: 'submitPaymentBatch', nth } },
				{ kind: 'status', status: 403, match: { path: 'createToken', nth } },
			]),
		);
		const engine = bench.finvis();
		const { error } = await engine.run(submission);
		expect(error?.message).toBe('It is not known whether Finvis executed this');
		expect(error?.description).toContain('Run this again as it is');
	});

	test('when the API asks to stay away for longer than the node waits', async () => {
		const submission = await submit();
		struck(
			{ kind: 'status', status: 500, after: true, match: { path: 'submitPaymentBatch' }, times: 3 },
			{ kind: 'rate_limit', retryAfter: 600, match: { path: 'submitPaymentBatch', nth: 4 } },
		);
		const engine = bench.finvis();
		const { error } = await engine.run(submission);
		expect(error?.message).toBe('It is not known whether Finvis executed this');
		expect(outcomes(await engine.run(submission))).toEqual(['replayed']);
	});

	test('nor the success of an earlier try', async () => {
		const engine = bench.fondo();
		expect(outcomes(await engine.run(subscription(seed, { amount: 150 }), [{ reference }]))).toEqual(['created']);
		struck({ kind: 'status', status: 403, match: { path: 'getOrders' }, times: 1 });
		const { error } = await engine.run(subscription(seed, { amount: 150 }), [{ reference }]);
		expect(error?.message).toBe(unknownTo('Fondo'));
		expect(error?.description).not.toContain('Nothing was sent');
	});
});

describe('what makes something without a reference', () => {
	test('is no repeat of an earlier one: what Fondo refuses is rejected', async () => {
		const journey = { resource: 'journey', operation: 'create', parameters: { client: byId(seed.client), type: 'kyc' } };
		const engine = bench.fondo();
		const first = await engine.run({ ...journey, onError: 'continueRegularOutput' });
		struck({ kind: 'status', status: 403, match: { path: 'postJourney' }, times: 1 });
		const second = await engine.run({ ...journey, onError: 'continueRegularOutput' });
		expect([first, second].map(outcomes)).toEqual([['created'], ['rejected']]);
	});

	test('a mere check is no earlier call', async () => {
		const engine = bench.fondo();
		const check = subscription(seed, { amount: 150, additionalFields: { validateOnly: true } });
		struck({ kind: 'cut_before', match: { path: 'createOrder' }, times: 1 });
		await engine.run({ ...check, onError: 'continueRegularOutput' }, [{ reference }]);
		struck({ kind: 'status', status: 400, match: { path: 'createOrder' }, times: 1 });
		const refusal = await engine.run({ ...subscription(seed, { amount: 150 }), onError: 'continueRegularOutput' }, [{ reference }]);
		expect(outcomes(refusal)).toEqual(['rejected']);
	});
});

test('a payment instruction without a token does not count as handed over', async () => {
	struck(
		{ kind: 'expired_token', match: { path: 'createPaymentInstruction', nth: 1 } },
		{ kind: 'status', status: 403, match: { path: 'authToken', nth: 2 } },
	);
	const engine = bench.fondo();
	expect((await engine.run(instruct())).error).toBeDefined();
	expect(moved()).toBe(0);
	expect(outcomes(await engine.run(instruct()))).toEqual(['created']);
	expect(moved()).toBe(1);
});

describe('another worker, or n8n after a crash', () => {
	/** Another n8n: it shares only the database with this process. */
	const another = () => {
		let other = thisN8n;
		let itsClock: typeof Clock | undefined;
		jest.isolateModules(() => {
			// eslint-disable-next-line @typescript-eslint/no-require-imports
			other = require('../../support/n8n');
			// eslint-disable-next-line @typescript-eslint/no-require-imports
			itsClock = require('../../../nodes/shared/core/clock').clock;
		});
		Object.assign(other.memoryRows, thisN8n.memoryRows);
		const waits: number[] = [];
		const clock = itsClock as typeof Clock;
		clock.sleep = async (ms) => void waits.push(ms);
		const { fondoUrl: baseUrl } = bench.sandbox;
		const credential = { environment: 'custom', baseUrl, clientId: 'fondo-demo', clientSecret: 'fondo-demo-secret' };
		return { engine: new other.Engine('fondo', credential), clock, waits };
	};
	const order = () => subscription(seed, { amount: 150 });

	test('by a clock that is behind knows of it too', async () => {
		struck({ kind: 'cut_before', match: { path: 'createOrder' }, times: 1 });
		await bench.fondo().run(order(), [{ reference }]);
		const { engine, clock } = another();
		const { now } = clock;
		clock.now = () => now() - 90_000;
		expect((await engine.run(order(), [{ reference }])).error?.message).toBe(unknownTo('Fondo'));
		expect(moved()).toBe(0);
	});

	test('only looks while Fondo may still work on the call of another process, and sends it when that time is over', async () => {
		struck({ kind: 'cut_before', match: { path: 'createOrder' }, times: 1 });
		expect((await bench.fondo().run(order(), [{ reference }])).error?.message).toBe(unknownTo('Fondo'));
		const { engine, clock, waits } = another();
		const soon = await engine.run(order(), [{ reference }]);
		expect(soon.error?.message).toBe(unknownTo('Fondo'));
		expect(soon.error?.description).toContain('An earlier call under this reference may still be at work');
		expect([moved(), waits]).toEqual([0, [0, 500, 1_500, 4_000]]);
		const { now } = clock;
		clock.now = () => now() + 11 * 60_000;
		expect(outcomes(await engine.run(order(), [{ reference }]))).toEqual(['created']);
		expect(moved()).toBe(1);
	});

	test('finds what comes into the list while it looks', async () => {
		struck({ kind: 'latency', delayMs: 700, match: { path: 'createOrder' }, times: 1 });
		const first = bench.fondo().run(order(), [{ reference }]);
		const { engine, clock } = another();
		clock.sleep = async (ms) => await new Promise((resolve) => setTimeout(resolve, ms));
		await new Promise((resolve) => setTimeout(resolve, 200));
		const second = await engine.run(order(), [{ reference }]);
		expect([outcomes(await first), outcomes(second)]).toEqual([['created'], ['found']]);
		expect(moved()).toBe(1);
	});

	test('sends what another was refused', async () => {
		struck({ kind: 'status', status: 409, match: { path: 'createOrder' }, times: 1 });
		expect((await bench.fondo().run(order(), [{ reference }])).error?.message).toBe(`Fondo refused the reference '${reference}'`);
		expect(outcomes(await another().engine.run(order(), [{ reference }]))).toEqual(['created']);
		expect(moved()).toBe(1);
	});
});
