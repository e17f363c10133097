import { useBench } from '../../support/sandbox';
import { byId, seeded, type Seeded } from '../../support/samples';

const bench = useBench();
let seed: Seeded;

beforeAll(async () => {
	seed = await seeded(bench);
});

const accounts = (parameters: object) => ({
	resource: 'account',
	operation: 'getMany',
	parameters: { client: byId(seed.client), ...parameters },
});
const calls = (operationId: string) =>
	bench.sandbox.admin.requests().filter((request) => request.operationId === operationId && request.status === 200).length;

test.each([
	[{ limit: 1 }, 1],
	[{ limit: 99 }, 99],
	[{}, 50],
	[{ limit: 5_000 }, 100],
	[{ returnAll: true }, 100],
	[{ returnAll: true, limit: 3 }, 100],
])('a list with %p brings %p rows', async (parameters, rows) => {
	const { items, error } = await bench.fondo().run(accounts(parameters));
	expect(error).toBeUndefined();
	expect(items).toHaveLength(rows);
});

test('a limit that one page can fill takes one call', async () => {
	const before = calls('getAccounts');
	await bench.fondo().run(accounts({ limit: 10 }));
	expect(calls('getAccounts') - before).toBe(1);
});

test('all rows of a paged treasury list come, whatever the server caps', async () => {
	bench.sandbox.admin.settings.patch({ finvis: { pageCap: 7 } });
	const { json } = await bench.finvis().run({ resource: 'account', operation: 'getMany', parameters: { returnAll: true } });
	bench.sandbox.admin.settings.patch({ finvis: { pageCap: null } });
	const whole = await bench.finvis().run({ resource: 'account', operation: 'getMany', parameters: { returnAll: true } });
	expect(json.map(({ id }) => id)).toEqual(whole.json.map(({ id }) => id));
	expect(json.length).toBeGreaterThan(10);
});

describe('in pages', () => {
	const page = async (parameters: object) => await bench.fondo().run(accounts({ limit: 40, processInPages: true, ...parameters }));

	test('a page is one item and one call, and its next leads to the following one', async () => {
		const before = calls('getAccounts');
		const first = await page({});
		expect(calls('getAccounts') - before).toBe(1);
		expect(first.items).toHaveLength(1);
		expect(first.items[0].pairedItem).toEqual({ item: 0 });
		expect(first.json[0].rows).toHaveLength(40);
		const second = await page({ startAfter: first.json[0].next });
		const ids = [first, second].flatMap(({ json }) => json[0].rows as Array<{ id: string }>).map(({ id }) => id);
		expect(ids.length).toBeGreaterThan(70);
		const whole = await bench.fondo().run(accounts({ returnAll: true }));
		expect(ids).toEqual(whole.json.slice(0, ids.length).map(({ id }) => id));
	});

	test('an expression that gives nothing, as before the first page, begins at the beginning', async () => {
		const { json } = await page({ startAfter: '={{ $json.next }}' });
		expect(json).toEqual((await page({})).json);
	});

	test('fewer fields hold for every row, and next stays', async () => {
		const { json } = await page({ options: { fieldsToReturn: 'name' } });
		expect(Object.keys(json[0])).toEqual(['rows', 'next']);
		for (const row of json[0].rows as object[]) expect(Object.keys(row)).toEqual(['id', 'name']);
	});

	test.each(['01J8ZC', 'start=', '{"start":"01J8ZC"}'])('%p is not taken for the way to a page', async (startAfter) => {
		const before = calls('getAccounts');
		const { error } = await page({ startAfter });
		expect(error?.message).toBe(`'Start After': '${startAfter}' is not the 'next' of a page`);
		expect(calls('getAccounts')).toBe(before);
	});

	test('returning all is not in pages, whatever was chosen before', async () => {
		expect((await page({ returnAll: true })).items).toHaveLength(100);
	});
});

test('filters narrow the list on the server', async () => {
	const { json } = await bench
		.finvis()
		.run({ resource: 'paymentBatch', operation: 'getMany', parameters: { returnAll: true, filters: { status: 'draft' } } });
	expect(new Set(json.map(({ status }) => status))).toEqual(new Set(['draft']));
});

test('a document comes as a file with a name and its type', async () => {
	const { items, error } = await bench.fondo().run({
		resource: 'agreement',
		operation: 'download',
		parameters: {
			client: byId(seed.client),
			account: byId(seed.accounts[0]),
			agreementType: byId('power_of_attorney'),
			outputField: 'contract',
		},
	});
	expect(error).toBeUndefined();
	expect(items[0].json).toMatchObject({ fileName: `agreement-power_of_attorney-${seed.accounts[0]}.pdf`, mimeType: 'application/pdf' });
	expect(Buffer.from(String(items[0].binary?.contract.data), 'base64').subarray(0, 5).toString()).toBe('%PDF-');
});

test('what is no document is not taken for one', async () => {
	bench.sandbox.admin.faults.add({
		match: { path: 'getAgreement' },
		kind: 'status',
		status: 200,
		body: '<html>sorry</html>',
		headers: { 'content-type': 'text/html' },
		times: 1,
	});
	const { error } = await bench.fondo().run({
		resource: 'agreement',
		operation: 'download',
		parameters: { client: byId(seed.client), account: byId(seed.accounts[0]), agreementType: byId('account') },
	});
	expect(error?.message).toBe('No file came, but text/html');
});

describe('fewer fields', () => {
	test('simplified, a result has at most ten flat fields, all out of the answer', async () => {
		const raw = await bench.fondo().run(accounts({ limit: 1 }));
		const { json } = await bench.fondo().run(accounts({ limit: 1, simplify: true }));
		expect(Object.keys(raw.json[0]).length).toBeGreaterThan(10);
		expect(Object.keys(json[0]).length).toBeLessThanOrEqual(10);
		expect(json[0]).toMatchObject({ id: raw.json[0].id, owner: (raw.json[0].owner as { fullName: string }).fullName });
	});

	test('chosen fields come with the id, and what is not there is not made up', async () => {
		const { json } = await bench.fondo().run(accounts({ limit: 1, options: { fieldsToReturn: 'name, owner.fullName, nothing' } }));
		expect(Object.keys(json[0])).toEqual(['id', 'name', 'owner.fullName']);
	});

	test('a write keeps its receipt', async () => {
		const order = {
			client: byId(seed.client),
			account: byId(seed.accounts[0]),
			orderType: 'subscription',
			instrument: byId(seed.instrument),
			amount: 500,
			reference: 'few-1',
		};
		const { json } = await bench
			.fondo()
			.run({ resource: 'order', operation: 'create', parameters: { ...order, options: { fieldsToReturn: 'status' } } });
		expect(Object.keys(json[0])).toEqual(['receipt', 'id', 'status']);
	});
});
