import type { IDataObject } from 'n8n-workflow';
import { clock } from '../../../nodes/shared/core/clock';
import type { FaultInput } from '../../../sandbox';
import { anotherProcess, type AnotherProcess } from '../../support/anotherProcess';
import type { Run } from '../../support/n8n';
import { useBench } from '../../support/sandbox';
import { byId, seeded, subscription, type Seeded } from '../../support/samples';
import { pass, useServer, type Received, type Reply } from '../../support/server';
import { giveTimeBack, skipWaits } from '../../support/time';

const bench = useBench();
const gateway = useServer();
let other: AnotherProcess;
let seed: Seeded;
beforeAll(async () => {
	seed = await seeded(bench);
	other = anotherProcess(bench);
});
const FORTY_DAYS = 40 * 86_400_000;
let reference = '';
let number = 0;
beforeEach(() => {
	// A new world from the same seed: there is cash again.
	bench.sandbox.admin.reset();
	gateway.reset();
	gateway.token = forward;
	gateway.answer = forward;
	number += 1;
	reference = `once-${number}`;
	skipWaits();
});
afterEach(giveTimeBack);

const forward = async (call: Received) => await pass(bench.sandbox.fondoUrl, call);
/** A Fondo behind a gateway that the test can make fail. */
const behindGateway = () => bench.fondo({ baseUrl: gateway.url });
const create = (changed: IDataObject = {}) => subscription(seed, changed);
const moved = (of = reference) => bench.sandbox.admin.ledger(of).length;
const receipts = ({ json }: Run) => json.map(({ receipt }) => (receipt as { outcome: string }).outcome);
const posts = () => gateway.received.filter(({ method }) => method === 'POST').length;

const orders = () =>
	bench.sandbox.admin.requests().filter(({ operationId, status }) => operationId === 'createOrder' && status !== 401).length;

const struck = (fault: FaultInput) => bench.sandbox.admin.faults.add({ match: { path: 'createOrder' }, times: 1, ...fault });

describe.each<[string, FaultInput]>([
	['the connection breaks after the effect', { kind: 'cut_after' }],
	['204 without content', { kind: 'empty' }],
	['broken JSON after the effect', { kind: 'malformed' }],
	['429', { kind: 'rate_limit', retryAfter: 1 }],
	['an expired token', { kind: 'expired_token' }],
])('when Fondo answers an order with: %s', (_, fault) => {
	test('the order is there once, and a repeat finds it', async () => {
		struck(fault);
		const engine = bench.fondo();
		const first = await engine.run(create(), [{ reference }]);
		expect(first.error).toBeUndefined();
		expect(first.json[0]).toMatchObject({
			clientRef: reference,
			amount: 500,
			status: 'received',
			receipt: { reference, outcome: 'created' },
		});
		expect(moved()).toBe(1);
		const second = await engine.run(create(), [{ reference }]);
		expect(second.json[0]).toMatchObject({ id: first.json[0].id, receipt: { outcome: 'found' } });
		expect(moved()).toBe(1);
	});
});

/** Fondo may still be at work, or have executed it and show it late: absence is no proof, so nothing is sent again. */
describe.each<[string, FaultInput, said: string]>([
	['the connection breaks before the effect', { kind: 'cut_before' }, 'ECONNRESET after 1 try.'],
	[
		'a web page with 502',
		{ kind: 'status', status: 502, body: '<h1>Bad Gateway</h1>', headers: { 'content-type': 'text/html' } },
		'Fondo answered 502 after 1 try.',
	],
	['500 without effect', { kind: 'status', status: 500 }, 'Fondo answered 500 after 1 try.'],
	['503 without effect', { kind: 'status', status: 503 }, 'Fondo answered 503 after 1 try.'],
	['504', { kind: 'status', status: 504 }, 'Fondo answered 504 after 1 try.'],
	['408', { kind: 'status', status: 408 }, 'Fondo answered 408 after 1 try.'],
])('when the answer to an order proves nothing and the order is not there: %s', (_, fault, said) => {
	test('the outcome is unknown, no later run sends it, and Send Again places it once', async () => {
		struck(fault);
		const engine = bench.fondo();
		const { error } = await engine.run(create(), [{ reference }]);
		expect(error?.message).toBe(`It is not known whether Fondo executed '${reference}'`);
		expect(error?.description).toContain(said);
		expect(error?.context.data).toMatchObject({ outcome: 'unknown', reference });
		expect([moved(), orders()]).toEqual([0, 1]);
		const wasSent = `'${reference}' was sent before, and Fondo does not show it`;

		const soon = await engine.run({ ...create(), retryOnFail: true, maxTries: 3, waitBetweenTries: 1 }, [{ reference }]);
		expect(soon.error?.message).toBe(wasSent);
		expect(soon.error?.context.data).toMatchObject({ outcome: 'unknown', reference });
		expect(soon.error?.description).toMatch(/^It was sent on \d{4}-\d\d-\d\d \(UTC\)\. Nothing was sent now\. Look for it in Fondo\./);
		for (const engineOf of [bench, other]) expect((await engineOf.fondo().run(create(), [{ reference }])).error?.message).toBe(wasSent);
		for (const time of [clock, other.clock]) time.now = () => Date.now() + FORTY_DAYS;
		for (const engineOf of [bench, other]) expect((await engineOf.fondo().run(create(), [{ reference }])).error?.message).toBe(wasSent);
		expect([moved(), orders()]).toEqual([0, 1]);

		expect(receipts(await engine.run(create({ additionalFields: { ifSentBefore: 'send' } }), [{ reference }]))).toEqual(['created']);
		expect(moved()).toBe(1);
		expect(receipts(await engine.run(create({ additionalFields: { ifSentBefore: 'send' } }), [{ reference }]))).toEqual(['found']);
		expect(moved()).toBe(1);
	});
});

