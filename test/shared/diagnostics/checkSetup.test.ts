import type { IDataObject } from 'n8n-workflow';
import type { DiagnosticsContext } from '../../../nodes/shared/diagnostics/finding';
import { ok } from '../../../nodes/shared/diagnostics/finding';
import { clockFinding } from '../../../nodes/shared/diagnostics/host';
import type { Engine } from '../../support/n8n';
import { useBench } from '../../support/sandbox';
import { pass, useServer, type Received, type Reply } from '../../support/server';
import { giveTimeBack, skipWaits } from '../../support/time';

const TENANT = '6e0f9a1c-3b7d-4c52-9d18-2f4a6b8c0d1e';
const OTHER_TENANT = '7f1a0b2d-4c8e-4d63-8e29-305b7c9d1e2f';
const SECRETS = ['fondo-demo-secret', 'finvis-demo-secret', 'finvis-reader-secret', 'wrong-secret'];

const bench = useBench();
/** What answers at the address that n8n gives out. */
const n8n = useServer();
const gateway = useServer();
const realWebSocket = globalThis.WebSocket;

beforeEach(() => {
	n8n.answer = () => ({ body: { status: 'ok' } });
	Object.assign(globalThis, { WebSocket: class {} });
	skipWaits();
});
afterEach(() => {
	giveTimeBack();
	n8n.reset();
	gateway.reset();
	Object.assign(globalThis, { WebSocket: realWebSocket });
	delete process.env.EXECUTIONS_MODE;
	delete process.env.N8N_BLOCK_ENV_ACCESS_IN_NODE;
});

interface Found {
	status: string;
	finding: string;
	instruction: string;
}

/** The findings by check; each is complete, in one line, and tells no secret. */
async function checked(engine: Engine, base = n8n.url, timezone = 'Europe/Stockholm'): Promise<Record<string, Found>> {
	const { json, items, error, status } = await engine.run({ resource: 'system', operation: 'checkSetup' }, [{}], { base, timezone });
	expect({ status, error: error?.message }).toEqual({ status: 'success', error: undefined });
	expect(items.every(({ pairedItem }) => JSON.stringify(pairedItem) === '{"item":0}')).toBe(true);
	const token = String(engine.credential.accessToken || 'no token');
	for (const one of json) {
		expect(Object.keys(one)).toEqual(['check', 'status', 'finding', 'instruction']);
		expect(one.status).toMatch(/^(ok|warning|failed|skipped)$/);
		expect(one.finding).toMatch(/^\S.*\S$/);
		expect(one.instruction).toMatch(one.status === 'ok' ? /^$/ : /^\S.*\.$/);
		for (const secret of [...SECRETS, token]) expect(JSON.stringify(one)).not.toContain(secret);
	}
	return Object.fromEntries(json.map(({ check, ...found }) => [check, found as unknown as Found]));
}

const statuses = (found: Record<string, Found>) => Object.fromEntries(Object.entries(found).map(([check, { status }]) => [check, status]));

