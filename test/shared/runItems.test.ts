import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Engine } from '../support/n8n';
import { useBench } from '../support/sandbox';
import { batch, byId, seeded, subscription, type Seeded } from '../support/samples';

const bench = useBench();
let seed: Seeded;

beforeAll(async () => {
	seed = await seeded(bench);
});
beforeEach(() => bench.sandbox.admin.faults.clear());

const getAccount = () => ({
	resource: 'account',
	operation: 'get',
	parameters: { client: byId(seed.client), account: byId('={{ $json.account }}') },
});
const rows = () => seed.accounts.slice(0, 12).map((account) => ({ account }));

describe('items', () => {
	test('results keep the order of the items and point at their own item, although answers overtake each other', async () => {
		bench.sandbox.admin.faults.add({ match: { api: 'fondo', path: 'getAccount', every: 3 }, kind: 'latency', delayMs: 60 });
		const { items, error } = await bench.fondo().run(getAccount(), rows());
		expect(error).toBeUndefined();
		expect(items.map(({ json }) => json.id)).toEqual(rows().map(({ account }) => account));
		expect(items.map(({ pairedItem }) => pairedItem)).toEqual(rows().map((_, item) => ({ item })));
	});

	test('every row of a list points at the item that asked for it', async () => {
		const { items } = await bench
			.fondo()
			.run({ resource: 'account', operation: 'getMany', parameters: { client: byId('={{ $json.client }}'), limit: 3 } }, [
				{ client: seed.client },
				{ client: seed.client },
			]);
		expect(items.map(({ pairedItem }) => pairedItem)).toEqual([0, 0, 0, 1, 1, 1].map((item) => ({ item })));
	});

	test('incoming items are left as they are', async () => {
		const input = rows();
		await bench.fondo().run(getAccount(), input);
		expect(input).toEqual(rows());
	});
});

describe('a failing item', () => {
	const withAWrongOne = () => [...rows().slice(0, 3), { account: '00000000-0000-4000-8000-000000000000' }, ...rows().slice(3, 6)];

	test('stops the run, and the error names the item and says what to do', async () => {
		const { error, status } = await bench.fondo().run(getAccount(), withAWrongOne());
		expect(status).toBe('error');
		expect(error).toMatchObject({ name: 'NodeApiError', message: 'Fondo has no such investor account', httpCode: '404' });
		expect(error?.context.itemIndex).toBe(3);
		expect(error?.description).toContain('not_found');
		expect(error?.description).toContain("Choose 'Client' and 'Investor Account' from the list, or correct the ID.");
	});

	test('leaves its neighbours alone when the node continues on error, and carries what the API said', async () => {
		const { items, status } = await bench.fondo().run({ ...getAccount(), onError: 'continueRegularOutput' }, withAWrongOne());
		expect(status).toBe('success');
		expect(items).toHaveLength(7);
		expect(items.map(({ pairedItem }) => pairedItem)).toEqual([0, 1, 2, 3, 4, 5, 6].map((item) => ({ item })));
		expect(items.filter(({ json }) => json.error !== undefined)).toHaveLength(1);
		expect(items[3].json).toMatchObject({ error: { message: 'Fondo has no such investor account', code: 'not_found', status: 404 } });
	});

	test('goes to the error output when the node has one, with its own input', async () => {
		const { outputs } = await bench.fondo().run({ ...getAccount(), onError: 'continueErrorOutput' }, withAWrongOne());
		expect(outputs[0]).toHaveLength(6);
		expect(outputs[1]).toHaveLength(1);
		expect(outputs[1]?.[0]).toMatchObject({ pairedItem: { item: 3 }, json: { error: { status: 404 } } });
	});

	test('among writes: nothing after it is sent, everything before it is in the ledger', async () => {
		const items = ['stop-1', 'stop-2', 'stop-3', 'stop-4'].map((reference, index) => ({
			reference,
			amount: index === 2 ? 99_999_999 : 200,
		}));
		const { error } = await bench.fondo().run(subscription(seed, { amount: '={{ $json.amount }}' }), items);
		expect(error?.context.itemIndex).toBe(2);
		const references = bench.sandbox.admin.ledger().map(({ reference }) => reference);
		expect(references.filter((reference) => reference.startsWith('stop-'))).toEqual(['stop-1', 'stop-2']);
	});
});

