import type { IDataObject } from 'n8n-workflow';
import { Engine } from '../../support/n8n';
import { byId } from '../../support/samples';
import { useServer, type Reply, type TinyServer } from '../../support/server';
import { giveTimeBack, skipWaits } from '../../support/time';

const server = useServer();
const other = useServer();
beforeEach(() => {
	server.reset();
	other.reset();
	skipWaits();
});
afterEach(giveTimeBack);

const finvis = (changed: IDataObject = {}) =>
	new Engine('finvis', { environment: 'custom', baseUrl: `${server.url}/public`, clientId: 'a', clientSecret: 'b', ...changed });
const fondo = () => new Engine('fondo', { environment: 'custom', baseUrl: server.url, clientId: 'a', clientSecret: 'b' });

/** The node keeps for good what it has approved, so each test has an approval of its own. */
const approve = (id: string) => ({
	resource: 'approval',
	operation: 'approve',
	parameters: { approval: byId(id), additionalFields: { comment: 'checked' } },
});
const order = {
	resource: 'order',
	operation: 'create',
	parameters: {
		client: byId('c-1'),
		account: byId('a-1'),
		orderType: 'subscription',
		instrument: byId('i-1'),
		amount: 500,
		reference: 'slash-1',
	},
};
const paths = () => server.received.map(({ method, path }) => `${method} ${path}`);

/** A server that wants a slash at the end, and says so in its own way. */
const wantsSlash =
	(status: number, location: (path: string) => string): TinyServer['answer'] =>
	({ method, path }) => {
		if (!path.endsWith('/')) return { status, headers: { location: location(path) } };
		// A list is empty.
		return { body: method === 'GET' ? [] : { id: path.split('/').at(-3) } };
	};

describe.each([301, 302, 307, 308])('%i to the same address with a slash', (status) => {
	test.each([
		['a whole address', (path: string) => `${server.url}${path}/`],
		['a path', (path: string) => `${path}/`],
		['an address without scheme', (path: string) => `${server.url.replace('http:', '')}${path}/`],
	])('as %s is followed with method, body, key and token', async (name, location) => {
		server.answer = wantsSlash(status, location);
		const id = `ap-${status}-${name.replaceAll(' ', '-')}`;
		const { json, error } = await finvis().run(approve(id));
		expect(error).toBeUndefined();
		expect(json[0]).toMatchObject({ id, receipt: { outcome: 'accepted' } });
		const [first, second] = server.received.slice(-2);
		expect(paths().slice(-2)).toEqual([`POST /public/approvals/${id}/approve`, `POST /public/approvals/${id}/approve/`]);
		expect(second.body).toBe(first.body);
		expect(JSON.parse(second.body)).toEqual({ comment: 'checked' });
		for (const name of ['idempotency-key', 'authorization', 'content-type'] as const) {
			expect(second.headers[name]).toBe(first.headers[name]);
			expect(second.headers[name]).toBeDefined();
		}
	});
});

test('a redirect that takes the slash away is followed as well', async () => {
	server.answer = ({ path }) =>
		path.endsWith('/')
			? { status: 308, headers: { location: path.replace(/\/$/, '') } }
			: { body: { results: [{ id: 'b-1' }], next: null } };
	expect((await finvis().run({ resource: 'account', operation: 'getMany' })).json).toEqual([{ id: 'b-1' }]);
});

test('the query goes along, also where the redirect forgets it', async () => {
	server.answer = wantsSlash(301, (path) => `${path}/`);
	await fondo().run({ resource: 'client', operation: 'getMany', parameters: { limit: 7 } });
	expect(server.received.at(-1)).toMatchObject({ path: '/v2/partner/client/', query: { limit: '7' } });
});

test('the credential can set the slash from the start', async () => {
	server.answer = wantsSlash(301, (path) => `${path}/`);
	await finvis({ trailingSlash: 'always' }).run(approve('ap-2'));
	expect(paths().every((path) => path.endsWith('/'))).toBe(true);
	expect(paths()).toContain('POST /public/approvals/ap-2/approve/');
});

/** Redirects that may mean an executed write, or lead away: followed, they would repeat it or leak the token. */
describe.each<[string, (path: string) => Reply]>([
	['303 to the same address with a slash', (path) => ({ status: 303, headers: { location: `${path}/` } })],
	['303 to what was made', () => ({ status: 303, headers: { location: '/v2/partner/client/c-1/order/o-1' } })],
	['302 to what was made', () => ({ status: 302, headers: { location: '/v2/partner/client/c-1/order/o-1/' } })],
	['302 to a login page', () => ({ status: 302, headers: { location: '/login/' } })],
	['307 to the very same address', (path) => ({ status: 307, headers: { location: path } })],
	['308 to another host', (path) => ({ status: 308, headers: { location: `${other.url}${path}/` } })],
	['308 to another host, without scheme', (path) => ({ status: 308, headers: { location: `${other.url.replace('http:', '')}${path}/` } })],
	['308 to nonsense', () => ({ status: 308, headers: { location: 'http://[' } })],
	['301 to nowhere', () => ({ status: 301 })],
	['300 with a choice', (path) => ({ status: 300, headers: { location: `${path}/` } })],
])('%s', (name, reply) => {
	const [status] = name.split(' ');
	const outcome = status === '303' ? 'created' : status === '302' ? 'unknown' : 'rejected';

	test(`is not followed by a write, which is ${outcome}`, async () => {
		server.answer = ({ method, path }) => (method === 'GET' ? { body: [] } : reply(path));
		const { json, error } = await fondo().run({ ...order, parameters: { ...order.parameters, reference: name } });
		const message = outcome === 'unknown' ? `It is not known whether Fondo executed '${name}'` : 'Fondo redirected the call';
		if (outcome === 'created') expect(json[0].receipt).toMatchObject({ outcome });
		else expect(error).toMatchObject({ message, httpCode: status, context: { data: { outcome } } });
		expect(server.received.filter(({ method, headers }) => method === 'POST' && headers.authorization)).toHaveLength(1);
		expect([...other.received, ...other.tokenCalls]).toEqual([]);
	});

	test('is not followed by a read', async () => {
		server.answer = ({ path }) => reply(path);
		const { error } = await finvis().run({ resource: 'account', operation: 'get', parameters: { account: byId('a-1') } });
		expect(error).toMatchObject({ message: 'Finvis redirected the call' });
		expect([...other.received, ...other.tokenCalls]).toEqual([]);
	});
});

test('a server that redirects to and fro is not followed for ever', async () => {
	server.answer = ({ path }) => ({ status: 308, headers: { location: path.endsWith('/') ? path.slice(0, -1) : `${path}/` } });
	expect((await finvis().run(approve('ap-3'))).error?.message).toBe('Finvis redirected the call');
	expect(server.received.length).toBeLessThanOrEqual(3);
});
