import type { IDataObject } from 'n8n-workflow';
import { TENANT_ONE, TENANT_TWO } from '../../sandbox';
import { batch, seeded, subscription, type Seeded } from '../support/samples';
import { startBench, type Bench } from '../support/sandbox';
import { startServer, type TinyServer } from '../support/server';

let bench: Bench;
let seed: Seeded;
let one: TinyServer;
let other: TinyServer;
beforeAll(async () => {
	[bench, one, other] = await Promise.all([startBench(), startServer(), startServer()]);
	seed = await seeded(bench);
});
afterAll(async () => await Promise.all([bench.sandbox.stop(), one.stop(), other.stop()]));
beforeEach(() => {
	for (const server of [one, other]) {
		server.reset();
		server.answer = () => ({ body: [] });
	}
});

const PARTNER = {
	tenantMode: 'partner',
	tenantId: '={{ $json.tenant }}',
	clientId: 'finvis-partner',
	clientSecret: 'finvis-partner-secret',
};
const accounts = { resource: 'account', operation: 'getMany' };
const clients = { resource: 'client', operation: 'getMany' };
const tenants = [TENANT_ONE, TENANT_TWO, TENANT_ONE].map((tenant) => ({ tenant }));
const outcomesOf = (json: IDataObject[]) => json.map(({ receipt }) => (receipt as IDataObject).outcome);

describe('an expression in the credential means what it gives for each item', () => {
	test('Tenant ID', async () => {
		const { error } = await bench.finvis({ ...PARTNER, baseUrl: `${one.url}/public` }).run(accounts, tenants);
		expect(error).toBeUndefined();
		const signed = one.received.filter(({ headers }) => headers.authorization !== undefined);
		expect(signed.map(({ headers }) => headers['x-tenant-id']).sort()).toEqual(tenants.map(({ tenant }) => tenant).sort());
	});

	test('Tenant ID of a write: the batch is of the tenant of its item', async () => {
		const engine = bench.finvis(PARTNER);
		const made = await engine.run(batch(seed), [{ tenant: TENANT_ONE, reference: 'tenant-1' }]);
		expect(outcomesOf(made.json)).toEqual(['created']);
		const names = async (tenant: string) =>
			(await engine.run({ resource: 'paymentBatch', operation: 'getMany', parameters: { returnAll: true } }, [{ tenant }])).json.map(
				({ name }) => String(name).split(' ')[0],
			);
		expect(await names(TENANT_ONE)).toContain('tenant-1');
		expect(await names(TENANT_TWO)).not.toContain('tenant-1');
	});

	test('Client ID', async () => {
		const engine = bench.fondo({ baseUrl: one.url, clientId: '={{ $json.client }}' });
		const { error } = await engine.run(clients, [{ client: 'a' }, { client: 'b' }]);
		expect(error).toBeUndefined();
		expect(new Set(one.tokenCalls.map(({ body }) => new URLSearchParams(body).get('client_id')))).toEqual(new Set(['a', 'b']));
	});

	test('Base URL', async () => {
		const engine = bench.fondo({ baseUrl: '={{ $json.url }}' });
		const { error } = await engine.run(clients, [{ url: one.url }, { url: other.url }]);
		expect(error).toBeUndefined();
		expect([one, other].map(({ received }) => received.length > 0)).toEqual([true, true]);
	});

	test('Rehearsal: only false sends', async () => {
		const engine = bench.fondo({ rehearsal: '={{ $json.rehearse }}' });
		const items = [{ rehearse: true }, { rehearse: false }, {}, { rehearse: 'false' }, { rehearse: null }];
		const run = await engine.run(
			subscription(seed, { amount: 100 }),
			items.map((item, index) => ({ ...item, reference: `rehearse-${index}` })),
		);
		expect(run.error).toBeUndefined();
		expect(outcomesOf(run.json)).toEqual(['rehearsed', 'created', 'rehearsed', 'rehearsed', 'rehearsed']);
		const moved = bench.sandbox.admin.ledger().map(({ reference }) => reference);
		expect(moved.filter((reference) => reference.startsWith('rehearse-'))).toEqual(['rehearse-1']);
	});

	test('Create From Items is one call, so rows that mean two tenants are refused', async () => {
		const { parameters } = batch(seed, { reference: 'two-tenants' });
		const payment = { amount: '1.00', creditorName: 'A', creditorAccountType: 'iban', creditorAccount: 'SE3550000000054910000003' };
		const settings = { resource: 'paymentBatch', operation: 'createFromItems', parameters: { ...parameters, ...payment } };
		const before = bench.sandbox.admin.requests().length;
		const { error } = await bench.finvis(PARTNER).run(settings, tenants);
		expect(error?.message).toContain('Row 2: the credential means another client, tenant, address or rehearsal than for row 1');
		expect(bench.sandbox.admin.requests().length).toBe(before);
	});
});

describe('where n8n gives no item', () => {
	test.each([
		['Tenant ID', PARTNER],
		['Client ID', { clientId: '={{ $json.client }}' }],
		['Base URL', { baseUrl: '={{ $json.url }}' }],
		['Rehearsal', { rehearsal: '={{ $json.rehearse }}' }],
	])('%s: a list search, a trigger and a webhook make no call', async (_, credential) => {
		const before = bench.sandbox.admin.requests().length;
		const trigger = { parameters: { events: ['payment.status.updated'] } };
		const messageOf = async (call: Promise<unknown>) => await call.then(JSON.stringify, (error: Error) => error.message);
		const said = [
			await messageOf(bench.finvis(credential).list('searchBankAccount', accounts)),
			await messageOf(bench.finvis(credential, 'finvisTrigger').hook(trigger, 'create')),
			await messageOf(bench.finvis(credential, 'finvisTrigger').webhook(trigger, { body: { id: 'e-1' } })),
		];
		// n8n's own words for an expression that needs an item; a webhook whose secret cannot be read is not taken for signed.
		const noItem = "Node '' hasn't been executed";
		expect(said).toEqual([noItem, noItem, expect.stringContaining('"status":401')]);
		expect(bench.sandbox.admin.requests().length).toBe(before);
	});
});
