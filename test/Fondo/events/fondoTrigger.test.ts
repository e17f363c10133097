import '../../support/webSocket';
import type { IDataObject } from 'n8n-workflow';
import type { Caller } from '../../sandbox/caller';
import { Bench as Sandbox, until } from '../../sandbox/caller';
import { giveTimeBack, speedUp } from '../../support/time';
import type { StreamFaultInput } from '../../../sandbox/fondo/streamFaults';
import type { Listening } from '../../support/n8n';
import { Engine } from '../../support/n8n';

let sandbox: Sandbox;
let fondo: Caller;
let engine: Engine;
let client: string;
let account: IDataObject;
const closers: Array<() => Promise<unknown>> = [];

beforeAll(async () => {
	sandbox = await Sandbox.open({ settings: { fondo: { heartbeatSeconds: 0.1 } } });
});
beforeEach(async () => {
	sandbox.admin.reset();
	fondo = await sandbox.fondo();
	client = (await fondo.get('/v2/partner/client')).json[0].id;
	const { json } = await fondo.get(`/v2/partner/client/${client}/account`);
	account = json.find((one: IDataObject) => one.status === 'active' && Number(one.balance) > 5_000);
	engine = engineFor();
	speedUp(50);
});
afterEach(async () => {
	for (const close of closers.splice(0)) await close();
	giveTimeBack();
});
afterAll(async () => await sandbox.stop());

const engineFor = (credential: IDataObject = {}, type: 'fondoTrigger' | 'fondoPollingTrigger' = 'fondoTrigger') =>
	new Engine(type, {
		environment: 'custom',
		baseUrl: sandbox.sandbox.fondoUrl,
		clientId: 'fondo-demo',
		clientSecret: 'fondo-demo-secret',
		...credential,
	});

const orders = { clients: () => [client], objects: ['order'] };

async function listen(parameters: IDataObject = {}, around: Listening = {}) {
	const trigger = await engine.trigger(
		{ parameters: { clients: orders.clients(), objects: orders.objects, ...parameters } as never },
		around,
	);
	closers.push(trigger.close);
	return trigger;
}

let references = 0;
async function order(amount = 100): Promise<string> {
	references += 1;
	const { json } = await fondo.post(`/v2/partner/client/${client}/order`, {
		orderType: 'subscription',
		account: account.id,
		clientRef: `T-${references}`,
		instrument: 'SE0001862426SEK',
		amount,
	});
	return json.id;
}

const connected = async (count = 1) => await until(() => sandbox.admin.stream.connections() === count, 10_000);
/** Live: connected, the lists read, and the buffered changes delivered. */
async function live(trigger: { of: (id: unknown) => unknown[] }) {
	await connected();
	const id = await order();
	await until(() => trigger.of(id).length > 0, 10_000);
}
const statuses = (events: IDataObject[]) => events.map(({ current }) => (current as IDataObject | null)?.status);

test('every status of an order from creation to settlement starts one execution, with the previous state', async () => {
	const trigger = await listen();
	await live(trigger);
	const id = await order();
	sandbox.admin.clock.advance(100 * 3600);
	await until(() => statuses(trigger.of(id)).includes('settled'));
	expect(statuses(trigger.of(id))).toEqual(['received', 'pending', 'sent', 'confirmed', 'settled']);
	expect(trigger.of(id)[0]).toMatchObject({ eventType: 'order.create', object: 'order', change: 'created', previous: null, changed: null });
	expect(trigger.of(id)[4]).toMatchObject({
		change: 'updated',
		clientId: client,
		previous: { status: 'confirmed' },
		changed: expect.arrayContaining(['status', 'modifiedDate']),
		source: 'stream',
	});
	expect(new Set(trigger.emitted.map(({ key }) => key)).size).toBe(trigger.emitted.length);
	expect(trigger.errors).toEqual([]);
});

