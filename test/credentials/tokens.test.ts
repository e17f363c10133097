import { TENANT_ONE, TENANT_TWO } from '../../sandbox';
import { clock } from '../../nodes/shared/core/clock';
import { pass, useServer, type Received } from '../support/server';
import { giveTimeBack, skipWaits } from '../support/time';
import { useBench } from '../support/sandbox';
import { batch, byId, seeded, subscription, type Seeded } from '../support/samples';

const bench = useBench({ settings: { finvis: { rateLimit: null } } });
const gateway = useServer();
let seed: Seeded;
beforeAll(async () => {
	seed = await seeded(bench);
});
beforeEach(() => {
	bench.sandbox.admin.reset();
	gateway.reset();
	skipWaits();
});
afterEach(giveTimeBack);

const counts = (api: 'fondo' | 'finvis' = 'finvis') => bench.sandbox.admin.tokens.counts()[api];
const getAccount = () => ({ resource: 'account', operation: 'get', parameters: { account: byId(seed.bankAccount) } });
const getClients = { resource: 'client', operation: 'getMany' };
const many = (count: number) =>
	Array.from({ length: count }, (_, index) => ({ reference: `token-${index}`, account: seed.accounts[index % seed.accounts.length] }));
const statuses = (operationId: string) =>
	bench.sandbox.admin
		.requests()
		.filter((request) => request.operationId === operationId)
		.map(({ status }) => status);

/** A gateway that revokes all tokens of the sandbox before the nth business call. */
function revokingAt(nth: number, target: string) {
	const forward = async (call: Received) => await pass(target, call);
	gateway.token = forward;
	gateway.answer = async (call, count) => {
		if (count === nth) bench.sandbox.admin.tokens.revoke();
		return await forward(call);
	};
	return gateway.url;
}

describe('a token', () => {
	test('serves all items and all runs', async () => {
		const engine = bench.finvis();
		expect((await engine.run(getAccount(), many(20))).json).toHaveLength(20);
		expect((await engine.run(getAccount(), many(20))).json).toHaveLength(20);
		expect(counts()).toMatchObject({ issued: 1, refused: 0 });
		expect(statuses('getAccount')).toEqual(Array.from({ length: 40 }, () => 200));
	});

	test('is stored with the credential, bound to what it was issued for, without the secret', async () => {
		const engine = bench.finvis();
		await engine.run(getAccount());
		const { accessToken, issuedFor, renewAt } = engine.credential;
		expect(accessToken).toMatch(/^[0-9a-f-]{36}$/);
		expect(issuedFor).toMatch(/^[0-9a-f]{64}$/);
		expect(Number(renewAt)).toBeGreaterThan(Date.now() + 3_500_000);
		expect(Number(renewAt)).toBeLessThanOrEqual(Date.now() + 3_540_000);
	});

	test.each([
		['an hour, a minute before its end', 3_600, 3_541],
		['ten seconds, at the half', 10, 5.1],
	])('that lives %s, is renewed before Finvis refuses it', async (_, lifetime, later) => {
		bench.sandbox.admin.settings.patch({ finvis: { tokenLifetimeSeconds: lifetime } });
		const engine = bench.finvis();
		await engine.run(getAccount());
		const first = engine.credential.accessToken;
		const now = Date.now();
		clock.now = () => now + later * 1000;
		expect((await engine.run(getAccount())).error).toBeUndefined();
		expect(engine.credential.accessToken).not.toBe(first);
		expect(counts()).toMatchObject({ issued: 2, active: 2 });
		await engine.run(getAccount());
		expect(counts().issued).toBe(2);
	});

	test('is not renewed while it is valid', async () => {
		const engine = bench.finvis();
		await engine.run(getAccount());
		const now = Date.now();
		clock.now = () => now + 3_530_000;
		await engine.run(getAccount());
		expect(counts().issued).toBe(1);
	});

	test('that Finvis no longer accepts is renewed once, and the call is repeated', async () => {
		const engine = bench.finvis();
		await engine.run(getAccount());
		bench.sandbox.admin.clock.advance(3_601);
		expect((await engine.run(getAccount())).json).toHaveLength(1);
		expect(counts().issued).toBe(2);
		expect(statuses('getAccount')).toEqual([200, 401, 200]);
	});

	test('that is refused again after its renewal causes no endless loop', async () => {
		bench.sandbox.admin.faults.add({ match: { path: 'getAccount' }, kind: 'expired_token' });
		const { error } = await bench.finvis().run(getAccount());
		expect(error).toMatchObject({ httpCode: '401', message: 'Finvis did not accept the access token' });
		expect(statuses('getAccount')).toEqual([401, 401]);
		expect(counts().issued).toBe(2);
	});
});

