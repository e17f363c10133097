/** Callbacks of the sandbox, over HTTP, at the Fondo Webhook Trigger. */
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { IDataObject } from 'n8n-workflow';
import { MOST_CALLS } from '../../../nodes/Fondo/callbacks/guards';
import { identityOf } from '../../../nodes/Fondo/events/changes/change';
import { until } from '../../sandbox/caller';
import { tries } from '../../support/holds';
import { byId, seeded, subscription, type Seeded } from '../../support/samples';
import type { Engine, FondoType } from '../../support/n8n';
import { useBench } from '../../support/sandbox';
import { giveTimeBack, skipWaits } from '../../support/time';
import { changeOf } from '../events/changeOf';

const bench = useBench({ settings: { fondo: { callbackRetryMilliseconds: 1 } } });
let seed: Seeded;
let otherClient: string;
let workflows = 0;
let server: Server;
let trigger: Engine;
let parameters: IDataObject;
/** What the workflow got, and what the caller got. */
const items: IDataObject[] = [];
const answers: number[] = [];

const call = async (body: unknown, more: object = {}) =>
	await trigger.webhook({ parameters: parameters as never }, { body, workflowId: `wf-${workflows}`, ...more });

beforeAll(async () => {
	seed = await seeded(bench);
	bench.sandbox.admin.deposits({ accountId: seed.accounts[0], amount: 100_000 });
	trigger = bench.fondo({}, 'fondoWebhookTrigger');
	const clients = (await bench.fondo().run({ resource: 'client', operation: 'getMany' })).json.map(({ id }) => String(id));
	otherClient = clients.find((id) => id !== seed.client)!;
	server = createServer((request, response) => {
		const chunks: Buffer[] = [];
		request.on('data', (chunk: Buffer) => chunks.push(chunk));
		request.on('end', () => {
			const rawBody = Buffer.concat(chunks).toString();
			void call(undefined, { rawBody }).then(({ json, status }) => {
				items.push(...(json ?? []));
				answers.push(status);
				response.writeHead(status).end();
			});
		});
	}).listen(0, '127.0.0.1');
	await once(server, 'listening');
});
afterAll(() => server.close());
beforeEach(() => {
	workflows += 1;
	items.length = 0;
	answers.length = 0;
	parameters = { clients: [seed.client], objects: ['*'] };
	bench.sandbox.admin.faults.clear();
});
afterEach(() => {
	giveTimeBack();
	hear(null);
});

/** The sandbox calls back from now on. */
const hear = (callbackUrl: string | null) => bench.sandbox.admin.settings.patch({ fondo: { callbackUrl } });
const address = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
const callbacks = () => bench.sandbox.admin.deliveries().filter(({ url }) => url === address());
const bodies = () => callbacks().map(({ body }) => JSON.parse(body) as IDataObject & { current: IDataObject });
const settled = async () => await until(() => callbacks().length > 0 && callbacks().every(({ state }) => state !== 'sending'), 10_000);
const calls = () => bench.sandbox.admin.requests().filter(({ operationId }) => operationId !== 'authToken').length;
let references = 0;
async function order(changed: IDataObject = {}): Promise<string> {
	references += 1;
	const { json, error } = await bench.fondo().run(subscription(seed, { reference: `callback-${references}`, ...changed }));
	expect(error).toBeUndefined();
	return String(json[0].id);
}
/** The callback about a new order, and Fondo's answer to a read of it. */
async function callbackOfOrder() {
	hear('http://127.0.0.1:1/');
	const id = await order();
	hear(null);
	const { json } = await bench
		.fondo()
		.run({ resource: 'order', operation: 'get', parameters: { client: byId(seed.client), order: byId(id) } });
	return { id, shown: json[0], body: { eventType: 'order.create', current: { ...json[0] } } };
}

