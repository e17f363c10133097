import type { INodeParameters } from 'n8n-workflow';
import { finvisConnection } from '../../../nodes/Finvis/connection';
import { fondoConnection } from '../../../nodes/Fondo/connection';
import { fingerprint, legacyKeyOf } from '../../../nodes/shared/writes/idempotencyKey';
import type { FaultInput } from '../../../sandbox';
import { anotherProcess } from '../../support/anotherProcess';
import { memoryRows, type Run } from '../../support/n8n';
import { batch, byId, seeded, subscription, type Seeded } from '../../support/samples';
import { useBench } from '../../support/sandbox';
import { giveTimeBack, skipWaits } from '../../support/time';

const bench = useBench({ settings: { finvis: { rateLimit: null } } });
let seed: Seeded;
beforeAll(async () => {
	seed = await seeded(bench);
});
let reference = '';
let number = 0;
beforeEach(() => {
	bench.sandbox.admin.faults.clear();
	number += 1;
	reference = `doubt-${number}`;
	skipWaits();
});
afterEach(giveTimeBack);

const DAY = 86_400_000;
const retried = { retryOnFail: true, maxTries: 2, waitBetweenTries: 1 };
const moved = (of = reference) => bench.sandbox.admin.ledger(of).length;
const struck = (...faults: FaultInput[]) => bench.sandbox.admin.faults.add(faults);
const outcomes = ({ json }: Run) => json.map(({ receipt, error }) => ((receipt ?? error) as { outcome: string }).outcome);
const unknownTo = (api: string) => `It is not known whether ${api} executed '${reference}'`;
const sentBefore = (api: string) => `'${reference}' was sent before, and ${api} does not show it`;

const instruct = () => ({
	resource: 'paymentInstruction',
	operation: 'create',
	parameters: { client: byId(seed.client), payments: { rows: [{ account: seed.accounts[0], amount: 110 }] }, reference },
});

