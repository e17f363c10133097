/** Redirects over real sockets: to https of the same host they keep method, body and key; none leads to another server. */
import type { IDataObject } from 'n8n-workflow';
import { Engine } from '../../support/n8n';
import { byId } from '../../support/samples';
import { useHttpsFront } from '../../support/httpsFront';
import { useServer, type TinyServer } from '../../support/server';
import { giveTimeBack, skipWaits } from '../../support/time';

const plain = useServer();
const secure = useServer();
const other = useServer();
const front = useHttpsFront(plain, secure);
beforeEach(() => {
	for (const server of [plain, secure, other]) server.reset();
	skipWaits();
});
afterEach(giveTimeBack);

const finvis = (scheme: string, changed: IDataObject = {}) =>
	new Engine('finvis', {
		environment: 'custom',
		baseUrl: `${scheme}://${front.host}/public`,
		clientId: 'a',
		clientSecret: 'b',
		...changed,
	});
const approve = (id: string) => ({
	resource: 'approval',
	operation: 'approve',
	parameters: { approval: byId(id), additionalFields: { comment: 'checked' } },
});
const posts = ({ received }: TinyServer) => received.filter(({ method }) => method === 'POST');
/** A list is empty, and a write is done. */
const done: TinyServer['answer'] = ({ method, path }) => ({ body: method === 'GET' ? [] : { id: path.split('/')[3] } });

describe.each([301, 302, 307, 308])('%i', (status) => {
	test('from http to https on the same host is followed with method, body, key and token', async () => {
		plain.answer = ({ path }) => ({ status, headers: { location: `https://${front.host}${path}` } });
		secure.answer = done;
		const { json, error } = await finvis('http').run(approve(`https-${status}`));
		expect(error).toBeUndefined();
		expect(json[0]).toMatchObject({ id: `https-${status}`, receipt: { outcome: 'accepted' } });
		const [[first], [second]] = [posts(plain), posts(secure)];
		expect([posts(plain).length, posts(secure).length]).toEqual([1, 1]);
		expect([second.path, second.body]).toEqual([first.path, first.body]);
		for (const name of ['idempotency-key', 'authorization', 'content-type'] as const) {
			expect(second.headers[name]).toBeDefined();
			expect(second.headers[name]).toBe(first.headers[name]);
		}
	});

	test('to https and then to the slash form is followed', async () => {
		plain.answer = ({ path }) => ({ status, headers: { location: `https://${front.host}${path}` } });
		secure.answer = (call, count) => (call.path.endsWith('/') ? done(call, count) : { status, headers: { location: `${call.path}/` } });
		const { error } = await finvis('http').run(approve(`both-${status}`));
		expect(error).toBeUndefined();
		expect(posts(secure).map(({ path }) => path)).toEqual([
			`/public/approvals/both-${status}/approve`,
			`/public/approvals/both-${status}/approve/`,
		]);
	});

	test.each<[string, (path: string) => string]>([
		['another host', (path) => `https://elsewhere.invalid${path}/`],
		['another port', (path) => `${other.url.replace('http:', 'https:')}${path}/`],
		['another port by http', (path) => `${other.url}${path}/`],
		['http from https', (path) => `http://${front.host}${path}/`],
		['another path', (path) => `https://${front.host}${path}/login`],
	])('to %s is not followed, and the message names the address without its query', async (name, address) => {
		const id = `away-${status}-${name.replaceAll(' ', '-')}`;
		const location = (path: string) => `${address(path).replace('//', '//user:pass@')}?token=hidden#part`;
		secure.answer = ({ method, path }) => (method === 'GET' ? { body: [] } : { status, headers: { location: location(path) } });
		const { error } = await finvis('https').run(approve(id));
		expect(error?.message).toBe(status === 302 ? 'It is not known whether Finvis executed this' : 'Finvis redirected the call');
		expect(error?.description).toContain(`It leads to ${address(`/public/approvals/${id}/approve`)}, and`);
		expect(JSON.stringify(error)).not.toMatch(/hidden|user:pass/);
		expect(posts(secure)).toHaveLength(1);
		expect([...plain.received, ...other.received, ...other.tokenCalls]).toEqual([]);
	});
});

test('Check Setup names https as the base URL', async () => {
	plain.answer = ({ path }) => ({ status: 308, headers: { location: `https://${front.host}${path}` } });
	secure.answer = () => ({ body: [] });
	const { json } = await finvis('http').run({ resource: 'system', operation: 'checkSetup' });
	expect(json[0]).toMatchObject({ check: 'Host', status: 'warning', instruction: expect.stringContaining("begin with 'https://'") });
	expect(json.find(({ check }) => check === 'Token')).toMatchObject({ status: 'ok' });
});

describe('a following page over https', () => {
	const rows = Array.from({ length: 4 }, (_, index) => ({ id: `row-${index}` }));
	const accounts = async (next: string, link = false) => {
		secure.answer = ({ query }) => {
			if (query.page === '2') return { body: link ? rows.slice(2) : { results: rows.slice(2), next: null } };
			const body = rows.slice(0, 2);
			return link ? { body, headers: { link: `<${next}>; rel="next"` } } : { body: { results: body, next } };
		};
		return await finvis('https').run({ resource: 'account', operation: 'getMany', parameters: { returnAll: true } });
	};

	describe.each([
		['next', false],
		['a Link header', true],
	])('in %s', (_, isLink) => {
		test.each<[string, () => string]>([
			['a whole address', () => `https://${front.host}/public/accounts/?page=2`],
			['a path', () => '/public/accounts/?page=2'],
			['a query', () => '?page=2'],
			['an address without scheme', () => `//${front.host}/public/accounts/?page=2`],
			['an address by http, as a server behind a proxy knows itself', () => `http://${front.host}/public/accounts/?page=2`],
			['an address of another host, as a server behind a proxy knows itself', () => 'http://internal:8000/accounts?page=2'],
		])('as %s is read, at the address of the credential', async (__, next) => {
			const { json, error } = await accounts(next(), isLink);
			expect(error).toBeUndefined();
			expect(json).toEqual(rows);
			expect([...plain.received, ...other.received]).toEqual([]);
		});

		test.each<[string, () => string]>([
			['another list', () => `https://${front.host}/public/companies/?page=2`],
			['another list at another host', () => 'https://elsewhere.invalid/public/companies/?page=2'],
			['no list', () => `${other.url}/?page=2`],
			['another scheme', () => `ftp://${front.host}/public/accounts/?page=2`],
		])('to %s is refused by its address without the query', async (__, next) => {
			const { json, error } = await accounts(next(), isLink);
			const address = new URL(next(), `https://${front.host}`);
			expect(json).toEqual([]);
			expect(error?.message).toBe('The list could not be read to its end');
			expect(error?.description).toContain(
				`The API leads to another address for the following page, ${address.protocol}//${address.host}${address.pathname}.`,
			);
			expect(error?.description).not.toContain('page=2');
			expect([...plain.received, ...other.received]).toEqual([]);
		});
	});
});