describe('bad input', () => {
	test.each([
		['an empty reference', { reference: '={{ $json.nothing }}' }, "'Reference' is empty"],
		['a reference of blanks', { reference: '   ' }, "'Reference' is empty"],
		['an amount that is text', { amount: '={{ "12,50" }}' }, "'Amount': '12,50' is written with a comma"],
		['a negative amount', { amount: '={{ -5 }}' }, "'Amount': the number is negative"],
		['an amount with three decimals', { amount: '={{ 1.005 }}' }, "'Amount': '1.005' has more than 2 decimals"],
		[
			'a switch that is neither on nor off',
			{ additionalFields: { validateOnly: '={{ 1 }}' } },
			"'Validate Only': '1' is neither true nor false",
		],
		[
			'an optional field that is there and empty',
			{ additionalFields: { executorRef: '={{ $json.nothing }}' } },
			"'Executor Personal Number or ID' is empty",
		],
		['raw JSON that is a list', { additionalFields: { rawBody: '[1]' } }, "'Raw JSON Body': it is not a JSON object"],
		[
			'JSON 100,000 deep',
			{ additionalFields: { rawBody: `${'{"deep":'.repeat(100_000)}1${'}'.repeat(100_000)}` } },
			"'Raw JSON Body': it is nested too deep",
		],
		['raw JSON that is none', { additionalFields: { rawBody: '{"a":' } }, "'Raw JSON Body': it is not valid JSON"],
	])('%s is refused before anything is sent, by name and item', async (_, changed, message) => {
		const before = bench.sandbox.admin.requests().length;
		const { error } = await bench.fondo().run(subscription(seed, changed), [{ reference: 'bad-1' }]);
		expect(error).toMatchObject({ name: 'NodeOperationError', message });
		expect(error?.context.itemIndex).toBe(0);
		expect(error?.description).not.toBe('');
		expect(bench.sandbox.admin.requests()).toHaveLength(before);
	});

	test.each([
		[
			'the amount',
			'amount must be at least 100 SEK',
			"Correct 'Amount'. If it is right, check these too: 'Client', 'Investor Account', 'Instrument'.",
		],
		['a place before the reason', 'orderType: unknown for this amount', "Correct 'Order Type'."],
		[
			'an object by the last word of its label',
			'account 12 does not exist at this client',
			"Correct 'Investor Account' or 'Client'. If it is right,",
		],
		['nothing that the panel shows', 'no luck today', 'Correct the field that the reason names.'],
		[
			'the reference, as one word',
			'clientRef is already used',
			'Look in Fondo whether it was executed before. Give it another reference only if it was not.',
		],
		['the reference beside another field', 'the reference and the amount are wrong', 'Look in Fondo whether it was executed before.'],
	])('the advice about a reason that names %s', async (what, text, advice) => {
		bench.sandbox.admin.faults.add({ match: { path: 'createOrder' }, kind: 'status', status: 400, body: { message: text } });
		const { error } = await bench.fondo().run(subscription(seed, { reference: `advice ${what}` }));
		bench.sandbox.admin.faults.clear();
		expect(error?.description).toContain(`Fondo says: ${text}`);
		expect(error?.description).toContain(advice);
	});

	test('an ID that would name another path is refused', async () => {
		const { error } = await bench
			.fondo()
			.run({ resource: 'order', operation: 'cancel', parameters: { client: byId(seed.client), order: byId('..') } });
		expect(error?.message).toBe("'..' is not a valid ID");
	});

	test('a row of a table is named by its number', async () => {
		const payment = { amount: '1.00', creditorName: 'A', creditorAccountType: 'iban', creditorAccount: 'SE3550000000054910000003' };
		const { error } = await bench
			.finvis()
			.run(batch(seed, { payments: { rows: [payment, { ...payment, amount: 'x' }] } }), [{ reference: 'bad-2' }]);
		expect(error?.message).toBe("Payment 2: 'Amount': 'x' is not a decimal amount");
	});

	test.each([
		['itemsAtOnce', '', "'Items at Once': '' is not a number above zero"],
		['itemsAtOnce', 0, "'Items at Once': '0' is not a number above zero"],
		['itemsAtOnce', 'abc', "'Items at Once': 'abc' is not a number above zero"],
		['timeout', '', "'Timeout': '' is not a number above zero"],
	])('an option %s of %p is refused, for it would do nothing without a word', async (name, value, message) => {
		const { error } = await bench.fondo().run({ resource: 'client', operation: 'getMany', parameters: { options: { [name]: value } } });
		expect(error?.message).toBe(message);
	});

	test('an update without a change is refused', async () => {
		const { error } = await bench.fondo().run({ resource: 'client', operation: 'update', parameters: { client: byId(seed.client) } });
		expect(error?.message).toBe('There is nothing to change');
	});

	test('an operation that this version does not know says what to do', async () => {
		const { error } = await bench.fondo().run({ resource: 'order', operation: 'explode' });
		expect(error?.message).toBe("There is no operation 'explode' of 'order'");
	});
});

