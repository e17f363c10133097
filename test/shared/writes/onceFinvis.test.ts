import { randomUUID } from 'node:crypto';
import type { FaultInput } from '../../../sandbox';
import { anotherProcess, type AnotherProcess } from '../../support/anotherProcess';
import type { Engine, NodeSettings, Run } from '../../support/n8n';
import { useBench } from '../../support/sandbox';
import { batch, byId, seeded, type Seeded } from '../../support/samples';
import { pass, useServer, type Received, type Reply } from '../../support/server';
import { giveTimeBack, skipWaits } from '../../support/time';

const bench = useBench({ settings: { finvis: { rateLimit: null } } });
const gateway = useServer();
let other: AnotherProcess;
let seed: Seeded;
beforeAll(async () => {
	seed = await seeded(bench);
	other = anotherProcess(bench);
});
let reference = '';
let number = 0;
beforeEach(() => {
	bench.sandbox.admin.faults.clear();
	gateway.reset();
	gateway.token = forward;
	gateway.answer = forward;
	number += 1;
	reference = `pay-${number}`;
	skipWaits();
});
afterEach(giveTimeBack);

/** The list does not show yet what is there. */
const withoutRows = async (call: Received) => {
	return call.method === 'GET' ? { status: 200, body: '{"count":0,"next":null,"results":[]}' } : await forward(call);
};
const forward = async (call: Received) => await pass(bench.sandbox.finvisUrl, call);
const behindGateway = () => bench.finvis({ baseUrl: `${gateway.url}/public` });
const retried = { retryOnFail: true, maxTries: 3, waitBetweenTries: 300 };
const timeout = { options: { timeout: 0.5 } };

const receiptOf = ({ json }: Run) => json[0].receipt as { outcome: string; idempotencyKey: string; attempts: number };
const moved = () => bench.sandbox.admin.ledger(reference).length;
const batches = async () =>
	(await bench.finvis().run({ resource: 'paymentBatch', operation: 'getMany', parameters: { returnAll: true } })).json.filter(({ name }) =>
		new RegExp(`^(.+ \\()?${reference}\\)? #[a-z2-9]{16}$`).test(String(name)),
	);
const approvalOf = async (id: unknown) =>
	(await bench.finvis().run({ resource: 'approval', operation: 'getManyPending', parameters: { returnAll: true } })).json.filter(
		({ object_id }) => object_id === id,
	);

type Step = (engine: Engine, settings: NodeSettings, parameters: NodeSettings['parameters'], id: unknown) => Promise<Run>;
const create: Step = async (engine, settings, parameters) =>
	await engine.run({ ...batch(seed, parameters as never), ...settings }, [{ reference }]);
const submit: Step = async (engine, settings, parameters, id) =>
	await engine.run({ resource: 'paymentBatch', operation: 'submit', parameters: { paymentBatch: byId(id), ...parameters }, ...settings });
const approve: Step = async (engine, settings, parameters, id) =>
	await engine.run({ resource: 'approval', operation: 'approve', parameters: { approval: byId(id), ...parameters }, ...settings });

/**
 * Takes one payment through every step to the bank, with a fault at one step. An approval whose answer is lost is known by the
 * status of its batch.
 */
async function pay(engine: Engine, settings: NodeSettings = {}, parameters: NodeSettings['parameters'] = {}) {
	const created = await create(engine, settings, parameters, undefined);
	expect(created.error).toBeUndefined();
	const [made, ...more] = await batches();
	expect(more).toEqual([]);
	const submitted = await submit(engine, settings, parameters, made.id);
	expect(submitted.error).toBeUndefined();
	const [pending, ...others] = await approvalOf(made.id);
	expect(others).toEqual([]);
	const approved = await approve(engine, settings, parameters, pending.id);
	expect(approved.error).toBeUndefined();
	bench.sandbox.admin.clock.advance(7 * 24 * 3600);
	expect(moved()).toBe(1);
	return { created, submitted, approved, batchId: made.id, approvalId: pending.id };
}

const WRITES = '(batches/?$|submit$|approve$)';