test('only changes that match the filter start an execution: a status that is reached, of one account', async () => {
	const trigger = await listen({ options: { statuses: 'settled, canceled', accounts: String(account.id) } });
	await connected();
	await new Promise((resolve) => setTimeout(resolve, 200));
	const id = await order();
	sandbox.admin.clock.advance(100 * 3600);
	await until(() => trigger.events().length > 0);
	sandbox.admin.clock.advance(3600);
	await new Promise((resolve) => setTimeout(resolve, 50));
	expect(trigger.events().map((event) => [event.id, (event.current as IDataObject).status])).toEqual([[id, 'settled']]);
});

test('objects that existed before start no execution', async () => {
	await order();
	const trigger = await listen();
	await live(trigger);
	expect(trigger.events()).toHaveLength(1);
});

test('a change while the connection is cut is delivered once, after the reconnect', async () => {
	const trigger = await listen();
	await live(trigger);
	for (let round = 0; round < 5; round += 1) {
		sandbox.admin.stream.cut();
		const id = await order();
		await until(() => trigger.of(id).length > 0, 10_000);
		expect(trigger.of(id)).toHaveLength(1);
		expect(trigger.of(id)[0].change).toBe('created');
	}
	expect(trigger.events().filter(({ source }) => source === 'catchUp').length).toBeGreaterThan(0);
	expect(trigger.failed).toEqual([]);
});

test('after a restart the trigger continues where it was: no change is lost and none is delivered twice', async () => {
	const before = await listen();
	await live(before);
	const first = await order();
	await until(() => before.of(first).length > 0);
	const second = await order();
	await until(() => before.of(second).length > 0);
	await before.close();
	await connected(0);
	const missed = await order();
	const after = await listen({}, { activation: 'init', staticData: before.saved });
	await until(() => after.of(missed).length > 0, 10_000);
	await live(after);
	expect(after.of(first)).toEqual([]);
	expect(after.of(second)).toEqual([]);
	expect(after.of(missed)).toHaveLength(1);
});

test('a published workflow starts now, unless the user chose to catch up after a pause', async () => {
	const before = await listen();
	await live(before);
	await before.close();
	const missed = await order();
	const catching = await listen({ options: { catchUpAfterPause: true } }, { staticData: before.staticData });
	await until(() => catching.of(missed).length > 0, 10_000);
	await catching.close();
	const late = await order();
	const fresh = await listen({}, { staticData: before.staticData });
	await live(fresh);
	expect(fresh.of(late)).toEqual([]);
});

test('if Fondo is down when n8n starts, the trigger waits and reports one failed execution', async () => {
	sandbox.admin.faults.add({ match: { api: 'fondo' }, kind: 'cut_before' });
	const trigger = await listen({ options: { reportAfterMinutes: 0.5 } }, { activation: 'init' });
	await until(() => trigger.failed.length > 0, 20_000);
	expect(trigger.failed[0].message).toMatch(/^The event stream of Fondo for client .* has been interrupted for \d+ minutes?$/);
	expect((trigger.failed[0] as Error & { description: string }).description).toContain('The node tries again until it works');
	sandbox.admin.faults.clear();
	await live(trigger);
	expect(trigger.failed).toHaveLength(1);
	expect(trigger.errors).toEqual([]);
}, 60_000);

test('the trigger recovers by itself from a token that is refused for a while', async () => {
	const trigger = await listen();
	await live(trigger);
	sandbox.admin.faults.add([
		{ match: { api: 'fondo', path: 'authToken' }, kind: 'status', status: 401, body: { error: 'unauthorized' } },
		{ match: { api: 'fondo', path: 'getWebsocket' }, kind: 'expired_token', times: 3 },
	]);
	sandbox.admin.tokens.revoke('fondo');
	sandbox.admin.stream.cut();
	await new Promise((resolve) => setTimeout(resolve, 300));
	expect(sandbox.admin.stream.connections()).toBe(0);
	sandbox.admin.faults.clear();
	fondo = await sandbox.fondo();
	await live(trigger);
	expect(trigger.errors).toEqual([]);
});

test('the stream opens again after Fondo has refused it once', async () => {
	const trigger = await listen();
	await live(trigger);
	sandbox.admin.faults.add({ match: { api: 'fondo', path: 'getWebsocket' }, kind: 'status', status: 503, times: 1 });
	sandbox.admin.stream.cut();
	const missed = await order();
	await until(() => trigger.of(missed).length > 0, 10_000);
	await live(trigger);
	expect(trigger.errors).toEqual([]);
});