describe('when all is well', () => {
	const base = () => `${n8n.url}/automation`;

	test('Fondo: every check is ok, or says why it was not made', async () => {
		const found = await checked(bench.fondo(), base());
		expect(statuses(found)).toEqual({
			Host: 'ok',
			Clock: 'ok',
			'Time zone': 'ok',
			Token: 'ok',
			'Scope account:read': 'ok',
			'Investor accounts': 'ok',
			'Order list': 'ok',
			'Order references': 'ok',
			'Order dates': 'ok',
			'Cash list': 'ok',
			'Scope account:write': 'skipped',
			'Rate limit': 'skipped',
			'Webhook address': 'ok',
			'Event stream': 'ok',
			'Queue mode': 'skipped',
		});
		expect(found['Scope account:write'].finding).toMatch(/would write/);
		expect(n8n.received.map(({ method, path, headers }) => [method, path, headers.authorization])).toEqual([
			['GET', '/automation/healthz', undefined],
		]);
	});

	test('Finvis: one read for each scope that allows reading', async () => {
		const scopes = ['admin:public_api', 'read:ledger', 'read:payments', 'read:reconciliation', 'read:reporting', 'write:payments'];
		const found = await checked(bench.finvis({ scopes, tenantId: TENANT }));
		expect(statuses(found)).toEqual({
			Host: 'ok',
			Clock: 'ok',
			'Time zone': 'ok',
			Token: 'ok',
			'Scope read:ledger': 'ok',
			'Scope read:payments': 'ok',
			'Scope read:reporting': 'ok',
			'Scope read:reconciliation': 'ok',
			'Scope admin:public_api': 'ok',
			'Batch list': 'ok',
			'Batch references': 'skipped',
			'Batch dates': 'ok',
			'Scope write:payments': 'skipped',
			Tenant: 'ok',
			'Rate limit': 'ok',
			'Webhook address': 'ok',
			'Webhook registration': 'skipped',
			'Queue mode': 'skipped',
		});
		expect(found.Tenant.finding).toContain(TENANT);
		expect(found['Rate limit'].finding).toMatch(/^\d+ of 600 calls are left$/);
	});

	test('nothing is written, and the host is asked without a token', async () => {
		const before = bench.sandbox.admin.requests().length;
		await checked(bench.finvis());
		const calls = bench.sandbox.admin.requests().slice(before);
		expect(calls.filter(({ method, path }) => method !== 'GET' && !/auth/.test(path))).toEqual([]);
		expect(calls[0]).toMatchObject({ method: 'GET', path: '/public/accounts/', status: 401 });
	});

	test('once for every item', async () => {
		const { items } = await bench.finvis().run({ resource: 'system', operation: 'checkSetup' }, [{}, {}], { base: n8n.url });
		expect(items.filter(({ json }) => json.check === 'Host').map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 1 }]);
	});

	test('a chosen field brings the check and its status along', async () => {
		const parameters = { options: { fieldsToReturn: 'instruction' } };
		const { json } = await bench.fondo().run({ resource: 'system', operation: 'checkSetup', parameters });
		expect(json.map((one) => Object.keys(one))).toEqual(json.map(() => ['check', 'status', 'instruction']));
	});
});

describe('host', () => {
	const skippedThen = (found: Record<string, Found>) => ['Clock', 'Token', 'Rate limit'].map((check) => found[check].status);

	test.each(['fondo', 'finvis'] as const)('%s is down: the rest is not tried, what needs no host is', async (api) => {
		const found = await checked(bench[api]({ baseUrl: 'http://127.0.0.1:1' }));
		expect(found.Host).toMatchObject({ status: 'failed', finding: '127.0.0.1:1 could not be reached (ECONNREFUSED)' });
		expect(skippedThen(found)).toEqual(['skipped', 'skipped', 'skipped']);
		expect(found['Webhook address'].status).toBe('ok');
	});

	test.each([
		['another server', () => bench.sandbox.fondoUrl, undefined, /a server at .*, but not the Finvis API \(404\)/],
		['a web page', () => gateway.url, { headers: { 'content-type': 'text/html' }, body: '<h1>Welcome</h1>' }, /a web page answers/],
		[
			'a redirect elsewhere',
			() => gateway.url,
			{ status: 302, headers: { location: 'https://login.example/?secret=wrong-secret' } },
			/redirects to https:\/\/login\.example\/$/,
		],
		['a cut connection', () => gateway.url, 'cut', /could not be reached \(ECONNRESET\)/],
	])('%s is no host', async (_, url, reply, finding) => {
		gateway.answer = () => (reply === 'cut' ? undefined : (reply as Reply));
		const found = await checked(bench.finvis({ baseUrl: url() }));
		expect(found.Host).toMatchObject({ status: 'failed', finding: expect.stringMatching(finding) });
		expect(skippedThen(found)).toEqual(['skipped', 'skipped', 'skipped']);
	});

	test('a failing host is a finding, and the other checks still run', async () => {
		gateway.answer = () => ({ status: 503, body: { detail: 'Down for maintenance' } });
		const found = await checked(bench.finvis({ baseUrl: gateway.url }));
		expect(found.Host).toMatchObject({ status: 'warning', finding: expect.stringMatching(/has trouble \(503\)/) });
		expect(found.Token.status).toBe('ok');
		expect(found['Scope read:ledger']).toMatchObject({ status: 'warning', finding: expect.stringContaining('Down for maintenance') });
	});

	test.each([
		['adds', 'never', (path: string) => !path.endsWith('/'), (path: string) => `${path}/`, 'Always'],
		['takes away', 'contract', (path: string) => path.endsWith('/'), (path: string) => path.slice(0, -1), 'Never'],
	])('a redirect that %s the slash at the end names the setting, and stops nothing', async (_, trailingSlash, isMoved, moved, setting) => {
		gateway.answer = async (call) =>
			isMoved(call.path) ? { status: 301, headers: { location: moved(call.path) } } : await pass(bench.sandbox.finvisUrl, call);
		gateway.token = async (call) => await pass(bench.sandbox.finvisUrl, call);
		const found = await checked(bench.finvis({ baseUrl: `${gateway.url}/public`, trailingSlash }));
		expect(found.Host).toMatchObject({ status: 'warning', instruction: expect.stringContaining(`to '${setting}'`) });
		expect([found.Token.status, found['Scope read:ledger'].status]).toEqual(['ok', 'ok']);
	});
});