test('a timeout while Fondo is at work: the order is looked for until it is there', async () => {
	giveTimeBack();
	struck({ kind: 'latency', delayMs: 2_500 });
	const { json, error } = await bench.fondo().run(create({ options: { timeout: 1 } }), [{ reference }]);
	expect(error).toBeUndefined();
	expect(json[0]).toMatchObject({ clientRef: reference, receipt: { outcome: 'created' } });
	expect(moved()).toBe(1);
});

test('a timeout, and an order that shows up only after the last look: nothing is sent twice', async () => {
	let goOn = () => {};
	const held = new Promise<void>((resolve) => (goOn = resolve));
	const late: Array<Promise<Reply>> = [];
	gateway.answer = async (call) => {
		if (call.method === 'GET' || posts() > 1) return await forward(call);
		late.push(held.then(async () => await forward(call)));
		return await late[0];
	};
	await behindGateway().run(create({ options: { timeout: 1 } }), [{ reference }]);
	goOn();
	await Promise.all(late);
	expect(moved()).toBe(1);
});

describe.each<[string, Reply | undefined]>([
	['500', { status: 500, body: { error: 'server_error' } }],
	['504', { status: 504, body: '<h1>Gateway Timeout</h1>' }],
	['200 and a web page', { status: 200, body: '<h1>Welcome</h1>' }],
	['200 and nothing', { status: 200, body: '' }],
	['200 and a list', { status: 200, body: '[]' }],
	['a broken connection', undefined],
])('a gateway that answers %s after the effect', (_, reply) => {
	test('does not connection the order twice', async () => {
		gateway.answer = async (call) => {
			const real = await forward(call);
			return call.method === 'POST' ? reply : real;
		};
		const { json, error } = await behindGateway().run(create(), [{ reference }]);
		expect(error).toBeUndefined();
		expect(json[0]).toMatchObject({ clientRef: reference, receipt: { outcome: 'created', status: 200 } });
		expect([moved(), posts()]).toEqual([1, 1]);
	});
});

describe.each<[string, Reply | undefined]>([
	['answered with 500', { status: 500, body: {} }],
	['answered with a web page', { status: 200, body: '<h1>Welcome</h1>' }],
	['answered with nothing', { status: 204 }],
	['answered with an object', { status: 200, body: {} }],
	['refused', { status: 403, body: { error: 'forbidden' } }],
	['never answered', undefined],
])('a look-up that is %s', (_, reply) => {
	test('after a lost order: the outcome is unknown, the message true, nothing is sent again', async () => {
		gateway.answer = async (call) => {
			if (call.method === 'POST') return void (await forward(call));
			return posts() > 0 ? reply : await forward(call);
		};
		const { json } = await behindGateway().run({ ...create(), onError: 'continueRegularOutput' }, [{ reference }]);
		const { error } = json[0] as { error: Record<string, unknown> };
		expect(error).toMatchObject({ outcome: 'unknown', reference, message: `It is not known whether Fondo executed '${reference}'` });
		expect(error.description).toMatch(
			/^ECONNRESET after 1 try\. Running this again is safe: it looks, and sends nothing while Fondo does not show it\./,
		);
		expect([moved(), posts()]).toEqual([1, 1]);

		gateway.answer = forward;
		const later = await behindGateway().run(create(), [{ reference }]);
		expect(receipts(later)).toEqual(['found']);
		expect(moved()).toBe(1);
	});

	test('before the order: nothing is sent, and the message says so', async () => {
		gateway.answer = async (call) => (call.method === 'POST' ? await forward(call) : reply);
		const { json } = await behindGateway().run({ ...create(), onError: 'continueRegularOutput' }, [{ reference }]);
		const { error } = json[0] as { error: Record<string, unknown> };
		expect(error).toMatchObject({ outcome: 'rejected', reference });
		expect(error.description).toContain('Nothing was sent.');
		expect([moved(), posts()]).toEqual([0, 0]);
	});
});

