import { TENANT_TWO } from '../../sandbox';
import { useServer, type Reply } from '../support/server';
import { giveTimeBack, skipWaits } from '../support/time';
import type { Run } from '../support/n8n';
import { useBench } from '../support/sandbox';
import { byId, subscription } from '../support/samples';

const SECRET = 'my-s3cret-that-stays-hidden';
const PARTNER = { clientId: 'finvis-partner', clientSecret: 'finvis-partner-secret', tenantMode: 'partner' };

const bench = useBench();
const server = useServer();
beforeEach(() => {
	server.reset();
	skipWaits();
});
afterEach(giveTimeBack);

const list = { resource: 'account', operation: 'getMany' };
const clients = { resource: 'client', operation: 'getMany' };
const finvis = (changed: object = {}) =>
	bench.finvis({ baseUrl: `${server.url}/public`, clientId: 'me', clientSecret: SECRET, ...changed });
const fondo = (changed: object = {}) => bench.fondo({ baseUrl: server.url, clientId: 'me', clientSecret: SECRET, ...changed });
const textOf = ({ error }: Run) => `${error?.message} ${error?.description ?? ''}`;

/** Also checks the cause and the attached request, because n8n stores both with the execution. */
function expectNoSecret(run: Run, secret = SECRET) {
	const seen = new WeakSet<object>();
	const all = JSON.stringify(
		[run.error, run.error?.context, (run.error as { cause?: unknown } | undefined)?.cause],
		(_, value: unknown) => {
			if (typeof value !== 'object' || value === null) return value;
			if (seen.has(value)) return undefined;
			seen.add(value);
			return value instanceof Error ? { ...value, message: value.message, cause: value.cause } : value;
		},
	);
	expect(all).not.toContain(secret);
	expect(all).not.toContain(Buffer.from(`me:${secret}`).toString('base64'));
}

const port = () => new URL(server.url).host;

describe.each([
	['Finvis', 'own', () => finvis().run(list)],
	['Finvis', 'partner', () => finvis({ tenantMode: 'partner', tenantId: TENANT_TWO }).run(list)],
	['Fondo', 'own', () => fondo().run(clients)],
])('%s (%s): the token call gets the answer', (api, _, run) => {
	test.each<[string, Reply, (api: string) => string]>([
		[
			'400 invalid_client',
			{ status: 400, body: { error: 'invalid_client', error_description: 'wrong' } },
			(name) => `${name} did not accept the client ID or client secret. Enter them again in the credential.`,
		],
		[
			'401',
			{ status: 401, body: {} },
			(name) => `${name} did not accept the client ID or client secret. Enter them again in the credential.`,
		],
		[
			'403 and a web page',
			{ status: 403, body: '<h1>Forbidden</h1>' },
			(name) => `${name} did not accept the client ID or client secret. Enter them again in the credential.`,
		],
		[
			'invalid_scope',
			{ status: 400, body: { error: 'invalid_scope' } },
			(name) => `${name} does not grant all of these scopes to this client`,
		],
		[
			'a refused tenant',
			{ status: 400, body: { error: 'invalid_request', error_description: 'The client does not serve the tenant' } },
			(name) => `${name} does not accept the tenant ID for this client. Correct the tenant ID.`,
		],
		[
			'404',
			{ status: 404, body: '<h1>Not found</h1>' },
			(name) => `${name} gave no access token at ${port()} (status 404). Check the environment or base URL.`,
		],
		[
			'a redirect to another host',
			{ status: 302, headers: { location: 'https://login.example/' } },
			(name) => `${name} gave no access token at ${port()} (status 302). Check the environment or base URL.`,
		],
		[
			'a web page',
			{ status: 200, body: '<h1>Welcome</h1>' },
			(name) => `${name} answered without an access token. Check the environment or base URL.`,
		],
		['nothing', { status: 204 }, (name) => `${name} answered without an access token. Check the environment or base URL.`],
		[
			'an empty token',
			{ body: { access_token: '', expires_in: 3600 } },
			(name) => `${name} answered without an access token. Check the environment or base URL.`,
		],
		[
			'another kind of token',
			{ body: { token: 'abc' } },
			(name) => `${name} answered without an access token. Check the environment or base URL.`,
		],
	])('%s: one call, and a message that says what to do', async (_, reply, words) => {
		server.token = () => reply;
		const result = await run();
		expect(textOf(result)).toContain(words(api));
		expect(server.tokenCalls).toHaveLength(1);
		expect(server.received).toEqual([]);
		expectNoSecret(result);
	});

	test.each([429, 500, 502, 503])('%i: the node tries again, then reports it', async (status) => {
		server.token = () => ({ status, body: '' });
		const result = await run();
		expect(textOf(result)).toContain(`${api} cannot give an access token right now (${status}). Try again later`);
		expect(textOf(result)).toContain('Nothing was sent');
		expect(server.tokenCalls.length).toBeGreaterThanOrEqual(4);
		expect(server.received).toEqual([]);
		expectNoSecret(result);
	});

	test('503 once: the run succeeds', async () => {
		server.token = (_, count) => (count === 1 ? { status: 503 } : { body: { access_token: 't', expires_in: 60 } });
		server.answer = () => ({ body: [] });
		expect((await run()).error).toBeUndefined();
		expect(server.tokenCalls).toHaveLength(2);
	});
});

