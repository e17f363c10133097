/** Answers of writes and single reads in other forms: the item has the object's own fields at its top. */
import { Engine } from '../../support/n8n';
import { byId } from '../../support/samples';
import { type Reply, useServer } from '../../support/server';
import { giveTimeBack, skipWaits } from '../../support/time';

const server = useServer();
beforeEach(() => {
	server.reset();
	skipWaits();
});
afterEach(giveTimeBack);

const fondo = () => new Engine('fondo', { environment: 'custom', baseUrl: server.url, clientId: 'a', clientSecret: 'b' });
let orders = 0;

/** Places one order at a server that answers with `reply`, and then lists the order. */
async function place(reply: (order: Record<string, unknown>) => Reply) {
	const reference = `answer-${(orders += 1)}`;
	let listed: Array<Record<string, unknown>> = [];
	server.answer = ({ method, body, query }) => {
		if (method === 'GET') return { body: query.start === undefined ? listed : [] };
		const order = { ...(JSON.parse(body) as object), id: `o-${orders}`, sortedId: '01J1', status: 'received' };
		listed = [order];
		return reply(order);
	};
	const client = byId(`c-${orders}`);
	const values = { client, account: byId('a-1'), orderType: 'subscription', instrument: byId('i-1'), amount: 500, reference };
	const run = await fondo().run({ resource: 'order', operation: 'create', parameters: values });
	return { ...run, id: `o-${orders}`, posts: server.received.filter(({ method }) => method === 'POST').length };
}

test.each<[string, (order: Record<string, unknown>) => Reply]>([
	['200', (body) => ({ body })],
	['201', (body) => ({ status: 201, body })],
	['202', (body) => ({ status: 202, body })],
	['204', () => ({ status: 204 })],
	['303 and its place', ({ id }) => ({ status: 303, headers: { location: `/order/${String(id)}` } })],
	['the ID alone', ({ id }) => ({ status: 201, body: { id } })],
	['data', (data) => ({ body: { data } })],
	['result and success', (result) => ({ body: { success: true, result } })],
	['its own name', (order) => ({ status: 201, body: { order, meta: { requestId: 'r' } } })],
	['two envelopes', (order) => ({ body: { response: { order } } })],
	['a list of one', (order) => ({ body: [order] })],
	['a list of one in an envelope', (order) => ({ body: { data: [order] } })],
	['its amount as text', (order) => ({ body: { ...order, amount: '500.00' } })],
	['its amount with an exponent', (order) => ({ body: { ...order, amount: '5e2' } })],
])('an order answered with %s is created once, with its own ID', async (_, reply) => {
	const { json, id, posts, error } = await place(reply);
	expect(error).toBeUndefined();
	expect(json[0]).toMatchObject({ id, receipt: { outcome: 'created' } });
	expect(posts).toBe(1);
});

test('an amount a hundred times what was sent is never called created', async () => {
	const { error, posts } = await place((order) => ({ body: { data: { ...order, amount: 50_000 } } }));
	expect(error?.message).toMatch(/^Fondo answered with other values than were sent under 'answer-\d+'$/);
	expect(posts).toBe(1);
});

test.each<[string, unknown]>([
	['data', { data: { id: 'o-1', amount: 1 } }],
	['a list of one', [{ id: 'o-1', amount: 1 }]],
	['its own name', { order: { id: 'o-1', amount: 1 } }],
])('a read answered with %s gives the object', async (_, body) => {
	server.answer = () => ({ body });
	const { json } = await fondo().run({ resource: 'order', operation: 'get', parameters: { client: byId('c-1'), order: byId('o-1') } });
	expect(json).toEqual([{ id: 'o-1', amount: 1 }]);
});

test('an answer with two objects stays as it is', async () => {
	const body = { order: { id: 'o-1' }, account: { id: 'a-1' } };
	server.answer = () => ({ body });
	const { json } = await fondo().run({ resource: 'order', operation: 'get', parameters: { client: byId('c-1'), order: byId('o-1') } });
	expect(json).toEqual([body]);
});

test('a report with one row stays as it is', async () => {
	const body = { positions: [{ id: 'p-1', amount: 1 }] };
	server.answer = () => ({ body });
	const finvis = new Engine('finvis', { environment: 'custom', baseUrl: server.url, clientId: 'a', clientSecret: 'b' });
	expect((await finvis.run({ resource: 'report', operation: 'getPositions' })).json).toEqual([body]);
});
