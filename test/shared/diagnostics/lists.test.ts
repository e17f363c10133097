/** Check Setup looks at the lists that a payment needs (L12): where one is refused, cut or without references, it is not green. */
import type { IDataObject } from 'n8n-workflow';
import { Engine } from '../../support/n8n';
import { batch, seeded, subscription } from '../../support/samples';
import { useBench } from '../../support/sandbox';
import { useServer, type Received, type Reply } from '../../support/server';
import { giveTimeBack, skipWaits } from '../../support/time';

const MOST_CALLS = 25;

const bench = useBench({ transactions: 2_000 });
const vendor = useServer();
/** What answers at the address that n8n gives out. */
const n8n = useServer();
beforeEach(() => {
	vendor.reset();
	n8n.answer = () => ({ body: { status: 'ok' } });
	skipWaits();
});
afterEach(giveTimeBack);

interface Found {
	readonly status: string;
	readonly finding: string;
	readonly instruction: string;
}

async function checked(engine: Engine): Promise<Record<string, Found>> {
	const { json, error } = await engine.run({ resource: 'system', operation: 'checkSetup' }, [{}], { base: n8n.url });
	expect(error).toBeUndefined();
	return Object.fromEntries(json.map(({ check, ...found }) => [check, found as unknown as Found]));
}

const among = (found: Record<string, Found>, names: RegExp) =>
	Object.fromEntries(Object.entries(found).flatMap(([check, { status }]) => (names.test(check) ? [[check, status]] : [])));
const FONDO = /^(Order|Cash)/;
const FINVIS = /^(Batch|Webhook registration)/;

describe('on the sandbox', () => {
	const scopes = ['admin:public_api', 'read:ledger', 'read:payments', 'read:reconciliation', 'read:reporting', 'write:payments'];

	test('Fondo: every list is green, with few calls, and nothing is written', async () => {
		const seed = await seeded(bench);
		await bench.fondo().run(subscription(seed), [{ reference: 'setup-1' }]);
		const before = bench.sandbox.admin.requests().length;
		const found = await checked(bench.fondo());
		expect(among(found, FONDO)).toEqual({ 'Order list': 'ok', 'Order references': 'ok', 'Order dates': 'ok', 'Cash list': 'ok' });
		expect(found['Order list'].finding).toMatch(/to its end: \d+ orders in \d calls/);
		expect(found['Order references'].finding).toMatch(/and the node finds one by it$/);
		const calls = bench.sandbox.admin.requests().slice(before);
		expect(calls.length).toBeLessThanOrEqual(MOST_CALLS);
		expect(calls.filter(({ method, path }) => method !== 'GET' && !/auth/.test(path))).toEqual([]);
	});

	test('Finvis: batches and webhook are green once there is one of ours', async () => {
		const first = await checked(bench.finvis({ scopes }));
		expect(among(first, FINVIS)).toEqual({
			'Batch list': 'ok',
			'Batch references': 'skipped',
			'Batch dates': 'ok',
			'Webhook registration': 'skipped',
		});
		expect(first['Batch references'].finding).toMatch(/^There is no payment batch with a reference yet/);
		await bench.finvis().run(batch(await seeded(bench)), [{ reference: 'setup-2' }]);
		const webhook = { url: `${n8n.url}/webhook/finvis`, events: 'payment.status.updated', reference: 'setup-3' };
		await bench.finvis({ scopes }).run({ resource: 'webhook', operation: 'create', parameters: webhook });
		const before = bench.sandbox.admin.requests().length;
		const found = await checked(bench.finvis({ scopes }));
		expect(among(found, FINVIS)).toEqual({
			'Batch list': 'ok',
			'Batch references': 'ok',
			'Batch dates': 'ok',
			'Webhook registration': 'ok',
		});
		expect(found['Webhook registration'].finding).toBe(`Finvis has 1 webhook at ${n8n.url}, active, for payment.status.updated`);
		const calls = bench.sandbox.admin.requests().slice(before);
		expect(calls.length).toBeLessThanOrEqual(MOST_CALLS);
		expect(calls.filter(({ method, path }) => method !== 'GET' && !/auth/.test(path))).toEqual([]);
	});

	test('Finvis: without the scopes nothing is looked at', async () => {
		const found = await checked(bench.finvis({ scopes: ['read:ledger'] }));
		expect(new Set(Object.values(among(found, FINVIS)))).toEqual(new Set(['skipped']));
	});
});

