import { fingerprint, keyOf, legacyKeyOf, withKey } from '../../../nodes/shared/writes/idempotencyKey';
import type { ApiResponse, ApiRequest } from '../../../nodes/shared/http/request';
import { finvisConnection } from '../../../nodes/Finvis/connection';
import { fondoConnection } from '../../../nodes/Fondo/connection';

const credential = {
	environment: 'production',
	baseUrl: '',
	clientId: 'client-1',
	clientSecret: 's3cret',
	tenantMode: 'own',
	tenantId: '',
	trailingSlash: 'contract',
};
const connection = finvisConnection(credential);
const create: ApiRequest = { route: 'POST /payments/batches/', reference: 'INV-2026-0042', body: { name: 'Week 10' } };
const submit: ApiRequest = { route: 'POST /payments/batches/{id}/submit', path: { id: 'b-1' } };
const key = keyOf(connection, create);

/** A key that changes between two versions pays twice: these literals never change. */
test.each<[string, ApiRequest, string]>([
	['a batch by its reference', create, 'b9127bff-5d9e-4b11-aa99-7a8abe564bb8'],
	['a submission by the batch', submit, 'b80b4c86-31f0-4638-af84-7411a31245a9'],
	[
		'an approval by its ID',
		{ route: 'POST /approvals/{id}/approve', path: { id: '7f1a0b2d-4c8e-4d63-8e29-305b7c9d1e2f' } },
		'60b2d66f-898d-4e30-ab4c-cd027a9b98db',
	],
	['a reference with letters of this country', { ...create, reference: 'FAKTURA å/ä/ö 1' }, '0bd57a33-ab24-4ec2-afdd-44fe6350ceef'],
])('the key of %s is the same for ever', (_, request, literal) => {
	expect(keyOf(connection, request)).toBe(literal);
});

/** n8n's memory has marks of version 0.1.0 under these. */
test.each<[string, ApiRequest, string]>([
	['a batch by its reference', create, 'b9127bff-5d9e-8b11-aa99-7a8abe564bb8'],
	['a submission by the batch', submit, 'b80b4c86-31f0-8638-af84-7411a31245a9'],
	['a reference with letters of this country', { ...create, reference: 'FAKTURA å/ä/ö 1' }, '0bd57a33-ab24-8ec2-afdd-44fe6350ceef'],
])('the key that version 0.1.0 had for %s is still known', (_, request, literal) => {
	expect(legacyKeyOf(connection, request)).toBe(literal);
});

test.each([
	['a space that does not break', 'INV\u00a02026 0042'],
	['two spaces', 'INV  2026 0042'],
	['a character of zero width', 'INV 2026 0042\u200b'],
])('a reference with %s has the key of its look-alike', (_, reference) => {
	expect(keyOf(connection, { ...create, reference })).toBe(keyOf(connection, { ...create, reference: 'INV 2026 0042' }));
});

test('the key of a partner is that of the tenant', () => {
	expect(keyOf(finvisConnection({ ...credential, tenantMode: 'partner', tenantId: 't-1' }), create)).toBe(
		'28ae3b26-0a84-4693-aad2-56f0367662a7',
	);
});

test('a key has the form of a UUID of version 4, for the strictest of vendors', () => {
	for (const reference of ['1', 'INV-2026-0042', 'x'.repeat(10_000)]) {
		expect(keyOf(connection, { ...create, reference })).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-a[0-9a-f]{3}-[0-9a-f]{12}$/);
	}
});

test.each<[string, ApiRequest]>([
	['another body', { ...create, body: { name: 'Week 11', amount: '1.00' } }],
	['no body', { ...create, body: undefined }],
	['a query', { ...create, query: { any: 'thing' } }],
	['another deadline', { ...create, deadline: 1 }],
	['a key of before', { ...create, key: 'old' }],
])('%s: the same key', (_, request) => {
	expect(keyOf(connection, request)).toBe(key);
});