test('publishing fails with a wrong secret, and succeeds while Fondo is down', async () => {
	engine = engineFor({ clientSecret: 'wrong' });
	await expect(listen()).rejects.toThrow('did not accept the client ID or client secret');
	await expect(listen({}, { activation: 'init' })).resolves.toBeDefined();
	engine = engineFor();
	sandbox.admin.faults.add({ match: { api: 'fondo' }, kind: 'status', status: 503 });
	const trigger = await listen();
	sandbox.admin.faults.clear();
	await live(trigger);
});

test('the trigger reconnects when the connection is silent', async () => {
	sandbox.admin.settings.patch({ fondo: { heartbeatSeconds: 3600 } });
	await new Promise((resolve) => setTimeout(resolve, 150));
	const trigger = await listen({ options: { silenceSeconds: 20 } });
	await connected();
	const upgrades = () => sandbox.admin.requests().filter(({ operationId }) => operationId === 'getWebsocket').length;
	await until(() => upgrades() > 2, 10_000);
	sandbox.admin.settings.patch({ fondo: { heartbeatSeconds: 0.1 } });
	await live(trigger);
});

test('the safety check finds a change that the stream did not send', async () => {
	const trigger = await listen({ options: { checkMinutes: 0.5 } });
	await live(trigger);
	sandbox.admin.stream.faults.add({ kind: 'lose' });
	const id = await order();
	await until(() => trigger.of(id).length > 0, 10_000);
	expect(trigger.of(id)).toMatchObject([{ change: 'created', source: 'catchUp' }]);
});

test.each<StreamFaultInput['kind']>(['duplicate', 'reorder', 'late', 'garbage'])(
	'with the stream fault %s each change is delivered once and in order',
	async (kind) => {
		const trigger = await listen({ objects: ['transaction', 'account'] });
		await connected();
		await until(() => sandbox.admin.requests().some(({ operationId }) => operationId === 'getCashTransactions'));
		await new Promise((resolve) => setTimeout(resolve, 200));
		sandbox.admin.stream.faults.add({ kind, every: 2, delayMs: 30 });
		const { account: id, transactions } = sandbox.admin.deposits({ accountId: String(account.id), count: 25 });
		await until(() => transactions.every((one) => trigger.of(one).length > 0) && trigger.of(id).length >= 24);
		sandbox.admin.stream.faults.clear();
		await order();
		await until(() => trigger.of(id).length >= 26);
		expect(transactions.map((one) => trigger.of(one).length)).toEqual(transactions.map(() => 1));
		const times = trigger.of(id).map(({ current }) => String((current as IDataObject).modifiedDate));
		expect(times).toEqual([...new Set(times)].sort());
	},
);

test('events of one interval are collected into one execution', async () => {
	const trigger = await listen({ options: { gatherSeconds: 25 } });
	await connected();
	await new Promise((resolve) => setTimeout(resolve, 300));
	const ids = [await order(), await order(), await order()];
	await until(() => trigger.emitted.length > 0, 10_000);
	expect(trigger.emitted[0].json.map(({ id }) => id)).toEqual(ids);
});

test('a batch that was on its way when n8n died is delivered once, as the same batch or not at all', async () => {
	const settings = { options: { gatherSeconds: 100 } };
	let lives = true;
	const before = await listen(settings, { execute: async () => await new Promise((resolve) => lives || resolve(undefined)) });
	await connected();
	await new Promise((resolve) => setTimeout(resolve, 300));
	const gathered = [await order(), await order(), await order()];
	await until(() => before.emitted.length === 1);
	// n8n has started the execution, and dies before it confirms that to the trigger.
	const diedWith = structuredClone(before.saved);
	lives = false;
	await before.close();
	await connected(0);
	const missed = [await order(), await order()];
	const after = await listen(settings, { activation: 'init', staticData: diedWith });
	await until(() => missed.every((id) => after.of(id).length > 0), 10_000);
	expect(gathered.map((id) => before.of(id).length + after.of(id).length)).toEqual([1, 1, 1]);

	// If n8n died before it started the execution, the execution starts now. Under another workflow ID, because this process remembers the first one.
	const other = await listen(settings, { activation: 'init', staticData: diedWith, workflowId: 'wf-2' });
	await until(() => [...gathered, ...missed].every((id) => other.of(id).length > 0), 10_000);
	expect(other.emitted[0].json.map(({ id }) => id)).toEqual(gathered);
	expect(other.events()).toHaveLength(5);
});