describe.each<[string, FaultInput]>([
	['the connection breaks after the effect', { kind: 'cut_after' }],
	['204 without content', { kind: 'empty' }],
	['broken JSON after the effect', { kind: 'malformed' }],
	['429', { kind: 'rate_limit', retryAfter: 1 }],
	['an expired token', { kind: 'expired_token' }],
])('when Finvis answers every first write with: %s', (_, fault) => {
	test('money moves once, with one key for each write', async () => {
		for (const path of ['createPaymentBatch', 'submitPaymentBatch', 'approveApproval'])
			bench.sandbox.admin.faults.add({ ...fault, match: { path, method: 'post' }, times: 1 });
		const since = bench.sandbox.admin.requests().length;
		await pay(bench.finvis(), { ...retried, waitBetweenTries: 1 });
		const writes = bench.sandbox.admin
			.requests()
			.slice(since)
			.filter(({ method, path }) => method === 'POST' && new RegExp(WRITES).test(path));
		expect(new Set(writes.map(({ headers }) => headers['idempotency-key'])).size).toBe(3);
		expect(bench.sandbox.admin.faults.list().map(({ applied }) => applied)).toEqual([1, 1, 1]);
	});
});

/** Finvis may still be at work, or have executed it and show it late: absence is no proof, whatever the key. */
describe.each<[string, FaultInput]>([
	['the connection breaks before the effect', { kind: 'cut_before' }],
	['500 without effect', { kind: 'status', status: 500 }],
])('when Finvis answers every first write with: %s', (_, fault) => {
	test('each is unknown, nothing sends it by itself, and Send Again moves money once under the same keys', async () => {
		for (const path of ['createPaymentBatch', 'submitPaymentBatch', 'approveApproval'])
			bench.sandbox.admin.faults.add({ ...fault, match: { path, method: 'post' }, times: 1 });
		const since = bench.sandbox.admin.requests().length;
		const engine = bench.finvis();
		/** The step once, again, and with the option. */
		const doubtful = async (step: Step, id?: unknown) => {
			const first = await step(engine, {}, {}, id);
			expect(first.error?.message).toMatch(/^It is not known whether Finvis executed /);
			const again = await step(engine, { ...retried, waitBetweenTries: 1 }, {}, id);
			expect(again.error?.message).toMatch(/ was sent before, and Finvis does not show it$/);
			expect(again.error?.context.data).toMatchObject({ outcome: 'unknown' });
			return await step(engine, {}, { additionalFields: { ifSentBefore: 'send' } }, id);
		};
		const [{ id }] = (await doubtful(create)).json;
		await doubtful(submit, id);
		const [pending] = await approvalOf(id);
		expect((await doubtful(approve, pending.id)).error).toBeUndefined();
		bench.sandbox.admin.clock.advance(7 * 24 * 3600);
		expect([moved(), (await batches()).length]).toEqual([1, 1]);
		const writes = bench.sandbox.admin
			.requests()
			.slice(since)
			.filter(({ method, path }) => method === 'POST' && new RegExp(WRITES).test(path));
		expect(writes).toHaveLength(6);
		expect(new Set(writes.map(({ headers }) => headers['idempotency-key'])).size).toBe(3);
	});
});

test('when Finvis takes longer than the timeout for every first write: the node looks until it is there, and repeats nothing', async () => {
	giveTimeBack();
	for (const path of ['createPaymentBatch', 'submitPaymentBatch', 'approveApproval'])
		bench.sandbox.admin.faults.add({ kind: 'latency', delayMs: 1_200, match: { path }, times: 1 });
	const { created, submitted, approved } = await pay(bench.finvis(), {}, timeout);
	expect([created, submitted, approved].map(receiptOf)).toMatchObject([
		{ outcome: 'created', attempts: 1 },
		{ outcome: 'accepted', attempts: 1 },
		{ outcome: 'accepted', attempts: 1 },
	]);
});