test.each([
	['Europe/Stockholm', 'ok', 'as in Sweden'],
	['Europe/Berlin', 'ok', 'those of Europe/Berlin, as in Sweden'],
	['America/New_York', 'warning', 'those of America/New_York, and not as in Sweden'],
])('the days of a workflow in %s: %s', async (timezone, status, finding) => {
	const found = await checked(bench.fondo(), n8n.url, timezone);
	expect(found['Time zone']).toMatchObject({ status, finding: expect.stringContaining(finding) });
});

describe('clock', () => {
	const shifted = (seconds: number) => Date.now() + seconds * 1000;

	test.each([
		[-120, /^The clock of n8n is \d+ seconds ahead of that of Fondo$/],
		[120, /^The clock of n8n is \d+ seconds behind that of Fondo$/],
	])('Fondo tells its time in its answer: off by %d seconds', async (seconds, finding) => {
		gateway.answer = async (call) =>
			call.path === '/ping' ? { body: { pong: new Date(shifted(seconds)).toISOString() } } : await pass(bench.sandbox.fondoUrl, call);
		gateway.token = async (call) => await pass(bench.sandbox.fondoUrl, call);
		const found = await checked(bench.fondo({ baseUrl: gateway.url }));
		expect(found.Clock).toMatchObject({ status: 'warning', finding: expect.stringMatching(finding) });
		expect([found.Host.status, found.Token.status]).toEqual(['ok', 'ok']);
	});

	const passOn = (more: (call: Received) => IDataObject) => {
		gateway.answer = async (call) => {
			const reply = await pass(bench.sandbox.finvisUrl, call);
			return { ...reply, headers: { ...reply.headers, ...(more(call) as Record<string, string>) } };
		};
		gateway.token = async (call) => await pass(bench.sandbox.finvisUrl, call);
		return bench.finvis({ baseUrl: `${gateway.url}/public` });
	};

	test.each([
		[-120, 'warning', /^The clock of n8n is \d+ seconds ahead of that of Finvis$/],
		[120, 'warning', /^The clock of n8n is \d+ seconds behind that of Finvis$/],
		[-20, 'ok', /agree/],
		[20, 'ok', /agree/],
	])('Finvis tells it in the header of its answer: off by %d seconds', async (seconds, status, finding) => {
		const found = await checked(passOn(() => ({ date: new Date(shifted(seconds)).toUTCString() })));
		expect(found.Clock).toMatchObject({ status, finding: expect.stringMatching(finding) });
	});

	test('the local sandbox has its own time', () => {
		const setup = { connection: { name: 'Fondo' }, credentials: { environment: 'local' } } as unknown as DiagnosticsContext;
		const probed = { sentAt: 0, receivedAt: 0, status: 200, headers: {}, body: { pong: '1970-01-02T00:00:00Z' } };
		expect(clockFinding(setup, probed, ok('Host', ''))).toEqual(
			ok('Clock', 'The clock of n8n is 86400 seconds behind that of the local sandbox, which has its own time'),
		);
	});

	test('a time that is none is not guessed at', async () => {
		const { Clock } = await checked(passOn(() => ({ date: 'yesterday' })));
		expect(Clock).toMatchObject({ status: 'skipped', finding: 'Finvis did not send its time' });
	});
});