describe('a callback of Fondo', () => {
	test('starts the workflow with the object as Fondo shows it, under the identity that the stream gives it', async () => {
		hear(address());
		const id = await order();
		await settled();
		const [body] = bodies().filter(({ current }) => current?.id === id);
		const found = items.filter((item) => item.id === id);
		expect(found).toEqual([
			expect.objectContaining({
				eventType: 'order.create',
				object: 'order',
				change: 'created',
				clientId: seed.client,
				source: 'callback',
				previous: null,
			}),
		]);
		expect(found[0].eventId).toBe(identityOf(changeOf(body, 0)!));
		expect(found[0].current).toEqual(body.current);
		expect(new Set(answers)).toEqual(new Set([200]));
	});

	test('may be about every object that Fondo shows: orders, accounts, transactions of cash and of units', async () => {
		hear(address());
		await order();
		bench.sandbox.admin.deposits({ accountId: seed.accounts[0], count: 2 });
		bench.sandbox.admin.clock.advance(100 * 3600);
		await settled();
		const kinds = new Set(items.map(({ object, change }) => `${String(object)} ${String(change)}`));
		expect([...kinds].sort()).toEqual(expect.arrayContaining(['account updated', 'order created', 'transaction created']));
		expect(new Set(items.map(({ eventId }) => eventId)).size).toBe(items.length);
		expect(new Set(answers)).toEqual(new Set([200]));
	});

	test('may be about a client or a journey', async () => {
		const { json } = await bench.fondo().run({ resource: 'client', operation: 'get', parameters: { client: byId(seed.client) } });
		expect((await call({ current: json[0] })).json).toEqual([
			expect.objectContaining({ object: 'client', id: seed.client, clientId: seed.client }),
		]);
		const made = await bench
			.fondo()
			.run({ resource: 'journey', operation: 'create', parameters: { client: byId(seed.client), journeyType: 'createAccount' } });
		expect((await call({ current: made.json[0] })).json).toEqual([expect.objectContaining({ object: 'journey', id: made.json[0].id })]);
	});

	test('without the name of the event it is recognized by its fields, as in the sample of the contract', async () => {
		const { id, shown } = await callbackOfOrder();
		expect((await call({ current: shown })).json).toEqual([expect.objectContaining({ id, object: 'order', eventType: 'order.create' })]);
	});

	test('with forged fields shows what Fondo shows', async () => {
		const { shown } = await callbackOfOrder();
		const { json } = await call({ current: { ...shown, status: 'settled', amount: 1_000_000 } });
		expect(json).toEqual([expect.objectContaining({ current: expect.objectContaining({ status: shown.status, amount: shown.amount }) })]);
	});

	test('starts one execution, however often, in whatever form and however concurrently it comes', async () => {
		const { shown, body } = await callbackOfOrder();
		const forms = [
			body,
			body,
			{ current: shown },
			[body],
			{ events: [body, body] },
			{ data: body },
			{ ...body, eventType: 'ORDER_UPDATED' },
		];
		const results = await Promise.all(forms.map(async (form) => await call(form)));
		expect(results.map(({ status }) => status)).toEqual(forms.map(() => 200));
		expect(results.flatMap(({ json }) => json ?? [])).toHaveLength(1);
		const before = calls();
		expect(await call(body)).toMatchObject({ status: 200, json: undefined });
		expect(calls()).toBe(before);
	});

	test('names several changes: each is one item', async () => {
		const [one, other] = [await callbackOfOrder(), await callbackOfOrder()];
		const { json } = await call({ events: [one.body, other.body] });
		expect(json?.map(({ id }) => id)).toEqual([one.id, other.id]);
	});

	test('about a state that has passed gives the present one, and the later callback is known', async () => {
		const { id, body } = await callbackOfOrder();
		bench.sandbox.admin.clock.advance(10 * 60);
		const { json } = await call(body);
		expect(json).toEqual([expect.objectContaining({ id, change: 'created', current: expect.objectContaining({ status: 'pending' }) })]);
		const later = { eventType: 'order.update', current: json![0].current, previous: body.current };
		expect(await call(later)).toMatchObject({ status: 200, json: undefined });
	});

	test('that Fondo is behind is answered 503, and starts the workflow when Fondo shows it', async () => {
		skipWaits();
		const { shown } = await callbackOfOrder();
		const modifiedDate = new Date(Date.parse(String(shown.modifiedDate)) + 60_000).toISOString();
		expect(await call({ current: { ...shown, modifiedDate } })).toMatchObject({ status: 503, json: undefined });
		expect((await call({ current: shown })).json).toHaveLength(1);
	});

	test('is answered 503 while Fondo cannot be read, and starts the workflow when it comes again', async () => {
		skipWaits();
		const { body } = await callbackOfOrder();
		bench.sandbox.admin.faults.add({ match: { api: 'fondo', path: 'getOrderById' }, kind: 'status', status: 503 });
		expect(await call(body)).toMatchObject({ status: 503, json: undefined });
		bench.sandbox.admin.faults.clear();
		expect((await call(body)).json).toHaveLength(1);
	});

	test('whose execution n8n could not start is accepted again', async () => {
		const { body } = await callbackOfOrder();
		expect((await call(body, { cannotStart: true })).status).toBe(500);
		expect((await call(body)).json).toHaveLength(1);
	});

	test('passes the filter of the trigger, by what Fondo shows', async () => {
		const { body, shown } = await callbackOfOrder();
		parameters = { clients: [seed.client], objects: ['order'], options: { statuses: 'settled' } };
		expect((await call({ current: { ...shown, status: 'settled' } })).json).toBeUndefined();
		parameters = { clients: [seed.client], objects: ['account'] };
		const before = calls();
		expect(await call(body)).toMatchObject({ status: 200, json: undefined });
		expect(calls()).toBe(before);
		parameters = { clients: [seed.client], objects: ['order'], options: { accounts: String(shown.account) } };
		expect((await call(body)).json).toHaveLength(1);
	});
});

