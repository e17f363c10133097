import Ajv from 'ajv';
import addFormats from 'ajv-formats';
import * as fc from 'fast-check';
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import type { Operation } from '../../../nodes/shared/operation';
import { FondoApi } from '../../../credentials/FondoApi.credentials';
import { isWrite, optionalFieldsOf } from '../../../nodes/shared/resource';
import { isRehearsed } from '../../../nodes/shared/writes/rehearsal';
import { problemsOf } from '../../../nodes/shared/writes/schema';
import { apis, operationsIn } from '../../support/contract';
import { withPlan } from '../../support/plan';
import { startBench, useBench } from '../../support/sandbox';
import { byId, seeded, subscription, batch, type Seeded } from '../../support/samples';

const bench = useBench();
let seed: Seeded;
beforeAll(async () => {
	seed = await seeded(bench);
});

const rehearsed = { rehearsal: true, scopes: ['admin:public_api', 'read:payments', 'read:reconciliation', 'write:payments'] };
const engineOf = (name: string) => (name === 'fondo' ? bench.fondo(rehearsed) : bench.finvis(rehearsed));
const isToken = (path: string) => /\/auth\//.test(path);
const written = () =>
	bench.sandbox.admin
		.requests()
		.filter(({ method, path, query }) => method !== 'GET' && !isToken(path) && !/validate-only=true/.test(query));

/** The panel of a write as it is when every field holds its example. */
function filled({ fields, perRow }: Operation, changed: IDataObject = {}): INodeParameters {
	const values = Object.entries({ ...fields, ...perRow }).map(([name, { property, example }]) => [
		name,
		property.type === 'resourceLocator'
			? byId(name === 'client' ? seed.client : example)
			: property.type === 'fixedCollection'
				? { rows: example }
				: example,
	]);
	return { ...Object.fromEntries(values), reference: 'rehearsed', ...changed } as INodeParameters;
}

const writes = apis.flatMap(({ contract, resources }) =>
	operationsIn(resources)
		.filter(({ operation }) => isWrite(operation))
		.map(({ at, operation }) => ({ api: contract.name, at, operation })),
);