describe('writes', () => {
	test('the receipt tells reference, key, outcome, tries, time and fingerprint', async () => {
		const { json } = await bench.finvis().run(batch(seed), [{ reference: 'receipt-1' }]);
		expect(json[0]).toMatchObject({
			status: 'draft',
			name: expect.stringMatching(/^receipt-1 #[a-z2-9]{16}$/),
			total_amount: '100.50',
			receipt: { reference: 'receipt-1', outcome: 'created', attempts: 1, status: 201, madeHere: true },
		});
		expect(json[0].receipt).toMatchObject({
			idempotencyKey: expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/),
			time: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
			fingerprint: expect.stringMatching(/^[0-9a-f]{64}$/),
		});
	});

	test('raw JSON adds fields and replaces ours, but never the reference', async () => {
		const raw = (body: object) => subscription(seed, { additionalFields: { rawBody: JSON.stringify(body) } });
		const { json } = await bench.fondo().run(raw({ amount: 321 }), [{ reference: 'raw-1' }]);
		expect(json[0]).toMatchObject({ amount: 321, clientRef: 'raw-1' });
		const zero = await bench.fondo().run(raw({ units: 0 }), [{ reference: 'raw-3' }]);
		expect(zero.json[0]).toMatchObject({ receipt: { outcome: 'created' } });
		for (const name of ['clientRef', 'payments']) {
			const { error } = await bench.fondo().run(raw({ [name]: name === 'payments' ? [] : 'another' }), [{ reference: 'raw-2' }]);
			expect(error?.message).toBe(`'Raw JSON Body' may not replace '${name}'`);
		}
		expect(bench.sandbox.admin.ledger('raw-2')).toEqual([]);
	});

	test.each([
		['one at a time by default', {}, false],
		['several at once when the user raises it', { options: { itemsAtOnce: 3 } }, true],
	])('go %s', async (name, options, overlap) => {
		bench.sandbox.admin.faults.add({ match: { api: 'finvis', path: 'createPaymentBatch' }, kind: 'latency', delayMs: 250 });
		const since = bench.sandbox.admin.requests().length;
		await bench.finvis().run(
			batch(seed, options),
			[1, 2, 3].map((number) => ({ reference: `${name} ${number}` })),
		);
		const times = bench.sandbox.admin
			.requests()
			.slice(since)
			.filter(({ operationId, status }) => operationId === 'createPaymentBatch' && status === 201)
			.map(({ time, durationMs }) => ({ start: Date.parse(time), end: Date.parse(time) + durationMs }));
		expect(times).toHaveLength(3);
		expect(
			times.some(({ start }, index) => times.some(({ start: other, end }, at) => at !== index && other <= start && start < end - 5)),
		).toBe(overlap);
	});

	test('submit and approve move the money once and can be repeated', async () => {
		const finvis = bench.finvis();
		const [{ id }] = (await finvis.run(batch(seed), [{ reference: 'flow-1' }])).json;
		const submit = { resource: 'paymentBatch', operation: 'submit', parameters: { paymentBatch: byId(id) } };
		expect((await finvis.run(submit)).json[0]).toMatchObject({ status: 'pending_approval', receipt: { outcome: 'accepted' } });
		expect((await finvis.run(submit)).json[0]).toMatchObject({ receipt: { outcome: 'found' } });
		const pending = (await finvis.run({ resource: 'approval', operation: 'getManyPending', parameters: { returnAll: true } })).json;
		const approval = pending.find(({ object_id }) => object_id === id);
		const approve = {
			resource: 'approval',
			operation: 'approve',
			parameters: { approval: byId(approval?.id), additionalFields: { comment: 'checked' } },
		};
		expect((await finvis.run(approve)).json[0]).toMatchObject({ status: 'approved', receipt: { outcome: 'accepted' } });
		expect((await finvis.run(approve)).json[0]).toMatchObject({ receipt: { outcome: 'found' } });
		bench.sandbox.admin.clock.advance(7 * 24 * 3600);
		expect(bench.sandbox.admin.ledger('flow-1')).toHaveLength(1);
		expect(bench.sandbox.admin.ledger('flow-1')[0]).toMatchObject({ amount: '100.50', api: 'finvis' });
	});
});