describe('the client of a callback', () => {
	test('that is not chosen costs no call', async () => {
		const { body, shown } = await callbackOfOrder();
		parameters = { clients: [otherClient], objects: ['*'] };
		const before = calls();
		expect(await call({ ...body, current: { ...shown, clientId: seed.client } })).toMatchObject({ status: 200, json: undefined });
		expect(calls()).toBe(before);
	});

	test('is found among the chosen ones, or named by the address', async () => {
		const { id, body } = await callbackOfOrder();
		parameters = { clients: [otherClient, seed.client], objects: ['*'] };
		expect((await call(body)).json).toEqual([expect.objectContaining({ id, clientId: seed.client })]);
		const other = await callbackOfOrder();
		const before = calls();
		expect((await call(other.body, { query: { client: seed.client } })).json).toEqual([expect.objectContaining({ clientId: seed.client })]);
		expect(calls()).toBe(before + 1);
	});
});

describe('what Fondo does not show', () => {
	const gone = () => ({ eventType: 'order.delete', previous: { id: 'gone-1', status: 'pending', modifiedDate: '2026-01-01T00:00:00Z' } });
	const plan = {
		eventType: 'allocationPlan.update',
		current: { id: 'plan-1', modifiedDate: '2026-01-01T00:00:00Z' },
		previous: { id: 'plan-1' },
	};

	test('starts nothing', async () => {
		for (const body of [gone(), plan]) expect(await call(body)).toMatchObject({ status: 200, json: undefined });
	});

	test('starts the workflow once, marked, where the builder includes it', async () => {
		parameters = { ...parameters, options: { unverified: true } };
		for (const [body, id] of [
			[gone(), 'gone-1'],
			[plan, 'plan-1'],
		] as const) {
			expect((await call(body)).json).toEqual([expect.objectContaining({ id, verified: false, source: 'callback' })]);
			expect((await call(body)).json).toBeUndefined();
		}
	});

	test('is not taken for deleted while Fondo shows it', async () => {
		parameters = { ...parameters, options: { unverified: true } };
		const { id, shown } = await callbackOfOrder();
		const { json } = await call({ eventType: 'order.delete', previous: shown });
		expect(json).toEqual([expect.objectContaining({ id, change: 'created', current: expect.objectContaining({ id }) })]);
	});
});