test('one at a time: an execution ends before the next one starts', async () => {
	let running = 0;
	let most = 0;
	const trigger = await listen(
		{ options: { oneAtATime: true } },
		{
			execute: async () => {
				running += 1;
				most = Math.max(most, running);
				await new Promise((resolve) => setTimeout(resolve, 20));
				running -= 1;
			},
		},
	);
	await live(trigger);
	const id = await order();
	sandbox.admin.clock.advance(100 * 3600);
	await until(() => statuses(trigger.of(id)).includes('settled'));
	expect(most).toBe(1);
	expect(statuses(trigger.of(id))).toEqual(['received', 'pending', 'sent', 'confirmed', 'settled']);
});

describe('n8n that never reports the end of an execution', () => {
	/** n8n reports the end of the first execution only when the test calls `end`. */
	function withoutReport() {
		let end: (error?: Error) => void = () => undefined;
		const ended = new Promise<void>((resolve, reject) => {
			end = (error) => (error ? reject(error) : resolve());
		});
		let started = 0;
		return { execute: async () => (started++ === 0 ? await ended : undefined), end };
	}

	test('one at a time: the next event waits at most an hour', async () => {
		speedUp(5_000);
		const trigger = await listen({ options: { oneAtATime: true } }, withoutReport());
		await connected();
		const ids = [await order(), await order()];
		await until(() => trigger.of(ids[0]).length > 0, 5_000);
		expect(trigger.of(ids[1])).toEqual([]);
		await until(() => trigger.of(ids[1]).length > 0, 5_000);
	});

	test('an execution that n8n accepted a minute ago counts as delivered, and a later refusal still starts it again', async () => {
		const { execute, end } = withoutReport();
		const settings = { parameters: { clients: [client], objects: ['order'] } as never };
		const trigger = await engine.trigger(settings, { execute });
		closers.push(trigger.close);
		await connected();
		const id = await order();
		await until(() => trigger.emitted.length > 0, 5_000);
		const journal = () => JSON.parse(String(trigger.saved?.journals))[client];
		const { offers } = journal();
		expect(offers).toHaveLength(1);
		await new Promise((resolve) => setTimeout(resolve, 1_500));
		await order();
		await until(() => trigger.emitted.length > 1, 5_000);
		expect(journal().offers).toEqual([expect.not.arrayContaining(offers[0])]);
		end(new Error('the database was away'));
		await until(() => trigger.emitted.filter(({ json }) => json[0].id === id).length > 1, 5_000);
	});
});

test('an execution that n8n could not start is started later; an execution that a user stopped is not', async () => {
	class ManualExecutionCancelledError extends Error {}
	let refusals = 1;
	const starts: string[] = [];
	await listen(
		{},
		{
			execute: async ([{ id }]) => {
				starts.push(String(id));
				if (starts.length === 2) throw new ManualExecutionCancelledError('stopped');
				if (refusals-- > 0) throw new Error('the database is locked');
			},
		},
	);
	await connected();
	await new Promise((resolve) => setTimeout(resolve, 300));
	const id = await order();
	const stopped = await order();
	await until(() => starts.length >= 2, 5_000);
	await new Promise((resolve) => setTimeout(resolve, 300));
	expect(starts.filter((one) => one === stopped)).toHaveLength(1);
	expect(starts[0]).toBe(id);
});