test.each([
	['without a server', 'http://127.0.0.1:1/public', '127.0.0.1:1 (ECONNREFUSED)'],
	['that does not exist', 'https://fondo.invalid', 'fondo.invalid (E'],
])('the message names a host %s', async (_, baseUrl, words) => {
	for (const result of [await finvis({ baseUrl }).run(list), await fondo({ baseUrl }).run(clients)]) {
		expect(textOf(result)).toContain(`could not be reached at ${words}`);
		expect(textOf(result)).toContain("Check 'Environment' and 'Base URL' of the credential, then the network");
		expectNoSecret(result);
	}
});

describe('answers of the sandbox', () => {
	test('the message names a scope that is not granted', async () => {
		const run = await bench
			.finvis({ clientId: 'finvis-reader', clientSecret: 'finvis-reader-secret', scopes: ['read:ledger', 'write:payments'] })
			.run(list);
		expect(run.error?.message).toBe(
			'Finvis does not grant all of these scopes to this client: read:ledger write:payments. Remove the missing one here, or ask Finvis for it.',
		);
		expectNoSecret(run, 'finvis-reader-secret');
	});

	test('the message names a Fondo scope that does not exist', async () => {
		const { error } = await bench.fondo({ scope: 'account:read, account:fly' }).run(clients);
		expect(error?.message).toContain('Fondo does not grant all of these scopes to this client: account:read, account:fly.');
	});

	test.each([{}, { tenantId: '' }, { tenantId: ' ' }])('a partner without a tenant: %j', async (more) => {
		const { error } = await bench.finvis({ ...PARTNER, ...more }).run(list);
		expect(error?.message).toContain("'Tenant ID' is missing in the credential. A partner's client needs it");
	});

	test('a tenant that the partner does not serve', async () => {
		const run = await bench.finvis({ ...PARTNER, tenantId: '11111111-2222-4333-8444-555555555555' }).run(list);
		expect(run.error?.message).toBe('Finvis does not accept the tenant ID for this client. Correct the tenant ID.');
		expectNoSecret(run, PARTNER.clientSecret);
	});

	test('a tenant ID of another tenant than the client', async () => {
		const { error } = await bench.finvis({ tenantId: TENANT_TWO }).run(list);
		expect(error?.message).toBe('Finvis gave a token for another tenant than the tenant ID of this credential. Correct the tenant ID.');
	});

	test('a wrong secret for a write: nothing is sent', async () => {
		const before = bench.sandbox.admin.ledger().length;
		const { error } = await bench
			.fondo({ clientSecret: SECRET })
			.run(subscription({ client: 'c', accounts: ['a'], instrument: 'i', bankAccount: '', secondBankAccount: '' }), [{ reference: 'r-1' }]);
		expect(error?.message).toBe('Fondo did not accept the client ID or client secret. Enter them again in the credential.');
		expect(bench.sandbox.admin.ledger()).toHaveLength(before);
	});
});

test('the error of a credential is on the item when the node continues on errors', async () => {
	server.token = () => ({ status: 401 });
	const { json, status } = await finvis().run({
		resource: 'account',
		operation: 'get',
		parameters: { account: byId('a') },
		onError: 'continueRegularOutput',
	});
	expect(status).toBe('success');
	expect(json[0].error).toMatchObject({
		message: 'Finvis did not accept the client ID or client secret. Enter them again in the credential.',
	});
});