test('when Finvis takes longer than all tries: the outcome is unknown, no new reference is advised, and Retry On Fail finds it', async () => {
	bench.sandbox.admin.faults.add({ kind: 'latency', delayMs: 2_000, match: { path: 'createPaymentBatch' }, times: 1 });
	const engine = bench.finvis();
	const failed = await create(engine, { onError: 'continueRegularOutput' }, timeout, undefined);
	const { error } = failed.json[0] as { error: Record<string, unknown> };
	expect(error).toMatchObject({
		outcome: 'unknown',
		reference,
		message: `It is not known whether Finvis executed '${reference}'`,
	});
	expect(error.description).toContain('Running this again is safe: it looks, and sends nothing while Finvis does not show it.');
	expect(error.description).not.toMatch(/give it its own|new reference/);
	const again = await create(engine, { ...retried, waitBetweenTries: 2_000 }, {}, undefined);
	expect(receiptOf(again).outcome).toBe('found');
	expect(await batches()).toHaveLength(1);
});

describe.each<[string, Reply | undefined]>([
	['500', { status: 500, body: { detail: 'Oops' } }],
	['504 and a web page', { status: 504, body: '<h1>Gateway Timeout</h1>' }],
	['a broken connection', undefined],
])('a gateway that answers %s after the effect', (_, reply) => {
	test('once: it is found in the list, nothing is sent again, money moves once', async () => {
		const seen = new Set<string>();
		gateway.answer = async (call) => {
			const real = await forward(call);
			if (call.method !== 'POST' || seen.has(call.path)) return real;
			seen.add(call.path);
			return reply;
		};
		const { created, submitted, approved } = await pay(behindGateway());
		expect([created, submitted, approved].map((run) => receiptOf(run).outcome)).toEqual(['created', 'accepted', 'accepted']);
		expect(gateway.received.filter(({ method }) => method === 'POST')).toHaveLength(3);
	});

	test('always: one call, then it is found in the list', async () => {
		gateway.answer = async (call) => {
			const real = await forward(call);
			return call.method === 'POST' ? reply : real;
		};
		const created = await create(behindGateway(), {}, {}, undefined);
		expect(receiptOf(created)).toMatchObject({ outcome: 'created', attempts: 1 });
		expect(gateway.received.filter(({ method }) => method === 'POST')).toHaveLength(1);
		gateway.answer = forward;
		await pay(behindGateway());
	});

	test('always, and then lists nothing: the outcome is unknown, and the next run finds it done', async () => {
		let written = false;
		gateway.answer = async (call) => {
			const real = await forward(call);
			written ||= call.method === 'POST';
			return written ? reply : real;
		};
		const { error } = await create(behindGateway(), {}, {}, undefined);
		expect(error?.message).toBe(`It is not known whether Finvis executed '${reference}'`);
		expect(gateway.received.filter(({ method }) => method === 'POST')).toHaveLength(1);
		gateway.answer = forward;
		await pay(behindGateway());
	});
});

test('all three again: each is found, its receipt says so, nothing is sent and nothing moves', async () => {
	const engine = bench.finvis();
	const { batchId, approvalId, created } = await pay(engine);
	const since = bench.sandbox.admin.requests().length;
	const repeats = [
		await create(engine, {}, {}, undefined),
		await submit(engine, {}, {}, batchId),
		await approve(engine, {}, {}, approvalId),
	];
	expect(repeats.map(({ error }) => error?.description)).toEqual([undefined, undefined, undefined]);
	bench.sandbox.admin.clock.advance(7 * 24 * 3600);
	expect(moved()).toBe(1);
	expect(repeats.map(receiptOf)).toMatchObject(repeats.map(() => ({ outcome: 'found', madeHere: true })));
	const written = bench.sandbox.admin.requests().slice(since);
	expect(written.filter(({ method, path }) => method === 'POST' && new RegExp(WRITES).test(path))).toEqual([]);
	expect(receiptOf(repeats[0]).idempotencyKey).toBe(receiptOf(created).idempotencyKey);
});

test('the same reference in ten items and two executions at the same time makes one batch', async () => {
	const items = Array.from({ length: 10 }, () => ({ reference }));
	const settings = { ...batch(seed, { options: { itemsAtOnce: 10 } }), onError: 'continueRegularOutput' as const };
	const runs = await Promise.all([bench.finvis().run(settings, items), bench.finvis().run(settings, items)]);
	expect(await batches()).toHaveLength(1);
	const ids = new Set(runs.flatMap(({ json }) => json.map(({ id }) => id)).filter(Boolean));
	expect(ids.size).toBe(1);
});