describe('token, scopes, tenant', () => {
	test.each(['fondo', 'finvis'] as const)('a wrong secret of %s fails the token, and nothing else is blamed', async (api) => {
		const found = await checked(bench[api]({ clientSecret: 'wrong-secret' }));
		expect([found.Host.status, found.Clock.status]).toEqual(['ok', 'ok']);
		expect(found.Token).toMatchObject({
			status: 'failed',
			finding: expect.stringMatching(/did not accept the client ID or client secret/),
		});
		const reads = Object.entries(found).filter(([check]) => /^(Scope|Investor|Rate)/.test(check));
		expect(reads.map(([, { status }]) => status)).toEqual(reads.map(() => 'skipped'));
	});

	test('a token that the API does not accept', async () => {
		gateway.answer = () => ({ status: 401, body: { detail: 'Invalid or expired token' } });
		const found = await checked(bench.finvis({ baseUrl: gateway.url }));
		expect(found.Host.status).toBe('ok');
		expect(found.Token).toMatchObject({ status: 'failed', finding: 'Finvis gave an access token, but does not accept it' });
		// One read, for which n8n renewed the token once.
		expect(gateway.received.filter(({ headers }) => headers.authorization !== undefined)).toHaveLength(2);
	});

	test('a scope that was not granted is named with the token', async () => {
		const reader = { clientId: 'finvis-reader', clientSecret: 'finvis-reader-secret' };
		const found = await checked(bench.finvis({ ...reader, scopes: ['read:ledger', 'write:payments'] }));
		expect(found.Token).toMatchObject({
			status: 'failed',
			finding: expect.stringMatching(/does not grant all of these scopes.*write:payments/),
		});
		const { Token, ...without } = await checked(bench.finvis({ ...reader, scopes: ['read:ledger'] }));
		expect(Token.status).toBe('ok');
		expect(without['Scope read:ledger'].status).toBe('ok');
		expect(without['Scope read:payments']).toMatchObject({ status: 'skipped', finding: 'The credential does not ask for this scope' });
	});

	test('a credential that asks for all scopes reads with each, and says which the client lacks', async () => {
		const reader = { clientId: 'finvis-reader', clientSecret: 'finvis-reader-secret' };
		const found = await checked(bench.finvis({ ...reader, scopes: [] }));
		expect([found.Token.status, found['Scope read:ledger'].status]).toEqual(['ok', 'ok']);
		expect(found['Scope admin:public_api']).toMatchObject({
			status: 'skipped',
			finding: expect.stringContaining('Missing scope: admin:public_api'),
			instruction: 'If a workflow needs the scope admin:public_api, have it granted to this client in the Finvis console.',
		});
	});

	test('a scope that the token has lost is found by its read, and the others are still read', async () => {
		gateway.answer = async (call) =>
			call.path.includes('reporting')
				? { status: 403, body: { detail: 'Missing scope: read:reporting', code: 'permission_denied' } }
				: await pass(bench.sandbox.finvisUrl, call);
		gateway.token = async (call) => await pass(bench.sandbox.finvisUrl, call);
		const scopes = ['read:ledger', 'read:reporting', 'read:reconciliation'];
		const found = await checked(bench.finvis({ baseUrl: `${gateway.url}/public`, tenantId: TENANT, scopes }));
		expect(found['Scope read:reporting']).toMatchObject({
			status: 'failed',
			finding: expect.stringContaining('Missing scope: read:reporting'),
			instruction: expect.stringContaining('read:reporting'),
		});
		expect([found.Token.status, found['Scope read:reconciliation'].status, found.Tenant.status]).toEqual(['ok', 'ok', 'ok']);
	});

	test.each([
		['is lost', undefined, 'warning', /^Finvis did not answer: ECONNRESET/],
		['meets no token', { status: 401, body: { detail: 'Token revoked' } }, 'failed', /Token revoked/],
	])('a later read that %s is a finding, and the others still run', async (_, reply, status, finding) => {
		gateway.answer = async (call) => (call.path.includes('payments') ? reply : await pass(bench.sandbox.finvisUrl, call));
		gateway.token = async (call) => await pass(bench.sandbox.finvisUrl, call);
		const found = await checked(bench.finvis({ baseUrl: `${gateway.url}/public` }));
		expect(found['Scope read:payments']).toMatchObject({ status, finding: expect.stringMatching(finding) });
		expect([found.Token.status, found['Scope read:reporting'].status]).toEqual(['ok', 'ok']);
	});

	test('Fondo: a scope that does not let it read is named', async () => {
		const found = await checked(bench.fondo({ scope: 'account:write' }));
		expect(found['Scope account:read']).toMatchObject({
			status: 'failed',
			instruction: expect.stringMatching(/^Add account:read to 'Scope'/),
		});
		expect([found.Token.status, found['Investor accounts'].status]).toEqual(['ok', 'skipped']);
		expect((await checked(bench.fondo({ scope: 'account:read' })))['Scope account:write'].finding).toMatch(/does not ask for this scope/);
	});

	test('a token of another tenant', async () => {
		const found = await checked(bench.finvis({ tenantId: OTHER_TENANT }));
		expect(found.Token).toMatchObject({ status: 'failed', finding: expect.stringMatching(/another tenant/) });
		expect(found.Tenant).toMatchObject({ status: 'skipped', finding: expect.stringContaining(OTHER_TENANT) });
	});

	test('a tenant that only the calls refuse is named', async () => {
		gateway.answer = async (call) => await pass(bench.sandbox.finvisUrl, call);
		// A token without a tenant in it: then the credential cannot compare.
		gateway.token = async (call) => {
			const { tenant_id: _, ...token } = JSON.parse(String((await pass(bench.sandbox.finvisUrl, call)).body)) as IDataObject;
			return { body: token };
		};
		const found = await checked(bench.finvis({ baseUrl: `${gateway.url}/public`, tenantId: OTHER_TENANT }));
		expect([found.Token.status, found['Scope read:ledger'].status]).toEqual(['ok', 'failed']);
		expect(found.Tenant).toMatchObject({
			status: 'warning',
			finding: `Finvis refused every read as the tenant ${OTHER_TENANT}`,
			instruction: expect.stringMatching(/Tenant ID/),
		});
	});

	test('few remaining calls are a warning', async () => {
		gateway.answer = () => ({ headers: { 'x-ratelimit-limit': '600', 'x-ratelimit-remaining': '60', 'x-ratelimit-reset': '1' }, body: [] });
		const found = await checked(bench.finvis({ baseUrl: gateway.url, scopes: ['read:ledger'] }));
		expect(found['Rate limit']).toMatchObject({ status: 'warning', finding: '60 of 600 calls are left' });
	});

	test('without any client there are no accounts to read', async () => {
		gateway.answer = () => ({ body: [] });
		const found = await checked(bench.fondo({ baseUrl: gateway.url }));
		expect(found['Investor accounts']).toMatchObject({ status: 'skipped', finding: expect.stringMatching(/^There is no client yet/) });
	});
});