type Rows = IDataObject[];
const moment = (index: number) => new Date(1_770_000_000_000 + index * 60_000).toISOString();
const orders = (count: number, more: (index: number) => IDataObject = () => ({})): Rows =>
	Array.from({ length: count }, (_, index) => ({
		id: `o-${index}`,
		sortedId: `01J${String(index).padStart(5, '0')}`,
		clientRef: `ref-${index}`,
		modifiedDate: moment(index),
		...more(index),
	}));

/** A page as the contract has it. */
const page = (rows: Rows, { start, limit }: Record<string, string>, cap = 1_000): Rows =>
	rows.filter(({ sortedId }) => start === undefined || String(sortedId) >= start).slice(0, Math.min(Number(limit ?? cap), cap));

describe('a Fondo', () => {
	const check = async (list: (call: Received) => Reply, clients = ['c-1']) => {
		vendor.answer = (call) => {
			if (call.path.endsWith('/order')) return list(call);
			if (call.path === '/ping') return { body: { pong: new Date().toISOString() } };
			if (call.path.endsWith('/client')) return { body: clients.map((id) => ({ id, sortedId: id })) };
			return { body: [] };
		};
		const found = await checked(new Engine('fondo', { environment: 'custom', baseUrl: vendor.url, clientId: 'a', clientSecret: 'b' }));
		expect(vendor.received.length).toBeLessThanOrEqual(MOST_CALLS);
		expect(vendor.received.filter(({ method }) => method !== 'GET')).toEqual([]);
		return found;
	};

	test('that is kind is green', async () => {
		const found = await check(({ query }) => ({ body: page(orders(7), query) }));
		expect(among(found, FONDO)).toEqual({ 'Order list': 'ok', 'Order references': 'ok', 'Order dates': 'ok', 'Cash list': 'ok' });
		expect(found['Order list'].finding).toBe('The nodes can read the list to its end: 7 orders in 2 calls, at most 7 on a page');
		expect(found['Order references'].finding).toBe('Fondo shows the reference of 7 of 7 orders, and the node finds one by it');
	});

	test('that caps its pages is green, and the size is named', async () => {
		const found = await check(({ query }) => ({ body: page(orders(11), query, 4) }));
		expect(found['Order list']).toMatchObject({
			status: 'ok',
			finding: expect.stringContaining('11 orders in 5 calls, at most 4 on a page'),
		});
	});

	test('that begins with its newest order is green', async () => {
		const newestFirst = ({ query }: Received) => {
			const all = orders(11).reverse();
			const from = query.start === undefined ? 0 : all.findIndex(({ sortedId }) => sortedId === query.start);
			return { body: all.slice(from, from + 4) };
		};
		const found = await check(newestFirst);
		expect(found['Order list']).toMatchObject({ status: 'ok', finding: expect.stringContaining('11 orders') });
		expect(found['Order references'].status).toBe('ok');
	});

	test('with a long history is looked at in part, in few calls', async () => {
		const found = await check(({ query }) => ({ body: page(orders(90), query, 10) }));
		expect(found['Order list']).toMatchObject({
			status: 'ok',
			finding: expect.stringMatching(/the first \d+ orders in 6 calls.*there are more$/),
		});
	});

	test('whose first client has no order: those of the next one are looked at', async () => {
		const found = await check(({ path, query }) => ({ body: path.includes('c-2') ? page(orders(3), query) : [] }), ['c-1', 'c-2']);
		expect(found['Order list'].finding).toContain('3 orders');
	});

	test('without any order: there is none to look at yet', async () => {
		const found = await check(() => ({ body: [] }));
		expect(among(found, FONDO)).toEqual({ 'Order list': 'ok', 'Order references': 'skipped', 'Order dates': 'skipped', 'Cash list': 'ok' });
		expect(found['Order references'].finding).toMatch(/^There is no order with a reference yet/);
	});

	test.each<[string, (call: Received) => Reply, string, string, RegExp]>([
		['refuses orders', () => ({ status: 403, body: { detail: 'No orders for you' } }), 'Order list', 'failed', /No orders for you/],
		['fails on orders', () => ({ status: 500, body: { detail: 'Oops' } }), 'Order list', 'warning', /has trouble \(500\): Oops/],
		[
			'answers with a web page',
			() => ({ headers: { 'content-type': 'text/html' }, body: '<h1>Hi</h1>' }),
			'Order list',
			'failed',
			/something other than JSON/,
		],
		['gives no list', () => ({ body: { a: 1 } }), 'Order list', 'failed', /in a shape that this version does not know/],
		['ignores start', () => ({ body: orders(7) }), 'Order list', 'failed', /does not begin at 'start'/],
		['gives each page backwards', ({ query }) => ({ body: page(orders(7), query).reverse() }), 'Order list', 'failed', /not in the order/],
		[
			'has no sortedId and may be cut',
			() => ({ body: orders(10, () => ({ sortedId: undefined })) }),
			'Order list',
			'failed',
			/not in the order|could not be read to its end/,
		],
		[
			'announces more than it gives',
			({ query }) => ({ body: { count: 12, data: page(orders(7), query) } }),
			'Order list',
			'failed',
			/there are 12 rows, but gives 7/,
		],
		[
			'leads to another host',
			() => ({ body: { data: orders(7), next: 'https://elsewhere.invalid/other?start=x' } }),
			'Order list',
			'failed',
			/leads to another address.*https:\/\/elsewhere\.invalid\/other/,
		],
		[
			'has no second page',
			({ query }) => (query.limit === '4' && query.start ? { status: 500, body: {} } : { body: page(orders(7), query) }),
			'Order list',
			'warning',
			/a second page could not be read.*500/,
		],
		[
			'gives no reference',
			({ query }) => ({
				body: page(
					orders(7, () => ({ clientRef: undefined })),
					query,
				),
			}),
			'Order references',
			'warning',
			/shows no clientRef/,
		],
		[
			'shows references at the first look only',
			({ query }) => {
				const isFirst = vendor.received.filter(({ path }) => path.endsWith('/order')).length === 1;
				return { body: page(orders(2), query).map((row) => (isFirst ? row : { ...row, clientRef: null })) };
			},
			'Order references',
			'failed',
			/shows a reference, but the node finds no order by it$/,
		],
		[
			'writes dates in words',
			({ query }) => ({
				body: page(
					orders(7, () => ({ modifiedDate: '6 mars 2026' })),
					query,
				),
			}),
			'Order dates',
			'warning',
			/modifiedDate is written as '9 aaaa 9999'$/,
		],
		[
			'writes dates that do not exist',
			({ query }) => ({
				body: page(
					orders(7, () => ({ modifiedDate: '2026-13-45T10:00:00Z' })),
					query,
				),
			}),
			'Order dates',
			'warning',
			/written as '9999-99-99a99:99:99a'$/,
		],
		[
			'writes dates that can mean two days',
			({ query }) => ({
				body: page(
					orders(7, () => ({ modifiedDate: '06/03/2026' })),
					query,
				),
			}),
			'Order dates',
			'warning',
			/'99\/99\/9999'$/,
		],
		[
			'has no dates',
			({ query }) => ({
				body: page(
					orders(7, () => ({ modifiedDate: undefined })),
					query,
				),
			}),
			'Order dates',
			'warning',
			/there is no modifiedDate or createdDate$/,
		],
	])('that %s is not green', async (_, list, name, status, finding) => {
		const found = await check(list);
		expect(found[name]).toMatchObject({ status, finding: expect.stringMatching(finding), instruction: expect.stringMatching(/\.$/) });
		expect(found.Token.status).toBe('ok');
	});

	test('orders without reference are none of ours', async () => {
		const found = await check(({ query }) => ({
			body: page(
				orders(7, () => ({ clientRef: null })),
				query,
			),
		}));
		expect(found['Order references']).toMatchObject({
			status: 'skipped',
			finding: 'There is no order with a reference yet among 7 orders',
		});
	});
});

