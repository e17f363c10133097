import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { INode, INodeParameters } from 'n8n-workflow';
import { useStack } from '../../tools/harness/jest/useStack';
import { outputOf, type Execution } from '../../tools/harness/n8n/client';
import { node, referTo, saveManualWorkflow, type NodeSettings } from '../../tools/harness/n8n/workflow';
import type { Fault } from '../../tools/harness/sandbox';
import { publishMcp } from './aiHosts';
import { sampleClient } from './aiTools';

const { finvis, fondo, owner, sandbox } = useStack();

/** A node of n8n with one of our credentials. */
const otherNode = (type: string, credentialType: string, parameters: INodeParameters, settings: NodeSettings = {}) => {
	const authentication = { authentication: 'predefinedCredentialType', nodeCredentialType: credentialType };
	const credentials = referTo(owner.credential(credentialType));
	return node('Call', type, { ...authentication, ...parameters }, { typeVersion: 4.2, credentials, ...settings });
};

const run = async (call: INode) => await owner.client.run(await saveManualWorkflow(owner, `${call.type} with our credential`, call));

/** n8n's own HTTP Request node with one of our credentials. */
const request = async (type: string, url: string, parameters: INodeParameters = {}, credential = owner.credential(type)) =>
	await run(otherNode('n8n-nodes-base.httpRequest', type, { url, options: {}, ...parameters }, { credentials: referTo(credential) }));

/** The error of a run, or undefined for a green one. */
const errorOf = ({ status, data }: Execution) => (status === 'success' ? undefined : String(data.resultData.error?.message));

test.each([
	['Fondo', 'fondoApi', `${fondo.data.baseUrl}/v2/partner/client`, 'displayName'],
	['Finvis', 'finvisApi', `${finvis.data.baseUrl}/companies`, 'results'],
])('the HTTP Request node reaches any path of %s with our credential', async (_, type, url, field) => {
	const execution = await request(type, url);
	expect(execution.status).toBe('success');
	expect(outputOf(execution, 'Call')[0].json).toHaveProperty(field);
});

test('it does not carry the token to another host', async () => {
	const execution = await request('fondoApi', `${finvis.data.baseUrl}/companies`);
	expect(errorOf(execution)).toContain('is not sent to');
});

test('in a rehearsal it reads, and writes nothing', async () => {
	const data = { ...finvis.data, rehearsal: true };
	const rehearsing = await owner.client.saveCredential({ ...finvis, name: 'Finvis in rehearsal', data });
	const url = `${finvis.data.baseUrl}/companies`;
	expect((await request('finvisApi', url, {}, rehearsing)).status).toBe('success');
	const execution = await request('finvisApi', url, { method: 'POST', sendBody: true, contentType: 'json' }, rehearsing);
	expect(errorOf(execution)).toContain('Rehearsal is switched on in this credential');
	expect((await sandbox.requests()).filter(({ method, path }) => method === 'POST' && path.endsWith('/companies'))).toEqual([]);
});

interface Target {
	readonly credential: string;
	/** The operation in the sandbox's log. */
	readonly operation: string;
	readonly url: string;
	readonly headers: Readonly<Record<string, string>>;
	readonly bodyWith: (reference: string) => object;
	/** How many objects the API has under a reference. */
	readonly made: (reference: string) => Promise<number>;
}

let fondoOrder: Target;
let finvisBatch: Target;

beforeAll(async () => {
	const { client, account } = await sampleClient(sandbox);
	const bankAccount = (await sandbox.finvis.list('/accounts/')).find(({ currency }) => currency === 'SEK')?.id;
	const creditor = { creditor_name: 'A', creditor_account: { type: 'iban', value: 'SE3550000000054910000003' } };
	const date = new Date(Date.now() + 3 * 86_400_000).toISOString().slice(0, 10);
	fondoOrder = {
		credential: 'fondoApi',
		operation: 'createOrder',
		url: `${fondo.data.baseUrl}/v2/partner/client/${client}/order`,
		headers: {},
		bodyWith: (clientRef) => ({ orderType: 'subscription', account, instrument: 'SE0001862426SEK', amount: 100, clientRef }),
		made: async (reference) => (await sandbox.ledger()).filter((entry) => entry.reference === reference).length,
	};
	finvisBatch = {
		credential: 'finvisApi',
		operation: 'createPaymentBatch',
		url: `${finvis.data.baseUrl}/payments/batches/`,
		headers: {},
		bodyWith: (name) => ({
			name,
			account_id: bankAccount,
			execution_date: date,
			currency: 'SEK',
			payments: [{ amount: '1.00', currency: 'SEK', end_to_end_id: name, ...creditor }],
		}),
		made: async (reference) => (await sandbox.finvis.list('/payments/batches/')).filter(({ name }) => name === reference).length,
	};
	// The first call fetches the token, which every later call finds.
	for (const { credential, url } of [fondoOrder, finvisBatch]) expect((await request(credential, url)).status).toBe('success');
});
afterEach(async () => await sandbox.clearFaults());

