import type { IDataObject } from 'n8n-workflow';
import finvisShapes from '../../../contracts/finvis.shapes.json';
import fondoShapes from '../../../contracts/fondo.shapes.json';
import type { Engine } from '../../support/n8n';
import { useBench } from '../../support/sandbox';
import { pass, useServer, type Received, type Reply } from '../../support/server';
import { giveTimeBack, skipWaits } from '../../support/time';

const bench = useBench({ settings: { finvis: { rateLimit: null } } });
const gateway = useServer();
beforeEach(skipWaits);
afterEach(() => {
	giveTimeBack();
	gateway.reset();
	bench.sandbox.admin.vendor.set([]);
});

const SCOPES = ['admin:public_api', 'read:ledger', 'read:payments', 'read:reconciliation', 'read:reporting', 'write:payments'];
const ORDERS = 'GET /v2/partner/client/{client_id}/order';

/** How many reads a contract has. */
const readsIn = ({ routes }: { routes: object }) => Object.keys(routes).filter((route) => route.startsWith('GET ')).length;

async function learned(engine: Engine, parameters: IDataObject = {}) {
	const { json, items, error } = await engine.run({
		resource: 'system',
		operation: 'learnShapes',
		parameters: { outputField: 'data', ...parameters } as never,
	});
	expect(error?.message).toBeUndefined();
	const [summary, ...found] = json;
	return { summary, items, found, of: (route: string) => found.filter(({ operation }) => operation === route) };
}

const calls = () => bench.sandbox.admin.requests();

/** A gateway before the sandbox of Fondo; `change` makes another answer of a good one to a GET. */
function behind(url: () => string, change: (body: unknown, call: Received) => unknown) {
	gateway.token = async (call) => await pass(url(), call);
	gateway.answer = async (call): Promise<Reply | undefined> => {
		const reply = await pass(url(), call);
		if (call.method !== 'GET' || reply === undefined || (reply.status ?? 200) >= 300) return reply;
		return { ...reply, body: change(JSON.parse(String(reply.body)), call) };
	};
	return gateway.url;
}
const fondoBehind = (change: (body: unknown, call: Received) => unknown) =>
	bench.fondo({ baseUrl: behind(() => bench.sandbox.fondoUrl, change) });
const rows = (body: unknown, change: (row: IDataObject) => IDataObject) => (Array.isArray(body) ? body.map(change) : body);

test('a Fondo as in the contract: no difference, reads only, at most 40 calls, and a file', async () => {
	const before = calls().length;
	const { summary, found, items } = await learned(bench.fondo());
	const made = calls().slice(before);
	expect(made.length).toBeLessThanOrEqual(40);
	expect(made.filter(({ method, path }) => method !== 'GET' && !path.includes('/auth/'))).toEqual([]);
	expect(found.filter(({ difference }) => difference !== 'not seen' && difference !== 'not read')).toEqual([]);
	expect(summary).toMatchObject({ difference: 'summary', effect: 'works', vendorCorrections: '', correctionsNow: '' });
	expect(summary.seen).toMatch(/^0 differences, \d+ optional fields not seen, /);
	expect(summary.seen).toContain(`, 3 of ${readsIn(fondoShapes)} reads without an answer`);
	expect(items[0].binary?.data).toMatchObject({ mimeType: 'application/json', fileName: 'learned-shapes.json' });
	expect(items.slice(1).every(({ binary }) => binary === undefined)).toBe(true);
	const file = JSON.parse(Buffer.from(String(items[0].binary?.data.data), 'base64').toString('utf8')) as unknown[];
	expect(file).toHaveLength(items.length);
});

test('a Finvis as in the contract: no difference, reads only, at most 20 calls', async () => {
	const before = calls().length;
	const { summary, found } = await learned(bench.finvis({ scopes: SCOPES }));
	const made = calls().slice(before);
	expect(made.length).toBeLessThanOrEqual(20);
	expect(made.filter(({ method, path }) => method !== 'GET' && !path.includes('/auth/'))).toEqual([]);
	expect(found.map(({ difference, seen }) => [difference, seen])).toEqual([['not read', 'no list shows an ID for it']]);
	expect(summary.seen).toBe(`0 differences, 0 optional fields not seen, 1 of ${readsIn(finvisShapes)} reads without an answer`);
});

test('what the credential may not read is said, and a server in trouble is not asked twice', async () => {
	const { of } = await learned(bench.finvis({ scopes: ['read:ledger'] }));
	expect(of('GET /payments/batches/')).toMatchObject([
		{ difference: 'not read', seen: 'the credential may not read this', effect: 'unknown' },
	]);
	gateway.answer = () => ({ status: 503, body: { error: 'Anna Svensson is away' } });
	const { found } = await learned(bench.fondo({ baseUrl: gateway.url }));
	expect(gateway.received.map(({ path }) => path).sort()).toEqual(['/ping', '/v2/partner/client', '/v2/partner/instrument']);
	expect(found.every(({ difference }) => difference === 'not read')).toBe(true);
	expect(JSON.stringify(found)).not.toContain('Anna');
});