describe('a later try does not hide what is not known, or known, of the first', () => {
	test('when the look-up before it is answered with nothing', async () => {
		struck(
			{ kind: 'cut_after', match: { path: 'createPaymentInstruction' }, times: 1 },
			{ kind: 'empty', match: { path: 'getCashTransactions', nth: 3 } },
		);
		const looks = () => bench.sandbox.admin.requests().filter(({ fault }) => fault === 'empty').length;
		const { error } = await bench.fondo().run({ ...instruct(), ...retried });
		expect([moved(), looks()]).toEqual([1, 1]);
		expect(error?.message).toBe(unknownTo('Fondo'));
		expect(error?.description).toContain('Look for it in Fondo.');
		expect(error?.description).not.toContain('Nothing was sent');
	});

	const submissions = () =>
		bench.sandbox.admin.requests().filter(({ operationId, status }) => operationId === 'submitPaymentBatch' && status !== 401).length -
		before;
	let before = 0;
	beforeEach(() => {
		before = 0;
		before = submissions();
	});
	/** A batch that is to be submitted. */
	const submit = async () => {
		const [{ id }] = (await bench.finvis().run(batch(seed), [{ reference }])).json;
		return { resource: 'paymentBatch', operation: 'submit', parameters: { paymentBatch: byId(id) }, ...retried };
	};

	test('when the list cannot be read after a lost submission', async () => {
		const submission = await submit();
		// The list cannot be read after the call.
		struck(
			{ kind: 'cut_after', match: { path: 'submitPaymentBatch' }, times: 3 },
			...Array.from({ length: 30 }, (_, index): FaultInput => ({
				kind: 'status',
				status: 400,
				match: { path: 'listPaymentBatches', nth: index + 2 },
			})),
		);
		const engine = bench.finvis();
		const { error } = await engine.run(submission);
		expect(error?.context.data).toMatchObject({ outcome: 'unknown' });
		bench.sandbox.admin.faults.clear();
		expect(outcomes(await engine.run(submission))).toEqual(['found']);
		expect(submissions()).toBe(1);
	});

	test('a lost submission that Finvis shows is accepted, and needs no token for another call', async () => {
		const { retryOnFail: _, ...submission } = await submit();
		struck(
			{ kind: 'status', status: 502, after: true, match: { path: 'submitPaymentBatch' }, times: 1 },
			...[2, 3, 4].flatMap((nth): FaultInput[] => [
				{ kind: 'expired_token', match: { path: 'submitPaymentBatch', nth } },
				{ kind: 'status', status: 403, match: { path: 'createToken', nth } },
			]),
		);
		const engine = bench.finvis();
		expect(outcomes(await engine.run(submission))).toEqual(['accepted']);
		expect(submissions()).toBe(1);
	});

	test('a submission that failed after its effect is accepted, although Finvis would ask to stay away', async () => {
		const submission = await submit();
		struck(
			{ kind: 'status', status: 500, after: true, match: { path: 'submitPaymentBatch' }, times: 3 },
			{ kind: 'rate_limit', retryAfter: 600, match: { path: 'submitPaymentBatch', nth: 4 } },
		);
		const engine = bench.finvis();
		expect(outcomes(await engine.run(submission))).toEqual(['accepted']);
		expect(outcomes(await engine.run(submission))).toEqual(['found']);
		expect(submissions()).toBe(1);
	});

	test('nor what was done by an earlier one', async () => {
		const engine = bench.fondo();
		expect(outcomes(await engine.run(subscription(seed, { amount: 150 }), [{ reference }]))).toEqual(['created']);
		struck({ kind: 'status', status: 403, match: { path: 'getOrders' }, times: 2 });
		const { error } = await engine.run(subscription(seed, { amount: 150 }), [{ reference }]);
		expect(error?.message).toBe(`'${reference}' was sent before, and could not be looked up in Fondo`);
		expect(error?.description).toMatch(/It was sent on .+ \(UTC\), and Fondo said that it executed it\. Nothing was sent now\./);
		expect(outcomes(await engine.run(subscription(seed, { amount: 150 }), [{ reference }]))).toEqual(['found']);
		expect(moved()).toBe(1);
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

	test('a check whose answer is lost counts as sent, because a vendor may have executed it, and Send Again orders', async () => {
		const engine = bench.fondo();
		const check = subscription(seed, { amount: 150, additionalFields: { validateOnly: true } });
		struck({ kind: 'cut_before', match: { path: 'createOrder' }, times: 1 });
		await engine.run({ ...check, onError: 'continueRegularOutput' }, [{ reference }]);
		struck({ kind: 'status', status: 400, match: { path: 'createOrder' }, times: 1 });
		const order = (additionalFields = {}) => ({
			...subscription(seed, { amount: 150, additionalFields }),
			onError: 'continueRegularOutput' as const,
		});
		const stopped = await engine.run(order(), [{ reference }]);
		expect(stopped.json[0].error).toMatchObject({ outcome: 'unknown', message: sentBefore('Fondo') });
		bench.sandbox.admin.faults.clear();
		expect(outcomes(await engine.run(order({ ifSentBefore: 'send' }), [{ reference }]))).toEqual(['created']);
		expect(moved()).toBe(1);
	});

	test('a check that was answered is no earlier call', async () => {
		const engine = bench.fondo();
		const check = subscription(seed, { amount: 150, additionalFields: { validateOnly: true } });
		expect(outcomes(await engine.run(check, [{ reference }]))).toEqual(['validated']);
		struck({ kind: 'status', status: 400, match: { path: 'createOrder' }, times: 1 });
		const refusal = await engine.run({ ...subscription(seed, { amount: 150 }), onError: 'continueRegularOutput' }, [{ reference }]);
		expect(outcomes(refusal)).toEqual(['rejected']);
	});
});

test('a payment instruction for which no token could be had is not taken for one that was handed over', async () => {
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

test('a cancellation whose every try was lost is sent again, by another process too: a second one does no harm', async () => {
	const engine = bench.fondo();
	for (const [index, later] of [engine, anotherProcess(bench).fondo()].entries()) {
		const [{ id }] = (await engine.run(subscription(seed), [{ reference: `${reference}-${index}` }])).json;
		const cancel = { resource: 'order', operation: 'cancel', parameters: { client: byId(seed.client), order: byId(id) } };
		struck({ match: { path: 'cancelOrder' }, kind: 'cut_before', times: 10 });
		expect((await engine.run(cancel, [{}])).error?.context.data).toMatchObject({ outcome: 'unknown' });
		expect(bench.sandbox.admin.faults.list()[0].applied).toBe(3);
		bench.sandbox.admin.faults.clear();
		expect(outcomes(await later.run(cancel, [{}]))).toEqual(['accepted']);
		expect(outcomes(await later.run(cancel, [{}]))).toEqual(['found']);
	}
});

describe('closing an account', () => {
	const close = async (isEmpty = true) => {
		const all = { resource: 'account', operation: 'getMany', parameters: { client: byId(seed.client), returnAll: true, simplify: false } };
		const accounts = (await bench.fondo().run(all)).json;
		const account = accounts.find(({ balance, deleted }) => deleted !== true && (balance === 0) === isEmpty);
		return { resource: 'account', operation: 'close', parameters: { client: byId(seed.client), account: byId(account?.id) } };
	};

	test.each(['cut_after', 'cut_before'] as const)('whose answer was lost (%s) is found later, by another process too', async (kind) => {
		const run = await close();
		struck({ match: { path: 'deleteAccount' }, kind, times: 1 });
		const [engine, later] = [bench.fondo(), anotherProcess(bench).fondo()];
		expect(outcomes(await engine.run(run, [{}]))).toEqual(['accepted']);
		for (const one of [engine, later]) expect(outcomes(await one.run(run, [{}]))).toEqual(['found']);
	});

	test('whose every try was lost is sent again', async () => {
		const run = await close();
		struck({ match: { path: 'deleteAccount' }, kind: 'cut_before', times: 10 });
		expect((await bench.fondo().run(run, [{}])).error?.context.data).toMatchObject({ outcome: 'unknown' });
		bench.sandbox.admin.faults.clear();
		expect(outcomes(await anotherProcess(bench).fondo().run(run, [{}]))).toEqual(['accepted']);
	});

	test('that Fondo refuses is rejected each time', async () => {
		const run = { ...(await close(false)), onError: 'continueRegularOutput' as const };
		for (const _ of [1, 2]) expect(outcomes(await bench.fondo().run(run, [{}]))).toEqual(['rejected']);
	});
});

describe('another worker, or n8n after a crash', () => {
	/** Another n8n: nothing of this process but the database. */
	const another = () => {
		const { fondo, clock, waits } = anotherProcess(bench);
		return { engine: fondo(), clock, waits };
	};
	const order = () => subscription(seed, { amount: 150 });

	test('by a clock that is behind knows of it too', async () => {
		struck({ kind: 'cut_before', match: { path: 'createOrder' }, times: 1 });
		await bench.fondo().run(order(), [{ reference }]);
		const { engine, clock } = another();
		const { now } = clock;
		clock.now = () => now() - 90_000;
		expect((await engine.run(order(), [{ reference }])).error?.message).toBe(sentBefore('Fondo'));
		expect(moved()).toBe(0);
	});

	test('only looks for what another sent, for ever, and sends it with Send Again', async () => {
		struck({ kind: 'cut_before', match: { path: 'createOrder' }, times: 1 });
		expect((await bench.fondo().run(order(), [{ reference }])).error?.message).toBe(unknownTo('Fondo'));
		const { engine, clock, waits } = another();
		const soon = await engine.run(order(), [{ reference }]);
		expect(soon.error?.message).toBe(sentBefore('Fondo'));
		expect(soon.error?.description).toMatch(/^It was sent on \d{4}-\d\d-\d\d \(UTC\)\. Nothing was sent now\./);
		expect([moved(), waits.filter((ms) => ms > 0)]).toEqual([0, [500, 1_500, 4_000]]);
		const { now } = clock;
		for (const time of [11 * 60_000, 40 * DAY, 300 * DAY]) {
			clock.now = () => now() + time;
			expect((await engine.run(order(), [{ reference }])).error?.message).toBe(sentBefore('Fondo'));
		}
		expect(moved()).toBe(0);
		expect(
			outcomes(await engine.run(subscription(seed, { amount: 150, additionalFields: { ifSentBefore: 'send' } }), [{ reference }])),
		).toEqual(['created']);
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

describe('marks of version 0.1.0 in the memory of n8n', () => {
	const ROW = 'wf-1 node-1';
	const remember = async (...marks: string[]) => await memoryRows.write(ROW, [...(await memoryRows.read(ROW)), ...marks]);
	const fondoKey = () =>
		legacyKeyOf(fondoConnection({ environment: 'custom', baseUrl: bench.sandbox.fondoUrl, clientId: 'fondo-demo' }), {
			route: 'POST /v2/partner/client/{client_id}/instruction/payment',
			path: { client_id: seed.client },
			reference,
		});
	const payments = (amount: number) => ({ type: 'autogiro', payments: [{ account: seed.accounts[0], amount, clientRef: reference }] });

	test('an instruction that it handed over is not handed over again, and another under its reference is refused', async () => {
		await remember(fondoKey(), `${fondoKey()} ${fingerprint(payments(110))}`);
		expect((await bench.fondo().run(instruct())).error?.message).toBe(sentBefore('Fondo'));
		const other = {
			...instruct(),
			parameters: {
				...instruct().parameters,
				payments: { rows: [{ account: seed.accounts[0], amount: 999 }] } as unknown as INodeParameters,
			},
		};
		expect((await bench.fondo().run(other)).error?.message).toBe(`The reference '${reference}' was already used for something else`);
		expect(moved()).toBe(0);
	});

	test('an instruction of two payments is known by its content, although their derived references are written otherwise now', async () => {
		const rows = [seed.accounts[0], seed.accounts[1]].map((account) => ({ account, amount: 110 }));
		const before = { type: 'autogiro', payments: rows.map((row, index) => ({ ...row, clientRef: `${reference}-${index + 1}` })) };
		await remember(fondoKey(), `${fondoKey()} ${fingerprint(before)}`);
		const both = { ...instruct(), parameters: { ...instruct().parameters, payments: { rows } as unknown as INodeParameters } };
		expect((await bench.fondo().run(both)).error?.message).toBe(sentBefore('Fondo'));
		expect(moved()).toBe(0);
	});

	test.each([
		['without a fingerprint', false],
		['with a fingerprint', true],
	])('a batch that it made is not made again: a mark %s', async (_, hasFingerprint) => {
		const [made] = (await bench.finvis().run(batch(seed), [{ reference: `${reference}-body` }])).json;
		const connection = finvisConnection({
			environment: 'custom',
			baseUrl: bench.sandbox.finvisUrl,
			clientId: 'finvis-demo',
			clientSecret: 'finvis-demo-secret',
			tenantMode: 'own',
		});
		const key = legacyKeyOf(connection, { route: 'POST /payments/batches/', reference });
		const body = {
			account_id: seed.bankAccount,
			execution_date: made.execution_date,
			currency: 'SEK',
			payments: [
				{
					amount: '100.50',
					currency: 'SEK',
					creditor_name: 'Leverantören AB',
					creditor_account: { type: 'iban', value: 'SE3550000000054910000003' },
					end_to_end_id: reference,
				},
			],
		};
		await remember(`${key} sent`, ...(hasFingerprint ? [`${key} sent ${fingerprint(body)}`] : []));
		const { error } = await bench.finvis().run(batch(seed), [{ reference }]);
		expect(error?.message).toBe(hasFingerprint ? sentBefore('Finvis') : `The reference '${reference}' was already used for something else`);
		const batches = (await bench.finvis().run({ resource: 'paymentBatch', operation: 'getMany', parameters: { returnAll: true } })).json;
		expect(batches.filter(({ name }) => String(name).startsWith(`${reference} `) || name === reference)).toEqual([]);
	});
});
