import { randomUUID } from 'node:crypto';
import { ExecuteContext } from 'n8n-core';
import type { IDataObject, IHttpRequestMethods, INode, IRequestOptions } from 'n8n-workflow';
import { createRunExecutionData, Workflow } from 'n8n-workflow';
import type { FaultInput } from '../../sandbox/state/faults';
import { MemoryCredentials } from '../support/credentials';
// Sets n8n's folder and log level before n8n-core is loaded.
import '../support/n8n';
import { useBench } from '../support/sandbox';
import { seeded, type Seeded } from '../support/samples';

const bench = useBench({ settings: { finvis: { rateLimit: null } } });
let seed: Seeded;
beforeAll(async () => {
	seed = await seeded(bench);
});
afterEach(() => bench.sandbox.admin.faults.clear());

type Helper = 'requestWithAuthentication' | 'httpRequestWithAuthentication';

/** A node of n8n that calls with one of our credentials, as HTTP Request and GraphQL (first helper) or the HTTP Request tool of n8n's AI nodes (second) do. */
function otherNode(type: 'fondoApi' | 'finvisApi', credential: IDataObject = {}) {
	const engine = type === 'fondoApi' ? bench.fondo(credential) : bench.finvis(credential);
	const credentials = new MemoryCredentials({ c1: engine.credential });
	const node: INode = {
		id: '1',
		name: 'HTTP Request',
		type: 'n8n-nodes-base.httpRequest',
		typeVersion: 4.2,
		position: [0, 0],
		parameters: {},
		credentials: { [type]: { id: 'c1', name: 'c' } },
	};
	const nodeType = { description: { properties: [], credentials: [{ name: type, required: true }] } };
	const nodeTypes = { getByName: () => nodeType, getByNameAndVersion: () => nodeType, getKnownTypes: () => ({}) };
	const workflow = new Workflow({ nodes: [node], connections: {}, active: false, nodeTypes: nodeTypes as never });
	const context = new ExecuteContext(
		workflow,
		node,
		{ credentialsHelper: credentials } as never,
		'manual',
		createRunExecutionData({}),
		0,
		[{ json: {} }],
		{ main: [[{ json: {} }]] },
		{ node, data: {}, source: null },
		[],
	);
	const call = async (helper: Helper, method: string, url: string, { body = {}, headers = {}, timeout = 20_000 }: Partial<Call> = {}) => {
		if (helper === 'httpRequestWithAuthentication')
			return await context.helpers.httpRequestWithAuthentication.call(context, type, {
				method: method as IHttpRequestMethods,
				url,
				body,
				headers,
				timeout,
			});
		// The options of n8n's HTTP Request node, version 4.2.
		const options = {
			headers,
			method,
			uri: url,
			body,
			json: true,
			gzip: true,
			resolveWithFullResponse: true,
			followRedirect: true,
			timeout,
		};
		return await context.helpers.requestWithAuthentication.call(context, type, options as IRequestOptions);
	};
	return { call, stored: () => credentials.stored.c1 };
}

interface Call {
	readonly body: IDataObject;
	readonly headers: IDataObject;
	readonly timeout: number;
}

const messageOf = async (call: Promise<unknown>) =>
	await call.then(
		() => undefined,
		(error: Error & { description?: string }) => `${error.message} ${error.description ?? ''}`,
	);
const order = (clientRef: string) => ({
	orderType: 'subscription',
	account: seed.accounts[0],
	instrument: seed.instrument,
	amount: 100,
	clientRef,
});
const orders = () => `${bench.sandbox.fondoUrl}/v2/partner/client/${seed.client}/order`;
const made = (reference: string) => bench.sandbox.admin.ledger(reference).length;
const callsOf = (operationId: string) => bench.sandbox.admin.requests().filter((call) => call.operationId === operationId).length;

const faults: Array<[string, FaultInput, number, number]> = [
	['500 after the effect', { kind: 'status', status: 500, after: true }, 1, 1],
	['502 after the effect', { kind: 'status', status: 502, after: true }, 1, 1],
	['a timeout after the effect', { kind: 'latency', delayMs: 1_500, after: true }, 1, 1],
	['a connection cut after the effect', { kind: 'cut_after' }, 1, 1],
	['500 before the effect', { kind: 'status', status: 500 }, 0, 1],
	['401 for a token that was revoked', { kind: 'expired_token' }, 0, 1],
];