test('a renamed reference and a list beside another: named, with the correction that makes up for both', async () => {
	const change = (body: unknown, { path }: Received) => {
		if (!path.endsWith('/order')) return body;
		const entries = rows(body, ({ clientRef, ...row }) => ({ ...row, partnerRef: clientRef }));
		return { page_of_orders: { entries, events: [{ note: 'Maintenance on Sunday' }] } };
	};
	const { of, summary } = await learned(fondoBehind(change));
	expect(of(ORDERS).filter(({ difference }) => difference !== 'not seen')).toMatchObject([
		{
			path: '$.page_of_orders.entries',
			difference: 'envelope',
			expected: 'a list',
			effect: 'refuses',
			correction: `{"envelope":{"${ORDERS}":"page_of_orders.entries"}}`,
		},
		{
			path: '$.page_of_orders.entries[*].clientRef',
			difference: 'renamed',
			expected: 'the name clientRef',
			seen: expect.stringMatching(/^the name partnerRef, text of [\d to]+ characters$/),
			effect: 'works',
			correction: '{"fields":{"partnerRef":"clientRef"}}',
		},
	]);
	const vendorCorrections = String(summary.vendorCorrections);
	expect(JSON.parse(vendorCorrections)).toEqual({ fields: { partnerRef: 'clientRef' }, envelope: { [ORDERS]: 'page_of_orders.entries' } });

	const corrected = await learned(bench.fondo({ baseUrl: gateway.url, vendorCorrections }));
	expect(corrected.of(ORDERS).filter(({ difference }) => difference !== 'not seen')).toEqual([]);
	expect(corrected.summary.correctionsNow).toBe(`fields: partnerRef → clientRef; envelope: ${ORDERS} → page_of_orders.entries`);
});

test('amounts under a name that says öre: the correction divides these amounts, and no others', async () => {
	const change = (body: unknown, { path }: Received) =>
		path.endsWith('/order') ? rows(body, ({ amount, ...row }) => ({ ...row, amountOre: Math.round(Number(amount) * 100) })) : body;
	const { of, summary } = await learned(fondoBehind(change));
	expect(of(ORDERS).filter(({ difference }) => difference === 'renamed')).toMatchObject([
		{ path: '$[*].amount', seen: 'the name amountOre, whole number' },
	]);
	expect(JSON.parse(String(summary.vendorCorrections))).toEqual({ fields: { amountOre: 'amount' }, minorUnits: ['amountOre'] });
});

test('types, formats, words and lengths are named without a value', async () => {
	const change = (body: unknown, { path }: Received) =>
		path.endsWith('/order')
			? rows(body, (row) => ({
					...row,
					amount: '1500,50',
					status: 'parked',
					createdDate: '29/11/2026',
					id: 987_654_321,
					extra: 'Anna Svensson',
				}))
			: body;
	const { of } = await learned(fondoBehind(change));
	const found = of(ORDERS).filter(({ difference }) => difference !== 'not seen');
	expect(found.map(({ path, difference, expected, seen, effect }) => [path, difference, expected, seen, effect])).toEqual([
		['$[*].extra', 'new', 'nothing', 'text of 13 characters', 'ignores'],
		['$[*].id', 'type', 'text', 'whole number', 'works'],
		['$[*].status', 'value', 'one of the words of the contract', 'text of 6 characters', 'works'],
		['$[*].amount', 'type', 'number', 'number with a comma as text of 7 characters', 'works'],
		['$[*].createdDate', 'format', 'date and time with zone', 'day in another order of 10 characters', 'ignores'],
	]);
});

test('a name that looks like data, repeats a value, or is the key of a map is masked', async () => {
	const others = { '19121212-1212': 1, 'anna@example.se': 1, zebra: 'zebra', plain: 1, '6e0f9a1c-3b7d-4c52-9d18-2f4a6b8c0d1e': 1 };
	const change = (body: unknown, { path }: Received) => {
		if (path.endsWith('/order')) return rows(body, (row) => ({ ...row, ...others }));
		return path.endsWith('/account') ? rows(body, (row) => ({ ...row, owner: { anna: { born: 1 }, erik: { born: 1 } } })) : body;
	};
	const { of } = await learned(fondoBehind(change));
	const added = (route: string) => of(route).flatMap(({ path, difference }) => (difference === 'new' ? [path] : []));
	expect(added(ORDERS).sort()).toEqual(['$[*].plain', '$[*].{key}', '$[*].{key}']);
	expect(added('GET /v2/partner/client/{client_id}/account')).toEqual(['$[*].owner.{key}']);
});

test('Include Writes by Validate Only sends one check, and Fondo places nothing', async () => {
	const before = calls().length;
	const { of } = await learned(bench.fondo(), { includeChecks: true });
	const posts = calls()
		.slice(before)
		.filter(({ method, path }) => method === 'POST' && !path.includes('/auth/'));
	expect(posts.map(({ path }) => path)).toEqual([expect.stringMatching(/\/order$/)]);
	expect(of('POST /v2/partner/client/{client_id}/order')).toEqual([]);
	expect(bench.sandbox.admin.ledger('learn-shapes')).toEqual([]);
});