describe('a batch from all items', () => {
	const fromItems = (reference: string) => ({
		resource: 'paymentBatch',
		operation: 'createFromItems',
		parameters: {
			account: byId(seed.bankAccount),
			executionDate: '={{ $now.plus({ days: 2 }) }}',
			bankDay: 'next',
			reference,
			amount: '={{ $json.Belopp }}',
			creditorName: '={{ $json.Namn }}',
			creditorAccountType: 'bankgiro',
			creditorAccount: '={{ $json.Bankgiro }}',
		},
	});
	const sheet = (count: number) =>
		Array.from({ length: count }, (_, index) => ({ Belopp: `${index + 1}.10`, Namn: `Leverantör ${index + 1}`, Bankgiro: '5050-1055' }));

	test('has a payment for each row, is paired to every row, and is made once', async () => {
		const { items, json } = await bench.finvis().run(fromItems('sheet-1'), sheet(3));
		expect(json).toHaveLength(1);
		expect(json[0]).toMatchObject({ payment_count: 3, total_amount: '6.30', name: expect.stringMatching(/^sheet-1 #[a-z2-9]{16}$/) });
		expect(items[0].pairedItem).toEqual([{ item: 0 }, { item: 1 }, { item: 2 }]);
		expect((await bench.finvis().run(fromItems('sheet-1'), sheet(3))).json[0]).toMatchObject({
			id: json[0].id,
			receipt: { outcome: 'found' },
		});
	});

	test('refuses rows that differ in a shared field', async () => {
		const rows = sheet(3).map((row, index) => ({ ...row, Ref: index === 2 ? 'other' : 'sheet-3' }));
		const { error } = await bench.finvis().run(fromItems('={{ $json.Ref }}'), rows);
		expect(error?.message).toBe("Row 3: 'Reference' differs from row 1");
	});

	test('names every wrong row before anything is sent', async () => {
		const rows = sheet(4);
		rows[1].Belopp = '12,50';
		rows[3].Namn = '';
		const before = bench.sandbox.admin.requests().length;
		const { error } = await bench.finvis().run(fromItems('sheet-2'), rows);
		expect(error?.message).toBe("Row 2: 'Amount': '12,50' is written with a comma; Row 4: 'Creditor Name' is empty");
		expect(error?.description).toContain('Nothing was sent');
		expect(bench.sandbox.admin.requests()).toHaveLength(before);
	});
});

describe('an answer with a field named error', () => {
	let server: Server;
	let calls = 0;
	beforeAll(async () => {
		server = createServer((request, response) => {
			response.setHeader('content-type', 'application/json');
			if (request.url?.includes('/token')) return response.end(JSON.stringify({ access_token: 't', expires_in: 3600 }));
			calls += 1;
			return response.end(JSON.stringify({ id: 'o-1', error: 'none so far', unknownField: { deep: [1] }, big: 1, price: 142.8571429 }));
		}).listen(0, '127.0.0.1');
		await new Promise((resolve) => server.once('listening', resolve));
	});
	afterAll(() => {
		server.closeAllConnections();
		server.close();
	});

	test('is no failure for n8n: the node runs once under Retry On Fail, and the whole answer reaches the user', async () => {
		const { port } = server.address() as AddressInfo;
		const engine = new Engine('fondo', { environment: 'custom', baseUrl: `http://127.0.0.1:${port}`, clientId: 'a', clientSecret: 'b' });
		const { json, status } = await engine.run({
			resource: 'order',
			operation: 'get',
			parameters: { client: byId('c-1'), order: byId('o-1') },
			retryOnFail: true,
			maxTries: 3,
			waitBetweenTries: 0,
		});
		expect(status).toBe('success');
		// One bare call that n8n answers 401 for itself is not counted here: this server asks for no token.
		expect(calls).toBe(1);
		expect(json).toEqual([{ id: 'o-1', apiError: 'none so far', unknownField: { deep: [1] }, big: 1, price: 142.8571429 }]);
	});
});

describe('as a tool of an AI Agent', () => {
	const asTool = (parameters = {}) => {
		const settings = subscription(seed, parameters);
		return { ...settings, type: 'fondoTool', parameters: { ...settings.parameters, ...parameters } };
	};

	test('reading is free', async () => {
		const { json, error } = await bench.fondo().run({ type: 'fondoTool', resource: 'client', operation: 'getMany' });
		expect(error).toBeUndefined();
		expect(json).toHaveLength(3);
	});

	test('writing is refused before anything is sent, and the refusal names the switch', async () => {
		const { error } = await bench.fondo().run(asTool(), [{ reference: 'ai-1' }]);
		expect(error?.message).toBe('The AI may not write with this tool');
		expect(error?.description).toContain("'Let the AI Write'");
		expect(bench.sandbox.admin.ledger('ai-1')).toEqual([]);
	});

	test('writing works when the builder has allowed it', async () => {
		const { error } = await bench.fondo().run(asTool({ letAiWrite: true }), [{ reference: 'ai-2' }]);
		expect(error).toBeUndefined();
		expect(bench.sandbox.admin.ledger('ai-2')).toHaveLength(1);
	});
});

test('a cancelled run starts nothing new', async () => {
	bench.sandbox.admin.faults.add({ match: { api: 'fondo', path: 'createOrder' }, kind: 'latency', delayMs: 300 });
	const items = Array.from({ length: 20 }, (_, index) => ({ reference: `cancel-${index}` }));
	const run = bench.fondo().start(subscription(seed), items);
	while (!bench.sandbox.admin.ledger().some(({ reference }) => reference.startsWith('cancel-')))
		await new Promise((resolve) => setTimeout(resolve, 20));
	run.cancel();
	await run.done.catch(() => undefined);
	const count = () => bench.sandbox.admin.requests().filter(({ operationId }) => operationId === 'createOrder').length;
	const atCancel = count();
	await new Promise((resolve) => setTimeout(resolve, 1_000));
	expect(count() - atCancel).toBeLessThanOrEqual(1);
	expect(bench.sandbox.admin.ledger().filter(({ reference }) => reference.startsWith('cancel-')).length).toBeLessThanOrEqual(2);
});