describe('no write leaves n8n', () => {
	test.each(writes)('$api $at', async ({ api, at, operation }) => {
		const [resource, key] = at.split('.');
		const before = written().length;
		const optional = Object.keys(optionalFieldsOf(operation)).filter(
			(name) => operation.route.startsWith('PATCH ') && name === 'bankAccount',
		);
		const additionalFields = Object.fromEntries(optional.map((name) => [name, '0f6e5d4c-3b2a-4190-8877-665544332211']));
		const filledIn = filled(operation, { additionalFields: at === 'client.update' ? { name: 'New name' } : additionalFields });
		const parameters = withPlan(filledIn, engineOf(api).credential);
		const { error, json } = await engineOf(api).run({ resource, operation: key, parameters });
		expect(error && { message: error.message, description: error.description }).toBeUndefined();
		const { receipt, ...object } = json[0];
		const { outcome, attempts, wouldSend } = receipt as IDataObject;
		const links = JSON.stringify(object).match(/[a-z]+:\/\/[^"]*/gi) ?? [];
		const isOurs = (link: string) => link.startsWith('https://rehearsed.invalid/') || JSON.stringify(parameters).includes(link);
		expect(links.filter((link) => !isOurs(link))).toEqual([]);
		const [method] = operation.route.split(' ');
		expect({ outcome, attempts, wouldSend }).toMatchObject({ outcome: 'rehearsed', attempts: 0, wouldSend: { method } });
		expect(written().slice(before)).toEqual([]);

		// Whatever else the user puts into the body.
		if (operation.route.startsWith('DELETE ')) return;
		await fc.assert(
			fc.asyncProperty(fc.object({ maxDepth: 2 }), async (rawBody) => {
				const raw = { ...parameters, additionalFields: { ...(parameters.additionalFields as object), rawBody: JSON.stringify(rawBody) } };
				const run = await engineOf(api).run({ resource, operation: key, parameters: raw as INodeParameters });
				if (!run.error) expect((run.json[0].receipt as IDataObject).outcome).toBe('rehearsed');
			}),
			{ numRuns: 5 },
		);
		expect(written().slice(before)).toEqual([]);
	});

	test('and nothing is in the ledger', () => {
		expect(bench.sandbox.admin.ledger('rehearsed')).toEqual([]);
	});

	test.each([
		['POST', '/v2/partner/client/c/order', undefined],
		['DELETE', '/v2/partner/client/c/order/o', undefined],
		['post', '/v2/partner/client/c/order?validate-only=false', undefined],
		['PATCH', '/v2/partner/client/c?validate-only=', undefined],
		['POST', '/v2/partner/client/c/account/a/withdrawal?validate-only=true', undefined],
		['DELETE', '/v2/partner/client/c/order/o?validate-only=true', undefined],
		['POST', '/v2/partner/client/c/order?validate-only=true&validate-only=false', undefined],
		['POST', '/v2/partner/client/c/order', { 'validate-only': ['true', 'false'] }],
		['POST', '/v2/partner/client/c/order?validate-only=false', { 'validate-only': 'true' }],
		['POST', '/v2/partner/client/c/order', { 'validate-only': ['true'] }],
		['POST', '/v2/partner/client/c/order', { 'validate-only': true }],
		['POST', '/v2/partner/client/c/order', { 'validate-only': { toString: (): string => 'true' } }],
		['POST', '/v2/partner/client/c/order', { 'validate-only[]': 'true' }],
		['POST', '/v2/partner/client/c/order', { 'validate-only': 'true', 'validate-only[]': 'false' }],
		['POST', '/v2/partner/client/c/order?validate-only=true', { 'Validate-Only': 'false' }],
		['POST', '/v2/partner/client/c/order', { 'validate-only': 'True' }],
		['POST', '/v2/partner/client/c/order', { 'validate-only': ' true' }],
		['POST', '/v2/partner/client/c/order?validate-only=True', undefined],
		['POST', '/v2/partner/client/c/order?validate-only=true%20', undefined],
		['POST', '/v2/partner/client/c/order?validate%2Donly=true', undefined],
		['POST', '/v2/partner/client/c/order?validate-only=true&validate-only=true', undefined],
		['POST', '/v2/partner/client/c/order?validate-only=true', { 'validate-only': 'true' }],
		['POST', '/v2/partner/client/c/instruction/order?validate-only=true', undefined],
	])('not even by another node with the same credential: %s %s', async (method, url, qs) => {
		const credential = engineOf('fondo').credential;
		const call = async () =>
			await new FondoApi().authenticate(credential, { method: method as 'POST', url: bench.sandbox.fondoUrl + url, qs: qs as IDataObject });
		await expect(call()).rejects.toThrow(/^Rehearsal is switched on in this credential/);
	});

	test("Fondo's own check goes out, after a live one was seen to check only", async () => {
		// Another partner client, unknown to this process.
		const other = await startBench();
		try {
			const seen = await seeded(other);
			const check = (reference: string) => subscription(seen, { reference, additionalFields: { validateOnly: true } });
			const outcomeOf = async (reference: string, credential = {}) =>
				((await other.fondo(credential).run(check(reference))).json[0].receipt as IDataObject).outcome;
			const checks = () => other.sandbox.admin.requests().filter(({ query }) => /validate-only=true/.test(query)).length;
			expect([await outcomeOf('checked-1', rehearsed), checks()]).toEqual(['rehearsed', 0]);
			expect([await outcomeOf('checked-2'), checks()]).toEqual(['validated', 1]);
			expect([await outcomeOf('checked-1', rehearsed), checks()]).toEqual(['validated', 2]);
			expect(other.sandbox.admin.ledger()).toEqual([]);
		} finally {
			await other.sandbox.stop();
		}
	});

	test('the exact check of Fondo leaves another node, too', async () => {
		const url = `${bench.sandbox.fondoUrl}/v2/partner/client/c/order`;
		for (const request of [{ url: `${url}?validate-only=true` }, { url, qs: { 'validate-only': 'true' } }])
			await expect(new FondoApi().authenticate(engineOf('fondo').credential, { method: 'POST', ...request })).resolves.toBeDefined();
	});
});

describe('what a rehearsal gives', () => {
	test('links and secrets lead nowhere, and are clearly not real', async () => {
		const journey = { client: byId(seed.client), journeyType: 'createAccount', callbackUrl: 'https://n8n.example.se/webhook/1' };
		const made = await engineOf('fondo').run({ resource: 'journey', operation: 'create', parameters: journey });
		expect(made.json[0]).toMatchObject({ url: 'https://rehearsed.invalid/url', callbackUrl: journey.callbackUrl });
		const { operation } = writes.find(({ at }) => at === 'webhook.create')!;
		const webhook = await engineOf('finvis').run({ resource: 'webhook', operation: 'create', parameters: filled(operation) });
		expect(webhook.json[0].secret).toBe('rehearsed.invalid');
	});

	test('a rehearsed journey is complete at once: no customer gets its link', async () => {
		const { operation } = writes.find(({ at }) => at === 'journey.create')!;
		const { json } = await engineOf('fondo').run({ resource: 'journey', operation: 'create', parameters: filled(operation) });
		const parameters = { client: byId(seed.client), journey: byId(json[0].id) };
		const run = await engineOf('fondo').run({ resource: 'journey', operation: 'waitForOutcome', parameters });
		expect(run.waiting).toBeUndefined();
		expect(run.json[0]).toMatchObject({ id: json[0].id, outcome: 'complete' });
	});
});

test('an earlier write is found, in a rehearsal too', async () => {
	await bench.fondo().run(subscription(seed, { reference: 'real' }));
	const { json } = await engineOf('fondo').run(subscription(seed, { reference: 'real' }));
	expect((json[0].receipt as IDataObject).outcome).toBe('found');
});

test('a rehearsed instruction is not remembered: the real one goes out afterwards', async () => {
	const { operation } = writes.find(({ at }) => at === 'paymentInstruction.create')!;
	const rows = [{ account: byId(seed.accounts[0]), amount: 110 }];
	const settings = {
		resource: 'paymentInstruction',
		operation: 'create',
		parameters: filled(operation, { reference: 'drawn', payments: { rows } as unknown as IDataObject }),
	};
	for (let time = 0; time < 2; time += 1) {
		const { json } = await engineOf('fondo').run(settings);
		expect((json[0].receipt as IDataObject).outcome).toBe('rehearsed');
	}
	const { json } = await bench.fondo().run(settings);
	expect((json[0].receipt as IDataObject).outcome).toBe('created');
});

test('a workflow runs on with what was rehearsed: a batch with its totals, its submission, an order that is read again', async () => {
	const rows = ['0.10', '0.20', '12500.00'].map((amount) => ({
		amount,
		creditorName: 'Leverantören AB',
		creditorAccountType: 'iban',
		creditorAccount: 'SE3550000000054910000003',
	}));
	const made = await engineOf('finvis').run(batch(seed, { reference: 'three', payments: { rows } as unknown as IDataObject }));
	expect(made.json[0]).toMatchObject({ total_amount: '12500.30', payment_count: 3, currency: 'SEK', account_id: seed.bankAccount });
	const { id } = made.json[0];
	expect(isRehearsed(id)).toBe(true);
	const submitted = await engineOf('finvis').run({ resource: 'paymentBatch', operation: 'submit', parameters: { paymentBatch: byId(id) } });
	expect(submitted.json[0]).toMatchObject({ id, receipt: { outcome: 'rehearsed' } });

	const [ordered] = (await engineOf('fondo').run(subscription(seed, { reference: 'new' }))).json;
	const again = await engineOf('fondo').run({
		resource: 'order',
		operation: 'get',
		parameters: { client: byId(seed.client), order: byId(ordered.id) },
	});
	expect(again.json[0]).toMatchObject({ id: ordered.id });
});

test('a body that the contract forbids is refused with the fields that are wrong', async () => {
	const wrong = { rawBody: JSON.stringify({ account_id: 5, execution_date: 'soon' }) };
	const { error } = await engineOf('finvis').run(batch(seed, { reference: 'wrong', additionalFields: wrong }));
	expect(error?.message).toBe(
		'Rehearsal: Finvis would not accept this: account_id is number, not string; execution_date is not written as date',
	);
});

describe('what a rehearsal says of a body is what the contract says', () => {
	const ajv = new Ajv({ strict: false });
	addFormats(ajv);
	// The pattern of ajv-formats refuses `a:`, an address by RFC 3986.
	ajv.addFormat('uri', URL.canParse);
	const schemas = apis.flatMap(({ contract, api }) =>
		Object.entries(api.rehearsals).flatMap(([route, { body }]) => (body ? [{ name: `${contract.name} ${route}`, body }] : [])),
	);
	const value = fc.oneof(
		fc.string(),
		fc.double({ noNaN: true }),
		fc.boolean(),
		fc.constant(null),
		fc.uuid(),
		fc.constantFrom('subscription', 'redemption', 'autogiro', '12.50', '2026-03-06', 'https://a.example/x', '2026-02-30'),
	);

	/** The schema in full: its type by name, and an object wherever it has properties. */
	function inFull(part: unknown): unknown {
		if (typeof part === 'string') return { type: part };
		const schema = part as Record<string, unknown>;
		const { properties, items, anyOf } = schema;
		return {
			...schema,
			...(properties !== undefined && {
				type: 'object',
				properties: Object.fromEntries(Object.entries(properties as object).map(([name, one]) => [name, inFull(one)])),
			}),
			...(items !== undefined && { items: inFull(items) }),
			...(anyOf !== undefined && { anyOf: (anyOf as unknown[]).map(inFull) }),
		};
	}

	test.each(schemas)('$name', ({ body }) => {
		const schema = inFull(body) as object;
		const validate = ajv.compile(schema);
		const names = [...JSON.stringify(schema).matchAll(/"(\w+)":\{/g)].map(([, name]) => name);
		const object = fc.dictionary(fc.constantFrom(...names, 'another'), fc.oneof(value, fc.array(value, { maxLength: 2 })));
		const nested = fc.dictionary(fc.constantFrom(...names), fc.oneof(value, object, fc.array(object, { maxLength: 2 })));
		fc.assert(
			fc.property(nested, (candidate) => {
				expect([candidate, problemsOf(body, candidate).length === 0]).toEqual([candidate, validate(candidate)]);
			}),
			{ numRuns: 300 },
		);
	});
});