describe('revoked in the middle of 100 items', () => {
	test('writes: one more token, and nothing is executed twice', async () => {
		const engine = bench.finvis({ baseUrl: `${revokingAt(50, bench.sandbox.finvisUrl)}/public` });
		const { json, error } = await engine.run(batch(seed), many(100));
		expect(error).toBeUndefined();
		expect(new Set(json.map(({ id }) => id)).size).toBe(100);
		expect(counts().issued).toBe(2);
		expect(statuses('createPaymentBatch').filter((status) => status === 201)).toHaveLength(100);
		expect(statuses('createPaymentBatch').filter((status) => status === 401)).toHaveLength(1);
	});

	test('writes of Fondo: one more token, every order once', async () => {
		const engine = bench.fondo({ baseUrl: revokingAt(100, bench.sandbox.fondoUrl) });
		const { json, error } = await engine.run(subscription(seed, { account: byId('={{ $json.account }}') }), many(100));
		expect(error).toBeUndefined();
		expect(json).toHaveLength(100);
		expect(counts('fondo').issued).toBe(2);
		const references = bench.sandbox.admin.ledger().map(({ reference }) => reference);
		expect(references.sort()).toEqual(
			many(100)
				.map(({ reference }) => reference)
				.sort(),
		);
	});

	test.each([5, 20])('reads, %i at once: one more token for all of them', async (itemsAtOnce) => {
		const engine = bench.finvis({ baseUrl: `${revokingAt(50, bench.sandbox.finvisUrl)}/public` });
		const settings = getAccount();
		const { json, error } = await engine.run({ ...settings, parameters: { ...settings.parameters, options: { itemsAtOnce } } }, many(100));
		expect(error).toBeUndefined();
		expect(json).toHaveLength(100);
		expect(counts().issued).toBe(2);
	});

	test('a read that gets its 401 after the others have renewed uses their token', async () => {
		const engine = bench.finvis({ baseUrl: `${revokingAt(-1, bench.sandbox.finvisUrl)}/public` });
		await engine.run(getAccount());
		bench.sandbox.admin.tokens.revoke();
		const forward = gateway.answer;
		let release = () => {};
		const renewed = new Promise<void>((resolve) => (release = resolve));
		gateway.answer = async (call, count) => {
			if (count === 2) await renewed;
			const reply = await forward(call, count);
			if (reply?.status === 200) release();
			return reply;
		};
		expect((await engine.run(getAccount(), many(2))).error).toBeUndefined();
		expect(counts().issued).toBe(2);
	});

	test('two credentials for the same client: each gets a valid token', async () => {
		const [one, other] = [bench.finvis(), bench.finvis()];
		await one.run(getAccount());
		await other.run(getAccount());
		bench.sandbox.admin.tokens.revoke();
		for (const engine of [one, other]) expect((await engine.run(getAccount())).error).toBeUndefined();
		expect(counts().issued).toBe(4);
	});
});

test('calls that start together without a token share one', async () => {
	const engine = bench.finvis();
	const settings = getAccount();
	await engine.run({ ...settings, parameters: { ...settings.parameters, options: { itemsAtOnce: 20 } } }, many(20));
	expect(counts().issued).toBe(1);
});

describe('a credential that was changed', () => {
	test('to a wrong secret fails, although a valid token is stored', async () => {
		const engine = bench.finvis();
		await engine.run(getAccount());
		engine.credential = { ...engine.credential, clientSecret: 'wrong' };
		const { error } = await engine.run(getAccount());
		expect(error?.message).toBe('Finvis did not accept the client ID or client secret. Enter them again in the credential.');
		expect(counts()).toMatchObject({ issued: 1, refused: 1 });
		expect(statuses('getAccount')).toEqual([200, 401]);
	});

	test('and corrected again works', async () => {
		const engine = bench.fondo();
		await engine.run(getClients);
		engine.credential = { ...engine.credential, clientSecret: 'wrong' };
		expect((await engine.run(getClients)).error?.message).toBe(
			'Fondo did not accept the client ID or client secret. Enter them again in the credential.',
		);
		engine.credential = { ...engine.credential, clientSecret: 'fondo-demo-secret' };
		expect((await engine.run(getClients)).error).toBeUndefined();
	});

	test.each<[string, Record<string, () => string | string[]>]>([
		['environment', { baseUrl: () => `${gateway.url}/public` }],
		['client', { clientId: () => 'finvis-approver', clientSecret: () => 'finvis-approver-secret' }],
		['scopes', { scopes: () => ['read:ledger'] }],
		['tenant ID', { tenantId: () => TENANT_ONE }],
		['mode', { tenantMode: () => 'partner', tenantId: () => TENANT_ONE }],
	])('in its %s never sends the old token', async (_, changed) => {
		revokingAt(-1, bench.sandbox.finvisUrl);
		const engine = bench.finvis();
		await engine.run(getAccount());
		const old = engine.credential.accessToken;
		engine.credential = { ...engine.credential, ...Object.fromEntries(Object.entries(changed).map(([name, value]) => [name, value()])) };
		expect((await engine.run(getAccount())).error).toBeUndefined();
		expect(engine.credential.accessToken).not.toBe(old);
		expect(counts().issued).toBe(2);
		expect(statuses('getAccount')).toEqual([200, 401, 200]);
		expect(gateway.received.some(({ headers }) => headers.authorization === `Bearer ${String(old)}`)).toBe(false);
	});
});