describe("n8n's HTTP Request node with our credential", () => {
	test.each(faults)('%s: n8n does not send the write a second time', async (_, fault, effects, calls) => {
		const { call } = otherNode('fondoApi');
		const reference = randomUUID();
		// A first call fetches the token, as every call after the first finds it.
		await call('requestWithAuthentication', 'GET', orders());
		bench.sandbox.admin.faults.add({ ...fault, times: 1, match: { path: 'createOrder' } });
		const before = callsOf('createOrder');
		const message = await messageOf(call('requestWithAuthentication', 'POST', orders(), { body: order(reference), timeout: 500 }));
		expect(message).toContain(
			'This POST failed, and n8n was about to send it to Fondo a second time. It was not sent again. Perhaps Fondo executed the first',
		);
		// The sandbox notes a call when it has answered, also after its client has left. A second call would be noted by then.
		if (fault.kind === 'latency') await new Promise((resolve) => setTimeout(resolve, 2_500));
		expect({ calls: callsOf('createOrder') - before, effects: made(reference) }).toEqual({ calls, effects });
	});

	test('the next run has the renewed token, and the write goes out', async () => {
		const { call } = otherNode('fondoApi');
		await call('requestWithAuthentication', 'GET', orders());
		bench.sandbox.admin.tokens.revoke();
		const reference = randomUUID();
		const send = async () => await messageOf(call('requestWithAuthentication', 'POST', orders(), { body: order(reference) }));
		expect(await send()).toContain('It was not sent again');
		expect(await send()).toBeUndefined();
		expect(made(reference)).toBe(1);
	});

	test('a token that is past its end is renewed within the call, because the first try went out without it', async () => {
		const { call, stored } = otherNode('fondoApi');
		await call('requestWithAuthentication', 'GET', orders());
		stored().renewAt = 0;
		const reference = randomUUID();
		expect(await messageOf(call('requestWithAuthentication', 'POST', orders(), { body: order(reference) }))).toBeUndefined();
		expect(made(reference)).toBe(1);
	});

	test('a read is repeated', async () => {
		const { call } = otherNode('fondoApi');
		await call('requestWithAuthentication', 'GET', orders());
		bench.sandbox.admin.faults.add({ kind: 'status', status: 502, times: 1, match: { path: 'getOrders' } });
		const before = callsOf('getOrders');
		expect(await messageOf(call('requestWithAuthentication', 'GET', orders()))).toBeUndefined();
		expect(callsOf('getOrders') - before).toBe(2);
	});

	test.each([
		['with an Idempotency-Key is repeated, because Finvis gives the first answer again', 'finvisApi', 2, undefined],
		['with an Idempotency-Key is not repeated at Fondo, which takes no key', 'fondoApi', 1, 'It was not sent again'],
	] as const)('a write %s', async (_, type, calls, words) => {
		const { call } = otherNode(type);
		const url = type === 'fondoApi' ? orders() : `${bench.sandbox.finvisUrl}/payments/batches/`;
		await call('requestWithAuthentication', 'GET', url);
		const operation = type === 'fondoApi' ? 'createOrder' : 'createPaymentBatch';
		bench.sandbox.admin.faults.add({ kind: 'status', status: 502, after: true, times: 1, match: { path: operation } });
		const reference = randomUUID();
		const creditor = { creditor_name: 'A', creditor_account: { type: 'iban', value: 'SE3550000000054910000003' } };
		const payment = { amount: '1.00', currency: 'SEK', end_to_end_id: reference, ...creditor };
		const batch = { name: reference, account_id: seed.bankAccount, execution_date: '2027-03-05', currency: 'SEK', payments: [payment] };
		const body = type === 'fondoApi' ? order(reference) : batch;
		const before = callsOf(operation);
		const message = await messageOf(call('requestWithAuthentication', 'POST', url, { body, headers: { 'Idempotency-Key': randomUUID() } }));
		expect(message).toEqual(words === undefined ? undefined : expect.stringContaining(words));
		expect(callsOf(operation) - before).toBe(calls);
	});

	test.each([
		['500 after the effect', { kind: 'status', status: 500, after: true }, 1],
		['401', { kind: 'expired_token' }, 0],
	] as Array<[string, FaultInput, number]>)('the HTTP Request tool, %s: one call', async (_, fault, effects) => {
		const { call } = otherNode('fondoApi');
		await call('httpRequestWithAuthentication', 'GET', orders());
		bench.sandbox.admin.faults.add({ ...fault, times: 1, match: { path: 'createOrder' } });
		const reference = randomUUID();
		const before = callsOf('createOrder');
		expect(await messageOf(call('httpRequestWithAuthentication', 'POST', orders(), { body: order(reference) }))).toBeDefined();
		expect({ calls: callsOf('createOrder') - before, effects: made(reference) }).toEqual({ calls: 1, effects });
	});
});
