import { FINVIS_DEMO, FINVIS_PARTNER, FINVIS_READER, TENANT_ONE, TENANT_TWO } from '../../sandbox';
import { Bench, Caller, post } from './caller';

let bench: Bench;
beforeAll(async () => {
	bench = await Bench.open();
});
beforeEach(() => bench.admin.reset());
afterAll(() => bench.stop());

const form = (fields: Record<string, string>): URLSearchParams => new URLSearchParams({ grant_type: 'client_credentials', ...fields });

describe('Fondo token', () => {
	const requestToken = (fields: Record<string, string>) => post(`${bench.sandbox.fondoUrl}/v2/partner/auth/token`, form(fields));

	it('is issued for the right secret, with the state of the request', async () => {
		const { status, json } = await requestToken({ client_id: 'fondo-demo', client_secret: 'fondo-demo-secret', state: 'abc' });
		expect(status).toBe(200);
		expect(json).toEqual({ access_token: expect.any(String), expires_in: 432_000, state: 'abc' });
	});

	it.each([
		[{ client_id: 'fondo-demo', client_secret: 'wrong' }, 'invalid_client'],
		[{ client_id: 'unknown', client_secret: 'fondo-demo-secret' }, 'invalid_client'],
		[{ client_id: 'fondo-demo', client_secret: 'fondo-demo-secret', scope: 'account:read, bank:rob' }, 'invalid_scope'],
		[{ client_id: 'fondo-demo' }, 'invalid_request'],
	])('is refused for %j', async (fields, error) => {
		const { status, json } = await requestToken(fields as unknown as Record<string, string>);
		expect([status, json.error]).toEqual([400, error]);
	});

	it('with the scope account:read only does not permit a write', async () => {
		const reader = await bench.fondo('account:read');
		const clients = await reader.get('/v2/partner/client');
		expect(clients.status).toBe(200);
		const write = await reader.send('PATCH', `/v2/partner/client/${clients.json[0].id}`, {
			body: { displayName: 'X' },
		});
		expect([write.status, write.json.error]).toEqual([403, 'forbidden']);
	});

	it('expires and can be revoked', async () => {
		const early = await bench.fondo();
		bench.admin.clock.advance(432_001);
		expect((await early.get('/v2/partner/client')).status).toBe(401);
		const late = await bench.fondo();
		expect((await late.get('/v2/partner/client')).status).toBe(200);
		expect(bench.admin.tokens.revoke()).toBe(1);
		expect((await late.get('/v2/partner/client')).json).toEqual({
			error: 'unauthorized',
			error_description: 'The access token is invalid or has expired',
		});
		expect(bench.admin.tokens.counts().fondo).toEqual({ issued: 2, refused: 0, active: 0 });
	});

	it('is not valid at Finvis', async () => {
		const { token } = await bench.fondo();
		expect((await new Caller(bench.sandbox.finvisUrl, token).get('/accounts/')).status).toBe(401);
	});
});

describe('Finvis token', () => {
	const requestToken = (fields: Record<string, string>) => post(`${bench.sandbox.finvisUrl}/auth/token/`, form(fields));

	it('has the requested scopes, or all that the client may have', async () => {
		const { clientId: client_id, clientSecret: client_secret } = FINVIS_DEMO;
		expect((await requestToken({ client_id, client_secret, scope: 'read:ledger read:payments' })).json).toMatchObject({
			token_type: 'Bearer',
			expires_in: 3600,
			scope: 'read:ledger read:payments',
			tenant_id: TENANT_ONE,
		});
		expect((await requestToken({ client_id, client_secret })).json.scope).toContain('write:payments');
		expect((await requestToken({ client_id, client_secret: 'x' })).status).toBe(401);
		expect((await requestToken({ client_id })).json).toMatchObject({
			error: 'invalid_request',
			error_description: expect.stringContaining('client_secret'),
		});
	});

	it('refuses a scope that the client may not have', async () => {
		const { clientId: client_id, clientSecret: client_secret } = FINVIS_READER;
		const { status, json } = await requestToken({ client_id, client_secret, scope: 'write:payments' });
		expect([status, json.error]).toEqual([400, 'invalid_scope']);
	});

	it.each([
		['/payments/batches/', 'read:payments'],
		['/approvals/pending', 'read:payments'],
		['/companies', 'read:ledger'],
		['/reconciliation/matches', 'read:reconciliation'],
		['/webhooks/', 'admin:public_api'],
	])('without the scope is refused at %s', async (path, scope) => {
		const caller = await bench.finvis(FINVIS_DEMO, 'read:reporting');
		const { status, json } = await caller.get(path);
		expect(status).toBe(403);
		expect(json).toEqual({ detail: `Missing scope: ${scope}`, code: 'permission_denied' });
	});

	it('is bound to one tenant', async () => {
		const caller = await bench.finvis();
		expect((await caller.get('/accounts/', { 'x-tenant-id': TENANT_ONE })).status).toBe(200);
		const wrong = await caller.get('/accounts/', { 'x-tenant-id': TENANT_TWO });
		expect([wrong.status, wrong.json.code]).toEqual([403, 'permission_denied']);
	});

	it('of a partner is for one tenant and reads only that one', async () => {
		const basic = Buffer.from(`${FINVIS_PARTNER.clientId}:${FINVIS_PARTNER.clientSecret}`).toString('base64');
		const requestTenantToken = (tenant_id: string, authorization = `Basic ${basic}`) =>
			post(`${bench.sandbox.finvisUrl}/auth/tenant-token`, JSON.stringify({ tenant_id }), {
				authorization,
				'content-type': 'application/json',
			});
		const two = await requestTenantToken(TENANT_TWO);
		expect(two.json.tenant_id).toBe(TENANT_TWO);
		const foreign = (await (await bench.finvis()).get('/accounts/')).json.results[0].id;
		const partner = new Caller(bench.sandbox.finvisUrl, two.json.access_token);
		expect((await partner.get('/accounts/')).json.count).toBe(8);
		expect((await partner.get(`/accounts/${foreign}`)).status).toBe(404);
		expect((await requestTenantToken('11111111-2222-4333-8444-555555555555')).status).toBe(400);
		expect((await requestTenantToken(TENANT_ONE, 'Basic eDp5')).status).toBe(401);
		expect((await requestTenantToken(TENANT_ONE, '')).status).toBe(401);
		const general = await requestToken({ client_id: FINVIS_PARTNER.clientId, client_secret: FINVIS_PARTNER.clientSecret });
		expect(general.json.error).toBe('unauthorized_client');
	});
});