const json = (body: object): INodeParameters => ({ method: 'POST', sendBody: true, specifyBody: 'json', jsonBody: JSON.stringify(body) });
const headersOf = ({ headers }: Target) => ({ parameters: Object.entries(headers).map(([name, value]) => ({ name, value })) });

/** Calls a node as a tool; an error comes back as a text. */
async function runTool(tool: INode): Promise<string | undefined> {
	const { mcp } = await publishMcp(owner, [tool]);
	const answer = await mcp.call('Call');
	return answer.includes('Error') ? answer : undefined;
}

const TIMEOUT_MS = 1_500;

/** Each way in which n8n's own nodes send a write: its error, or undefined for a green run. */
const ways = {
	'HTTP Request': async (target: Target, body: object) => {
		const headers = { sendHeaders: true, headerParameters: headersOf(target) };
		return errorOf(await request(target.credential, target.url, { ...json(body), ...headers, options: { timeout: TIMEOUT_MS } }));
	},
	'HTTP Request Tool': async (target: Target, body: object) => {
		const headers = { sendHeaders: true, headerParameters: headersOf(target) };
		const call = { toolDescription: 'Calls the API', url: target.url, ...json(body), ...headers, options: { timeout: TIMEOUT_MS } };
		return await runTool(otherNode('n8n-nodes-base.httpRequestTool', target.credential, call));
	},
	GraphQL: async (target: Target, body: object) => {
		// In this format the node sends the query as it is, so that the header makes it any call.
		const headers = headersOf({ ...target, headers: { ...target.headers, 'content-type': 'application/json' } });
		const query = { requestFormat: 'graphql', query: JSON.stringify(body), headerParametersUi: { parameter: headers.parameters } };
		const call = otherNode('n8n-nodes-base.graphql', target.credential, { endpoint: target.url, ...query }, { typeVersion: 1.1 });
		return errorOf(await run(call));
	},
};

const faults: Readonly<Record<string, Fault>> = {
	500: { kind: 'status', status: 500 },
	502: { kind: 'status', status: 502 },
	timeout: { kind: 'latency', delayMs: 2 * TIMEOUT_MS },
	'cut connection': { kind: 'cut_after' },
};
const cases = (Object.keys(ways) as Array<keyof typeof ways>).flatMap((way) =>
	Object.keys(faults).flatMap((fault) =>
		// GraphQL has no timeout of its own.
		fault === 'timeout' && way === 'GraphQL' ? [] : [[way, fault] as const],
	),
);

/** Sends a write whose answer is lost after the API has executed it. */
async function loseAnswer(way: keyof typeof ways, fault: string, target: Target) {
	const reference = randomUUID();
	const before = (await sandbox.requests(target.operation)).length;
	await sandbox.addFaults({ ...faults[fault], after: true, times: 1, match: { path: target.operation } });
	const error = await ways[way](target, target.bodyWith(reference));
	// The sandbox logs a call when it has answered it, also after its client has left. By then it would have logged a second call.
	if (fault === 'timeout') await sleep(3 * TIMEOUT_MS);
	const calls = (await sandbox.requests(target.operation)).length - before;
	return { error, calls, made: await target.made(reference) };
}

const stopped = (api: string) => `This POST failed, and n8n was about to send it to ${api} a second time. It was not sent again.`;

test.each(cases)('%s, %s after an order: the run fails, and there is one order', async (way, fault) => {
	const { error, ...rest } = await loseAnswer(way, fault, fondoOrder);
	expect(error).toContain(stopped('Fondo'));
	expect(rest).toEqual({ calls: 1, made: 1 });
});

test.each(cases)('%s, %s after a batch with an Idempotency-Key: n8n sends it again, and there is one batch', async (way, fault) => {
	const headers = { 'Idempotency-Key': randomUUID() };
	expect(await loseAnswer(way, fault, { ...finvisBatch, headers })).toEqual({ error: undefined, calls: 2, made: 1 });
});

test.each(cases)('%s, %s after a batch without an Idempotency-Key: the run fails after one call', async (way, fault) => {
	const { error, calls } = await loseAnswer(way, fault, finvisBatch);
	expect(error).toContain(stopped('Finvis'));
	expect(calls).toBe(1);
});

test.each(['500', '502', 'cut connection'])('a read is repeated after %s', async (fault) => {
	const before = (await sandbox.requests('getOrders')).length;
	await sandbox.addFaults({ ...faults[fault], times: 1, match: { path: 'getOrders' } });
	expect((await request('fondoApi', fondoOrder.url)).status).toBe('success');
	expect((await sandbox.requests('getOrders')).length - before).toBe(2);
});