test('a list that Fondo refuses is reported as an outage, and the other lists are still read', async () => {
	const trigger = await listen({ objects: ['order', 'transaction'], options: { reportAfterMinutes: 0 } });
	await live(trigger);
	sandbox.admin.faults.add({ match: { api: 'fondo', path: 'getFundTransactions' }, kind: 'status', status: 403 });
	sandbox.admin.stream.cut();
	await until(() => trigger.failed.some(({ message }) => message.startsWith('Reading the lists of Fondo')), 10_000);
	const id = await order();
	await until(() => trigger.of(id).length > 0, 10_000);
	expect(trigger.of(id)).toHaveLength(1);
	sandbox.admin.faults.clear();
});

test('after a restart an unchanged object starts no execution', async () => {
	const before = await listen({ objects: ['client', 'order'] });
	await live(before);
	await before.close();
	const after = await listen({ objects: ['client', 'order'] }, { activation: 'init', staticData: before.saved });
	await live(after);
	expect(after.events().filter(({ object }) => object === 'client')).toEqual([]);
});

test('one trigger has a stream for each of several clients', async () => {
	const { json } = await fondo.get('/v2/partner/client');
	const all = json.map(({ id }: IDataObject) => id);
	expect(all.length).toBeGreaterThan(1);
	const trigger = await listen({ clients: all });
	await connected(all.length);
	await new Promise((resolve) => setTimeout(resolve, 300));
	const id = await order();
	await until(() => trigger.of(id).length > 0);
	expect(trigger.of(id)[0].clientId).toBe(client);
	await trigger.close();
	await connected(0);
});

test('listening in the editor ends with the first event, and fails with the reason if it cannot start', async () => {
	const trigger = await listen({}, { mode: 'manual' });
	await trigger.manual();
	await connected();
	const id = await order();
	await until(() => trigger.of(id).length > 0);
	expect(trigger.saved).toBeUndefined();
	await trigger.close();
	await connected(0);
	const cut = await listen({}, { mode: 'manual' });
	await cut.manual();
	sandbox.admin.stream.cut();
	await connected();
	const second = await order();
	await until(() => cut.of(second).length > 0, 10_000);
	await cut.close();
	await connected(0);
	sandbox.admin.settings.patch({ fondo: { refuseUpgrades: true } });
	const refused = await listen({}, { mode: 'manual' });
	await expect(refused.manual()).rejects.toThrow('the event stream could not be opened');
	sandbox.admin.settings.patch({ fondo: { refuseUpgrades: false } });
});

test('without WebSocket the message offers the polling trigger', async () => {
	const kept = globalThis.WebSocket;
	Object.assign(globalThis, { WebSocket: undefined });
	const refused = await listen().catch((error: unknown) => error);
	Object.assign(globalThis, { WebSocket: kept });
	expect(refused).toMatchObject({
		message: 'The Fondo Trigger needs n8n on Node.js 22 or newer',
		description: expect.stringContaining('Fondo Polling Trigger'),
	});
});

test.each([
	[{ clients: [] }, "'Client Names or IDs' is empty"],
	[{ objects: [] }, "'Trigger On' is empty"],
	[{ objects: ['other'], otherObjects: ' , ' }, "'Other Objects' is empty"],
])('a required choice that is empty is refused: %j', async (parameters, message) => {
	await expect(listen(parameters)).rejects.toThrow(message);
});

test('a changed workflow continues from the journal at the time when the trigger closed, not from an older stored one', async () => {
	const before = await listen();
	await live(before);
	await before.close();
	await connected(0);
	const { [client]: journal } = JSON.parse(String(before.saved?.journals));
	const staticData = { journals: JSON.stringify({ [client]: { ...journal, readTo: journal.readTo - 30 * 86_400_000 } }) };
	const missed = await order();
	const after = await listen({ objects: ['order', 'transaction'] }, { activation: 'update', staticData });
	await until(() => after.of(missed).length > 0, 10_000);
	const reads = sandbox.admin.requests().filter(({ operationId, query }) => operationId === 'getOrders' && query.includes('modifiedFrom'));
	const from = new URLSearchParams(reads.at(-1)?.query).get('modifiedFrom') ?? '';
	expect(Date.now() - Date.parse(from)).toBeLessThan(3_600_000);
});