test('the same reference with another amount is refused, naming reference and field', async () => {
	const engine = bench.finvis();
	await create(engine, {}, {}, undefined);
	const [payment] = (batch(seed).parameters.payments as { rows: object[] }).rows;
	const { error } = await create(engine, {}, { payments: { rows: [{ ...payment, amount: '100.51' }] } } as never, undefined);
	expect(error?.description).toContain('total_amount was 100.50, now 100.51');
	expect(error?.message).toContain(`'${reference}'`);
	expect(error?.description).toContain('give it its own');
	expect(await batches()).toHaveLength(1);
});

test.each([
	[
		'is in the list',
		async () => {},
		/^The total is the same, but a payee, an account, a text or a single amount was another\. Nothing was sent/,
	],
	[
		'is not shown yet',
		async () => void (gateway.answer = withoutRows),
		/^A payee, an account, a text, an amount, a day or the kind of operation was another\. Nothing was sent/,
	],
])('the same reference and total for another payee is refused, when the batch %s', async (_, then, why) => {
	const engine = behindGateway();
	await create(engine, {}, {}, undefined);
	await then();
	const [payment] = (batch(seed).parameters.payments as { rows: object[] }).rows;
	const other = { payments: { rows: [{ ...payment, creditorAccount: 'SE4550000000058398257466' }] } };
	const { error } = await create(engine, {}, other as never, undefined);
	expect(error?.message).toBe(`The reference '${reference}' was already used for something else`);
	expect(error?.description).toMatch(why);
	gateway.answer = forward;
	// The first one is still known.
	expect(receiptOf(await create(engine, {}, {}, undefined)).outcome).toMatch(/found|replayed/);
	expect(await batches()).toHaveLength(1);
});

test('a batch that has failed is not taken for done, and not made again under its reference', async () => {
	const [payment] = (batch(seed).parameters.payments as { rows: object[] }).rows;
	const poor = { payments: { rows: [{ ...payment, amount: '999999999999.00' }] } };
	const engine = bench.finvis();
	const [{ id }] = (await create(engine, {}, poor as never, undefined)).json;
	await submit(engine, {}, {}, id);
	await approve(engine, {}, {}, (await approvalOf(id))[0].id);
	bench.sandbox.admin.clock.advance(7 * 24 * 3600);
	expect(await batches()).toEqual([expect.objectContaining({ id, status: 'failed' })]);
	const { error } = await create(engine, {}, poor as never, undefined);
	expect(error?.message).toBe(`The batch of '${reference}' is there already, with the status 'failed'`);
	expect(error?.description).toMatch(
		/^A reference is executed once, and that was it\. Nothing was sent\. See in Finvis that nothing of it was paid/,
	);
	expect(await batches()).toHaveLength(1);
	expect(moved()).toBe(0);
});

test.each(['rejected', 'cancelled', 'canceled'])('a batch that was %s is not taken for done either', async (status) => {
	await create(bench.finvis(), {}, {}, undefined);
	gateway.answer = async (call) => {
		const answer = await forward(call);
		return { ...answer, body: String(answer.body).replaceAll('"draft"', `"${status}"`) };
	};
	const { error } = await create(behindGateway(), {}, {}, undefined);
	expect(error?.message).toBe(`The batch of '${reference}' is there already, with the status '${status}'`);
});

test('what Finvis refused can be corrected under the same reference', async () => {
	bench.sandbox.admin.faults.add({ kind: 'status', status: 403, match: { path: 'createPaymentBatch' }, times: 1 });
	const [payment] = (batch(seed).parameters.payments as { rows: object[] }).rows;
	const wrong = { payments: { rows: [{ ...payment, creditorName: 'Falsk AB' }] } };
	expect((await create(bench.finvis(), {}, wrong as never, undefined)).error?.httpCode).toBe('403');
	expect(receiptOf(await create(bench.finvis(), {}, {}, undefined)).outcome).toBe('created');
	expect(receiptOf(await create(bench.finvis(), {}, {}, undefined)).outcome).toMatch(/found|replayed/);
});