describe('n8n itself', () => {
	const away = { baseUrl: 'https://api.example.invalid' };

	test.each([
		['http://localhost:5678', /where only this machine/],
		['http://127.0.0.1:5678', /where only this machine/],
		['http://n8n:5678', /address of your own network/],
		['https://10.1.2.3', /address of your own network/],
		['https://172.20.0.5/n8n', /address of your own network/],
		['https://n8n.corp.internal', /address of your own network/],
		['http://n8n.example.invalid', /not encrypted/],
		['https://n8n.example.invalid', /could not reach itself/],
	])('a vendor elsewhere cannot call %s', async (base, finding) => {
		const found = await checked(bench.finvis(away), base);
		expect(found['Webhook address']).toMatchObject({ status: 'warning', finding: expect.stringMatching(finding) });
	});

	test('what answers at the address is not n8n', async () => {
		n8n.answer = () => ({ status: 404, body: 'Not here' });
		const found = await checked(bench.finvis());
		expect(found['Webhook address']).toMatchObject({ status: 'warning', finding: expect.stringMatching(/404 for \/healthz/) });
	});

	test('a Node.js without WebSocket cannot keep an event stream', async () => {
		Reflect.deleteProperty(globalThis, 'WebSocket');
		expect((await checked(bench.fondo()))['Event stream']).toMatchObject({
			status: 'warning',
			instruction: expect.stringContaining('Fondo Polling Trigger'),
		});
	});

	test.each([
		['queue', 'false', 'warning'],
		['regular', 'false', 'ok'],
		['queue', 'true', 'skipped'],
		[undefined, 'false', 'skipped'],
	])('EXECUTIONS_MODE %s, reading of the environment blocked: %s', async (mode, blocked, status) => {
		if (mode !== undefined) process.env.EXECUTIONS_MODE = mode;
		process.env.N8N_BLOCK_ENV_ACCESS_IN_NODE = blocked;
		expect((await checked(bench.fondo()))['Queue mode'].status).toBe(status);
	});
});

test('only a credential that is missing is an error', async () => {
	const { error } = await bench.fondo().run({ resource: 'system', operation: 'checkSetup', credentials: {} });
	expect(error?.message).toMatch(/credentials/);
});

test('as a tool of an AI it may be used freely', async () => {
	const { error, json } = await bench.fondo().run({ type: 'fondoTool', resource: 'system', operation: 'checkSetup' });
	expect(error).toBeUndefined();
	expect(json[0]).toMatchObject({ check: 'Host', status: 'ok' });
});