describe('the Fondo Polling Trigger', () => {
	const poll = async (staticData: IDataObject = {}, around: IDataObject = {}) =>
		await engineFor({}, 'fondoPollingTrigger').poll(
			{ parameters: { clients: [client], objects: ['order', 'transaction'], ...around } as never },
			{ staticData },
		);

	test('returns the same events with the same identity as the stream', async () => {
		const trigger = await listen({ objects: ['order', 'transaction'] });
		await live(trigger);
		const first = await poll();
		expect(first.json).toEqual([]);
		const id = await order();
		await until(() => trigger.of(id).length > 0);
		const second = await poll(first.staticData);
		expect(second.json).toHaveLength(1);
		const [{ source, receivedAt, ...polled }] = second.json;
		const [{ source: heard, receivedAt: at, ...streamed }] = trigger.of(id);
		expect(polled).toEqual(streamed);
		expect([source, heard]).toEqual(['catchUp', 'stream']);
		expect((await poll(second.staticData)).json).toEqual([]);
		sandbox.admin.clock.advance(100 * 3600);
		const third = await poll(second.staticData);
		expect(third.json.map(({ object, change }) => [object, change])).toEqual(
			expect.arrayContaining([
				['order', 'updated'],
				['transaction', 'created'],
			]),
		);
		expect((await poll(third.staticData)).json).toEqual([]);
	});

	const pollerOf = (objects: string[], staticData: IDataObject = {}, activation?: 'activate') =>
		engineFor({}, 'fondoPollingTrigger').poller({ parameters: { clients: [client], objects } as never }, { staticData, activation });

	test('an unchanged object is never returned, however often it is polled', async () => {
		let staticData: IDataObject = {};
		for (let round = 0; round < 3; round += 1) {
			const result = await pollerOf(['client', 'account'], staticData)();
			expect(result.json).toEqual([]);
			({ staticData } = result);
		}
	});

	test('overlapping polls return a change once', async () => {
		const { staticData } = await pollerOf(['order'])();
		const id = await order();
		const round = pollerOf(['order'], staticData);
		const results = await Promise.all([round(), round()]);
		expect(results.flatMap(({ json }) => json).filter((event) => event.id === id)).toHaveLength(1);
	});

	test('a published workflow starts now', async () => {
		const { staticData } = await pollerOf(['order'])();
		await order();
		expect((await pollerOf(['order'], staticData, 'activate')()).json).toEqual([]);
	});

	test('publishing fails with a refused credential; a later refusal is an outage', async () => {
		const refusal = { match: { api: 'fondo' as const }, kind: 'status' as const, status: 403 };
		sandbox.admin.faults.add(refusal);
		await expect(pollerOf(['order'], {}, 'activate')()).rejects.toThrow('Fondo did not accept');
		sandbox.admin.faults.clear();
		const round = pollerOf(['order'], {}, 'activate');
		await round();
		sandbox.admin.faults.add(refusal);
		expect((await round()).json).toEqual([]);
	});

	test('while Fondo is down polls succeed without items; a long outage is reported', async () => {
		const first = await poll();
		sandbox.admin.faults.add({ match: { api: 'fondo' }, kind: 'status', status: 503 });
		const errors: Error[] = [];
		for (let round = 0; round < 6 && errors.length === 0; round += 1) {
			const result = await poll(first.staticData, { options: { reportAfterMinutes: 0.02 } });
			expect(result.json).toEqual([]);
			errors.push(...result.errors);
		}
		expect(errors[0].message).toContain('Polling Fondo has been interrupted');
		sandbox.admin.faults.clear();
		const id = await order();
		expect((await poll(first.staticData)).json.map((event) => event.id)).toContain(id);
	});

	test('a manual run shows recent changes, and no invented ones', async () => {
		const id = await order();
		const shown = await engineFor({}, 'fondoPollingTrigger').poll(
			{ parameters: { clients: [client], objects: ['order'] } as never },
			{ mode: 'manual' },
		);
		expect(shown.json.at(-1)?.id).toBe(id);
		await expect(
			engineFor({}, 'fondoPollingTrigger').poll(
				{ parameters: { clients: [client], objects: ['other'], otherObjects: 'moon' } as never },
				{ mode: 'manual' },
			),
		).rejects.toThrow('Nothing of what you wait for changed in the last 30 days');
	});
});