describe('the token call', () => {
	beforeEach(() => {
		gateway.answer = () => ({ body: { results: [], next: null } });
	});
	const list = { resource: 'account', operation: 'getMany' };
	const own = { clientId: 'the client', clientSecret: 'p&ss=w+rd/ü' };

	test('of an own tenant is a form, with scopes separated by spaces', async () => {
		await bench.finvis({ ...own, baseUrl: `${gateway.url}/public`, scopes: ['read:ledger', 'write:payments'] }).run(list);
		const [{ method, path, headers, body }] = gateway.tokenCalls;
		expect([method, path, headers['content-type']]).toEqual(['POST', '/public/auth/token/', 'application/x-www-form-urlencoded']);
		expect(Object.fromEntries(new URLSearchParams(body))).toEqual({
			grant_type: 'client_credentials',
			client_id: own.clientId,
			client_secret: own.clientSecret,
			scope: 'read:ledger write:payments',
		});
		expect(headers.authorization).toBeUndefined();
	});

	test('of a partner is JSON with HTTP Basic, for one tenant', async () => {
		await bench
			.finvis({ ...own, baseUrl: `${gateway.url}/public`, scopes: ['read:ledger'], tenantMode: 'partner', tenantId: ` ${TENANT_TWO} ` })
			.run(list);
		const [{ path, headers, body }] = gateway.tokenCalls;
		expect([path, headers['content-type']]).toEqual(['/public/auth/tenant-token', 'application/json']);
		expect(Buffer.from(String(headers.authorization).replace('Basic ', ''), 'base64').toString('utf8')).toBe(
			`${own.clientId}:${own.clientSecret}`,
		);
		expect(JSON.parse(body)).toEqual({ grant_type: 'client_credentials', scope: 'read:ledger', tenant_id: TENANT_TWO });
		expect(gateway.received.map((call) => call.headers['x-tenant-id'])).toEqual([TENANT_TWO]);
	});

	test.each([
		['account:read, account:write', 'account:read, account:write'],
		['  account:read ', 'account:read'],
		['', undefined],
	])("of Fondo is a form, with the scope '%s' unchanged", async (scope, sent) => {
		await bench
			.fondo({ ...own, baseUrl: gateway.url, scope })
			.run({ resource: 'account', operation: 'get', parameters: { client: byId('c'), account: byId('a') } });
		const [{ path, body }] = gateway.tokenCalls;
		expect(path).toBe('/v2/partner/auth/token');
		expect(Object.fromEntries(new URLSearchParams(body))).toEqual({
			grant_type: 'client_credentials',
			client_id: own.clientId,
			client_secret: own.clientSecret,
			...(sent === undefined ? {} : { scope: sent }),
		});
	});

	test.each([
		['always', 'own', '/public/auth/token/'],
		['never', 'own', '/public/auth/token'],
		['always', 'partner', '/public/auth/tenant-token/'],
		['never', 'partner', '/public/auth/tenant-token'],
	])('follows the option Trailing Slash: %s for %s', async (trailingSlash, tenantMode, path) => {
		await bench.finvis({ ...own, baseUrl: `${gateway.url}/public`, trailingSlash, tenantMode, tenantId: TENANT_ONE }).run(list);
		expect(gateway.tokenCalls.map((call) => call.path)).toEqual([path]);
	});

	test('with an answer without lifetime gives a token that is used for some minutes', async () => {
		for (const expires_in of [undefined, null, 'soon', 0, -1]) {
			gateway.reset();
			gateway.answer = () => ({ body: { results: [], next: null } });
			gateway.token = () => ({ body: { access_token: 'token', expires_in } });
			const engine = bench.finvis({ ...own, clientId: String(expires_in), baseUrl: `${gateway.url}/public` });
			await engine.run(list);
			await engine.run(list);
			expect(gateway.tokenCalls).toHaveLength(1);
			expect(Number(engine.credential.renewAt)).toBeGreaterThan(Date.now() + 200_000);
		}
	});
});

describe('X-Tenant-ID', () => {
	const tenants = () =>
		bench.sandbox.admin
			.requests()
			.filter(({ operationId }) => operationId === 'getAccount')
			.map(({ headers }) => headers['x-tenant-id']);

	test('goes with every call when a tenant ID is set', async () => {
		await bench.finvis({ tenantId: TENANT_ONE }).run(getAccount(), many(3));
		expect(tenants()).toEqual([TENANT_ONE, TENANT_ONE, TENANT_ONE]);
	});

	test('is absent when none is set', async () => {
		await bench.finvis().run(getAccount());
		expect(tenants()).toEqual([undefined]);
	});

	test('a partner works for the tenant that it names', async () => {
		const partner = { clientId: 'finvis-partner', clientSecret: 'finvis-partner-secret', tenantMode: 'partner' };
		const companies = async (tenantId: string) =>
			(await bench.finvis({ ...partner, tenantId }).run({ resource: 'account', operation: 'getMany' })).json.map(({ id }) => id);
		const [one, two] = [await companies(TENANT_ONE), await companies(TENANT_TWO)];
		expect(one.length).toBeGreaterThan(0);
		expect(one.some((id) => two.includes(id))).toBe(false);
	});
});