test.each([
	[503, 'upstream connect error or disconnect/reset before headers'],
	[500, ''],
])('a %s in words that are not those of Fondo proves nothing: the outcome is unknown after one send', async (status, body) => {
	gateway.answer = async (call) => (call.method === 'POST' ? { status, body } : await forward(call));
	const { error } = await behindGateway().run(create(), [{ reference }]);
	expect(error?.message).toBe(`It is not known whether Fondo executed '${reference}'`);
	expect([moved(), posts()]).toEqual([0, 1]);
});

test('an order at which Fondo fails ends with an unknown outcome after one send', async () => {
	struck({ kind: 'status', status: 500, times: 5 });
	const { error } = await bench.fondo().run(create(), [{ reference }]);
	expect(error?.message).toBe(`It is not known whether Fondo executed '${reference}'`);
	expect(bench.sandbox.admin.faults.list()[0].applied).toBe(1);
	expect(moved()).toBe(0);
});

test('a reference whose order was cancelled is not placed again, and not taken for done', async () => {
	const engine = bench.fondo();
	const [{ id }] = (await engine.run(create(), [{ reference }])).json;
	await engine.run({ resource: 'order', operation: 'cancel', parameters: { client: byId(seed.client), order: byId(id) } });
	const { error } = await engine.run(create(), [{ reference }]);
	expect(error?.message).toBe(`What Fondo has under '${reference}' was cancelled`);
	expect(orders()).toBe(1);
});

test('a payout under the same reference from another account is refused', async () => {
	const engine = bench.fondo();
	const payOut = (account: string) => ({
		resource: 'account',
		operation: 'payOut',
		parameters: { client: byId(seed.client), account: byId(account), amount: 100, executorRef: '191212121212', reference },
	});
	expect(receipts(await engine.run(payOut(seed.accounts[0])))).toEqual(['created']);
	expect(receipts(await engine.run(payOut(seed.accounts[0])))).toEqual(['found']);
	const { error } = await engine.run(payOut(seed.accounts[1]));
	expect(error?.message).toBe(`The reference '${reference}' was already used for something else`);
	expect(moved()).toBe(1);
});

describe('the same reference', () => {
	test('twice among items that run at the same time: one is created, the others find it', async () => {
		const items = Array.from({ length: 10 }, (_, index) => ({ reference: index % 2 === 0 ? reference : `${reference}-b` }));
		const run = await bench.fondo().run(create({ options: { itemsAtOnce: 10 } }), items);
		expect(receipts(run).sort()).toEqual([...Array.from({ length: 2 }, () => 'created'), ...Array.from({ length: 8 }, () => 'found')]);
		expect([moved(), moved(`${reference}-b`)]).toEqual([1, 1]);
	});

	test('in two executions at the same time is placed once', async () => {
		const runs = await Promise.all([1, 2, 3].map(async () => await bench.fondo().run(create(), [{ reference }])));
		expect(runs.flatMap(receipts).sort()).toEqual(['created', 'found', 'found']);
		expect(moved()).toBe(1);
	});

	test('with another amount is refused, naming reference and field', async () => {
		const engine = bench.fondo();
		await engine.run(create(), [{ reference }]);
		const { error } = await engine.run(create({ amount: 501 }), [{ reference }]);
		expect(error).toMatchObject({
			name: 'NodeOperationError',
			message: `The reference '${reference}' was already used for something else`,
		});
		expect(error?.description).toContain('amount was 500, now 501');
		expect(error?.description).toContain('Nothing was sent.');
		expect(moved()).toBe(1);
	});

	test('for another account is refused, naming the field', async () => {
		const engine = bench.fondo();
		await engine.run(create(), [{ reference }]);
		const { error } = await engine.run(subscription({ ...seed, accounts: [seed.accounts[1]] }), [{ reference }]);
		expect(error?.description).toContain('account was');
		expect(moved()).toBe(1);
	});

	test('under Retry On Fail: the items that went through are found again', async () => {
		struck({ kind: 'status', status: 400, match: { path: 'createOrder', nth: 2 } });
		const items = [1, 2, 3].map((item) => ({ reference: `${reference}-${item}` }));
		const run = await bench.fondo().run({ ...create(), retryOnFail: true, maxTries: 3, waitBetweenTries: 1 }, items);
		expect(run.error).toBeUndefined();
		expect(receipts(run)).toEqual(['found', 'created', 'created']);
		expect(items.map((item) => moved(item.reference))).toEqual([1, 1, 1]);
	});
});