test('a lost answer and a batch that Finvis shows otherwise than it was sent: unknown, not refused', async () => {
	gateway.answer = async (call) => {
		const answer = await forward(call);
		if (call.method === 'POST') return undefined;
		return { ...answer, body: String(answer.body).replaceAll('"SEK"', '"XXX"') };
	};
	const { error } = await create(behindGateway(), {}, { additionalFields: { currency: 'SEK' } }, undefined);
	expect(error?.message).toBe(`It is not known whether Finvis executed '${reference}'`);
	expect(error?.description).not.toContain('Nothing was sent');
});

test('a reference that is a part of the name is added to it all the same', async () => {
	const named = { additionalFields: { name: `Payments of ${reference}-5` } };
	const { json } = await create(bench.finvis(), {}, named, undefined);
	expect(json[0].name).toMatch(new RegExp(`^Payments of ${reference}-5 \\(${reference}\\) #[a-z2-9]{16}$`));
});

describe('when Finvis has forgotten every key', () => {
	/** Another key for the same call: to Finvis it is new. */
	const forgotten = () => {
		gateway.answer = async (call) =>
			await forward({
				...call,
				headers: { ...call.headers, ...(call.headers['idempotency-key'] ? { 'idempotency-key': randomUUID() } : {}) },
			});
	};

	test('the same reference is found by the name of its batch, and made once', async () => {
		forgotten();
		const named = { additionalFields: { name: 'Suppliers week 10' } };
		const first = await create(behindGateway(), {}, named, undefined);
		expect(first.json[0]).toMatchObject({
			name: expect.stringMatching(new RegExp(`^Suppliers week 10 \\(${reference}\\) #[a-z2-9]{16}$`)),
			receipt: { outcome: 'created', madeHere: true },
		});
		const second = await create(behindGateway(), {}, named, undefined);
		expect(second.json[0]).toMatchObject({ id: first.json[0].id, receipt: { outcome: 'found' } });
		// Another process knows nothing of the first call: the mark in the name proves whose batch it is.
		const elsewhere = other.finvis({ baseUrl: `${gateway.url}/public` });
		for (const engine of [behindGateway(), elsewhere]) {
			const later = await create(engine, { id: 'another-node' }, { additionalFields: { name: 'Suppliers on another day' } }, undefined);
			expect(later.json[0]).toMatchObject({ id: first.json[0].id, receipt: { outcome: 'found', madeHere: true } });
		}
		expect(await batches()).toHaveLength(1);
	});

	test('and with other values refused, every field named that differs', async () => {
		forgotten();
		await create(behindGateway(), {}, {}, undefined);
		const [payment] = (batch(seed).parameters.payments as { rows: object[] }).rows;
		const second = { ...payment, message: 'Another invoice' };
		const other = { executionDate: '={{ $now.plus({ days: 5 }) }}', payments: { rows: [payment, second] } };
		const { error } = await create(behindGateway(), {}, other as never, undefined);
		expect(error?.message).toBe(`The reference '${reference}' was already used for something else`);
		expect(error?.description).toMatch(
			/execution_date was .+, now .+; total_amount was 100.50, now 201.00; payment_count was 1, now 2\. Nothing was sent/,
		);
		expect(await batches()).toHaveLength(1);
	});
});

test('a client that may not read batches still makes one', async () => {
	const writer = bench.finvis({ scopes: ['write:payments'] });
	const { json } = await create(writer, {}, {}, undefined);
	expect(json[0]).toMatchObject({ receipt: { outcome: 'created' } });
});

test('a list of batches that could not be read for one item is read again for the next', async () => {
	bench.sandbox.admin.faults.add({ kind: 'status', status: 500, match: { path: 'listPaymentBatches' }, times: 4 });
	const items = [{ reference: `${reference}-a` }, { reference: `${reference}-b` }];
	const { json } = await bench.finvis().run({ ...batch(seed), onError: 'continueRegularOutput' }, items);
	expect(json[0].error).toMatchObject({ outcome: 'rejected', description: expect.stringContaining('Nothing was sent.') });
	expect(json[1]).toMatchObject({ receipt: { outcome: 'created' } });
});