describe('a Finvis', () => {
	const batches = (count: number, more: (index: number) => IDataObject = () => ({})): Rows =>
		Array.from({ length: count }, (_, index) => ({
			id: `b-${index}`,
			name: `INV-${index} #abcdefgh${'jkmnpqrs'.slice(index % 2)}${'t'.repeat(index % 2)}`,
			execution_date: '2026-03-06',
			created_at: moment(index),
			...more(index),
		}));
	const paged = (rows: Rows, { page: number = '1', page_size: size = '50' }: Record<string, string>): Rows =>
		rows.slice((Number(number) - 1) * Number(size), Number(number) * Number(size));
	const results = (rows: Rows, call: Received) => {
		const shown = paged(rows, call.query);
		const isMore = Number(call.query.page ?? 1) * Number(call.query.page_size ?? 50) < rows.length;
		return { count: rows.length, next: isMore ? `?page=${Number(call.query.page ?? 1) + 1}` : null, results: shown };
	};

	const check = async (list: (call: Received) => Reply, webhooks: Rows = []) => {
		vendor.answer = (call) => {
			if (call.path.includes('batches')) return list(call);
			return { body: call.path.includes('webhooks') ? webhooks : [] };
		};
		const scopes = ['read:payments', 'admin:public_api'];
		const credential = { environment: 'custom', baseUrl: vendor.url, clientId: 'a', clientSecret: 'b', scopes };
		const found = await checked(new Engine('finvis', credential));
		expect(vendor.received.length).toBeLessThanOrEqual(MOST_CALLS);
		expect(vendor.received.filter(({ method }) => method !== 'GET')).toEqual([]);
		return found;
	};
	const ours = (more: IDataObject = {}) => ({
		id: 'w-1',
		url: `${n8n.url}/webhook/f`,
		events: ['a.b'],
		active: true,
		secret: 'hidden-secret',
		...more,
	});

	test.each<[string, (rows: Rows, call: Received) => unknown]>([
		['in results', results],
		['bare', (rows, { query }) => paged(rows, query)],
	])('that is kind, with lists %s, is green', async (_, list) => {
		const found = await check((call) => ({ body: list(batches(7), call) }), [ours()]);
		expect(among(found, FINVIS)).toEqual({
			'Batch list': 'ok',
			'Batch references': 'ok',
			'Batch dates': 'ok',
			'Webhook registration': 'ok',
		});
		expect(found['Batch references'].finding).toBe('Finvis shows the reference of 7 of 7 payment batches, and the node finds one by it');
	});

	test.each<[string, (call: Received) => Reply, string, string, RegExp]>([
		['refuses batches', () => ({ status: 403, body: { detail: 'Not yours' } }), 'Batch list', 'failed', /Not yours/],
		['fails on batches', () => ({ status: 500, body: { detail: 'Oops' } }), 'Batch list', 'warning', /\(500\): Oops/],
		[
			'answers with a web page',
			() => ({ headers: { 'content-type': 'text/html' }, body: '<h1>Hi</h1>' }),
			'Batch list',
			'failed',
			/something other than JSON/,
		],
		[
			'announces more than it gives',
			() => ({ body: { count: 9, next: null, results: batches(7) } }),
			'Batch list',
			'failed',
			/there are 9 rows, but gives 7/,
		],
		[
			'ignores the page',
			({ query }) => ({ body: batches(7).slice(0, Number(query.page_size ?? 50)) }),
			'Batch list',
			'failed',
			/does not know 'page'/,
		],
		[
			'has no second page',
			(call) => ({ body: results(batches(7), { ...call, query: { ...call.query, page: '1' } }) }),
			'Batch list',
			'warning',
			/a second page could not be read.*gives the same rows again/,
		],
		[
			'cuts names',
			() => ({ body: batches(7, (index) => ({ name: `INV-2026-00${index} #abcdef` })) }),
			'Batch references',
			'warning',
			/cuts the names/,
		],
		['shows no names', () => ({ body: batches(7, () => ({ name: undefined })) }), 'Batch references', 'warning', /shows no name/],
		[
			'writes days otherwise',
			() => ({ body: batches(7, () => ({ execution_date: '06.03.2026' })) }),
			'Batch dates',
			'warning',
			/written as '99\.99\.9999'$/,
		],
	])('that %s is not green', async (_, list, name, status, finding) => {
		const found = await check(list);
		expect(found[name]).toMatchObject({ status, finding: expect.stringMatching(finding), instruction: expect.stringMatching(/\.$/) });
	});

	test.each<[string, () => IDataObject, string, RegExp]>([
		['not active', () => ours({ active: false }), 'warning', /1 webhook at .*, and 1 of them not active$/],
		['without its address', () => ours({ url: undefined }), 'warning', /does not show the address of 1 of 1/],
		['without its events', () => ours({ events: undefined }), 'warning', /does not show their events$/],
		['elsewhere', () => ours({ url: 'https://elsewhere.invalid/webhook/f' }), 'skipped', /has no webhook at .*, and 1 at other addresses$/],
		[
			'in other letters',
			() => ours({ url: `${n8n.url.replace('http:', 'HTTP:')}/webhook/f`, active: undefined }),
			'ok',
			/active, for a\.b$/,
		],
	])('with a webhook %s', async (_, row, status, finding) => {
		const found = await check(() => ({ body: [] }), [row()]);
		expect(found['Webhook registration']).toMatchObject({ status, finding: expect.stringMatching(finding) });
		expect(JSON.stringify(found)).not.toContain('hidden-secret');
	});
});