test('30 orders, many of them lost before or after the effect: each is there at most once, and Send Again places the others once', async () => {
	struck({ kind: 'cut_after', match: { path: 'createOrder', every: 3 }, times: 100 });
	struck({ kind: 'status', status: 500, match: { path: 'createOrder', every: 4 }, times: 100 });
	const items = Array.from({ length: 30 }, (_, index) => ({
		reference: `${reference}-${index}`,
		account: seed.accounts[index % seed.accounts.length],
	}));
	const onError = 'continueRegularOutput' as const;
	const settings = { ...create({ account: byId('={{ $json.account }}') }), onError };
	const run = await bench.fondo().run(settings, items);
	const outcomes = run.json.map(({ receipt, error }) => ((receipt ?? error) as { outcome: string }).outcome);
	expect(new Set(outcomes)).toEqual(new Set(['created', 'unknown']));
	expect(items.map((item) => moved(item.reference))).toEqual(outcomes.map((outcome) => (outcome === 'created' ? 1 : 0)));

	bench.sandbox.admin.faults.clear();
	const again = create({ account: byId('={{ $json.account }}'), additionalFields: { ifSentBefore: 'send' } });
	expect(receipts(await bench.fondo().run(again, items))).toEqual(outcomes.map((outcome) => (outcome === 'created' ? 'found' : 'created')));
	expect(items.map((item) => moved(item.reference))).toEqual(items.map(() => 1));
});

test.each(['body', 'empty'] as const)('validate only does nothing, also when Fondo answers with %s', async (validateOnlyAnswer) => {
	bench.sandbox.admin.settings.patch({ fondo: { validateOnlyAnswer } });
	const engine = bench.fondo();
	const run = await engine.run(create({ additionalFields: { validateOnly: true } }), [{ reference }]);
	expect(run.error).toBeUndefined();
	expect(receipts(run)).toEqual(['validated']);
	expect(moved()).toBe(0);
	expect(receipts(await engine.run(create(), [{ reference }]))).toEqual(['created']);
	expect(moved()).toBe(1);
});

describe('a payment instruction, which no list shows', () => {
	const instruct = () => ({
		resource: 'paymentInstruction',
		operation: 'create',
		parameters: { client: byId(seed.client), payments: { rows: [{ account: seed.accounts[0], amount: 110 }] }, reference },
	});
	const lostAs = (reply: Reply | undefined) => {
		gateway.answer = async (call) => {
			const real = await forward(call);
			return call.method === 'POST' ? reply : real;
		};
	};

	test('that got lost promises no look-up that there is not', async () => {
		lostAs(undefined);
		const engine = behindGateway();
		const first = await engine.run(instruct());
		expect(first.error?.message).toBe(`It is not known whether Fondo executed '${reference}'`);
		expect(first.error?.description).toBe(
			"ECONNRESET after 1 try. Running this again is safe: it looks, and sends nothing while Fondo does not show it. Look for it in Fondo. If it is not there, add 'If Sent Before but Not Shown' to this node, choose Send Again, and run this item once more.",
		);
		const again = await engine.run(instruct());
		expect(again.error?.message).toBe(`'${reference}' was sent before, and Fondo does not show it`);
		expect(again.error?.description).toMatch(/^It was sent on .+ \(UTC\)\. Nothing was sent now\. Look for it in Fondo\./);
		expect([first, again].map(({ error }) => error?.description)).not.toContainEqual(expect.stringContaining('new reference'));
		expect([moved(), posts()]).toEqual([1, 1]);
	});

	test('that was answered by the web page of a proxy is unknown', async () => {
		lostAs({ status: 200, body: '<h1>Welcome</h1>' });
		expect((await behindGateway().run(instruct())).error?.message).toBe(`It is not known whether Fondo executed '${reference}'`);
	});
});