describe('a forged callback', () => {
	test.each([
		['no JSON', '{"current":'],
		['text', '"hello"'],
		['a list of numbers', '[1,2]'],
		['no states', '{"id":1}'],
		['far too many events', JSON.stringify(Array.from({ length: 51 }, () => ({ current: { id: 'a', orderType: 'x' } })))],
		['a path as ID', '{"current":{"id":"../account","orderType":"subscription"}}'],
		['dots as ID', '{"current":{"id":"..","orderType":"subscription"}}'],
		['an object as ID', '{"current":{"id":{"$ne":1},"orderType":"subscription"}}'],
		['an endless ID', JSON.stringify({ current: { id: 'a'.repeat(100_000), orderType: 'subscription' } })],
		['an ID with a line break', JSON.stringify({ current: { id: 'a\r\nb', orderType: 'subscription' } })],
	])('with %s is refused before any call', async (_, rawBody) => {
		const before = calls();
		const { status, json } = await call(undefined, { rawBody });
		expect([[400, 404].includes(status), json, calls()]).toEqual([true, undefined, before]);
	});

	test('with an unknown ID costs one call a minute', async () => {
		const before = calls();
		const body = { current: { id: 'unknown-1', orderType: 'subscription' } };
		for (let times = 0; times < 20; times += 1) expect(await call(body)).toMatchObject({ status: 404, json: undefined });
		expect(calls()).toBe(before + 1);
	});

	test('thousands of them start nothing and cost Fondo at most the stated number of calls', async () => {
		const before = calls();
		const started: unknown[] = [];
		for (let nth = 0; nth < tries(2_500); nth += 1) {
			const kind = ['order', 'account', 'transaction', 'journey'][nth % 4];
			const { json } = await call({ eventType: `${kind}.update`, current: { id: `forged-${nth}`, modifiedDate: '2026-01-01T00:00:00Z' } });
			if (json) started.push(json);
		}
		expect(started).toEqual([]);
		expect(calls() - before).toBeLessThanOrEqual(MOST_CALLS);
		expect(calls() - before).toBeGreaterThan(MOST_CALLS / 2);
	}, 120_000);
});

describe('the execution of a trigger', () => {
	const item = (eventId: string) => ({ eventId, id: 'o-1' });
	/** What the workflow gets of items with which n8n begins an execution of a trigger, and in which workflow. */
	const begins = async (
		type: FondoType,
		workflowId: string,
		items: IDataObject[],
		more: { options?: IDataObject; executionId?: string } = {},
	) => {
		executions += 1;
		const { options = { onceAmongTriggers: true }, executionId = `once-${executions}` } = more;
		const mode = type === 'fondoTrigger' || type === 'fondoPollingTrigger' ? ('trigger' as const) : ('webhook' as const);
		const { json, error } = await bench
			.fondo({}, type)
			.run({ parameters: { ...parameters, options } as never }, items, { mode, workflowId, executionId });
		expect(error).toBeUndefined();
		return json.map(({ eventId }) => eventId);
	};
	let executions = 0;

	test('drops a change that an earlier execution had, also after a restart', async () => {
		expect(await begins('fondoWebhookTrigger', 'once-1', [item('e1')])).toEqual(['e1']);
		expect(await begins('fondoWebhookTrigger', 'once-1', [item('e1'), item('e2')])).toEqual(['e2']);
		expect(await begins('fondoWebhookTrigger', 'once-other', [item('e1')])).toEqual(['e1']);
	});

	test('keeps the changes of its own, which a worker may begin again', async () => {
		for (const _ of [1, 2]) expect(await begins('fondoWebhookTrigger', 'once-2', [item('e1')], { executionId: 'again' })).toEqual(['e1']);
	});

	test('stream, polling and callback deliver a change once among them, where the builder says so', async () => {
		const types: FondoType[] = ['fondoTrigger', 'fondoWebhookTrigger', 'fondoPollingTrigger'];
		const got: unknown[] = [];
		for (const type of types) got.push(...(await begins(type, 'once-3', [item('e1')])));
		expect(got).toEqual(['e1']);
		const apart: unknown[] = [];
		for (const type of types) apart.push(...(await begins(type, 'once-4', [item('e1')], { options: {} })));
		expect(apart).toEqual(['e1', 'e1', 'e1']);
	});

	test('drops a journey that has ended in the same way before', async () => {
		const journey = (outcome: string) => ({ id: 'j-1', outcome, eventId: outcome });
		expect(await begins('fondoJourneyTrigger', 'once-5', [journey('complete')])).toEqual(['complete']);
		expect(await begins('fondoJourneyTrigger', 'once-5', [journey('complete')])).toEqual([]);
		expect(await begins('fondoJourneyTrigger', 'once-5', [journey('error')])).toEqual(['error']);
	});
});