test.each([
	['another secret', { clientSecret: 'new' }],
	['another token', { accessToken: 'a', renewAt: 1, issuedFor: 'x' }],
	['other scopes', { scopes: ['read:ledger'] }],
	['another slash', { trailingSlash: 'never' }],
	['the tenant ID filled in', { tenantId: '6e0f9a1c-3b7d-4c52-9d18-2f4a6b8c0d1e' }],
	['the same environment by its URL', { environment: 'custom', baseUrl: 'https://api.finvis.se/public/' }],
])('%s in the credential: the same key', (_, changed) => {
	expect(keyOf(finvisConnection({ ...credential, ...changed }), create)).toBe(key);
});

test.each([
	['another client', finvisConnection({ ...credential, clientId: 'client-2' }), create],
	['another environment', finvisConnection({ ...credential, environment: 'sandbox' }), create],
	['another host', finvisConnection({ ...credential, environment: 'custom', baseUrl: 'https://api.finvis.example/public' }), create],
	['another port', finvisConnection({ ...credential, environment: 'custom', baseUrl: 'https://api.finvis.se:8443/public' }), create],
	['another reference', connection, { ...create, reference: 'INV-2026-0043' }],
	['a reference in other letters', connection, { ...create, reference: 'inv-2026-0042' }],
	['another operation', connection, { ...create, route: 'POST /webhooks/' }],
	['another method', connection, { ...create, route: 'DELETE /payments/batches/' }],
	['the same words in the path', connection, { ...create, path: { id: 'INV-2026-0042' }, reference: undefined }],
])('%s: another key', (_, where, request) => {
	expect(keyOf(where, request)).not.toBe(key);
});

test('tenants of a partner, and objects acted on, have keys of their own', () => {
	const partner = (tenantId: string) => finvisConnection({ ...credential, tenantMode: 'partner', tenantId });
	expect(keyOf(partner('t-1'), create)).not.toBe(keyOf(partner('t-2'), create));
	expect(keyOf(connection, submit)).not.toBe(keyOf(connection, { ...submit, path: { id: 'b-2' } }));
	expect(keyOf(fondoConnection(credential), create)).not.toBe(key);
});

test('parts do not run into each other', () => {
	const two = 'POST /a/{one}/b/{two}';
	expect(keyOf(connection, { route: two, path: { one: 'x', two: 'yz' } })).not.toBe(
		keyOf(connection, { route: two, path: { one: 'xy', two: 'z' } }),
	);
	expect(keyOf(connection, { route: two, path: { one: 'x', two: 'y' } })).toBe(
		keyOf(connection, { route: two, path: { two: 'y', one: 'x' } }),
	);
});

describe('sent', () => {
	const answered: ApiResponse = { status: 201, headers: {}, body: { id: 'b-1' } };
	const sent: ApiRequest[] = [];
	const api = (answer: ApiResponse) => withKey(connection)(async (request) => (sent.push(request), answer));
	beforeEach(() => (sent.length = 0));

	test('with every write, and returned in its response', async () => {
		expect(await api(answered)(create)).toEqual({ ...answered, key });
		await api(answered)({ route: 'DELETE /webhooks/{id}', path: { id: 'w-1' } });
		expect(sent[0].key).toBe(key);
		expect(sent[1].key).toMatch(/^[0-9a-f-]{36}$/);
	});

	test('never with a read', async () => {
		expect(await api(answered)({ route: 'GET /accounts/' })).toEqual(answered);
		expect(sent[0].key).toBeUndefined();
	});

	test('a replayed response differs from a first one, a refusal is neither', async () => {
		const headers = { 'idempotent-replayed': 'true' };
		expect(await api({ ...answered, headers })(create)).toMatchObject({ outcome: 'replayed' });
		expect((await api({ ...answered, status: 422, headers })(create)).outcome).toBeUndefined();
	});
});

test('a fingerprint is that of the content, whatever the order of its fields', () => {
	expect(fingerprint({ a: 1, b: { c: [1, { d: 2, e: 3 }] } })).toBe(fingerprint({ b: { c: [1, { e: 3, d: 2 }] }, a: 1 }));
	expect(fingerprint({ a: [1, 2] })).not.toBe(fingerprint({ a: [2, 1] }));
	expect(fingerprint(undefined)).toBe(fingerprint(null));
	expect(fingerprint({ a: '1' })).not.toBe(fingerprint({ a: 1 }));
});
