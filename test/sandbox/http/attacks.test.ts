// What a web page in a browser on this machine can try, and what no program should send.
import { once } from 'node:events';
import { request } from 'node:http';
import { connect } from 'node:net';
import { WebSocket } from 'ws';
import { FONDO_DEMO } from '../../../sandbox';
import { Bench, type Caller } from '../caller';

let bench: Bench;
let fondo: Caller;
beforeAll(async () => {
	bench = await Bench.open();
	fondo = await bench.fondo();
});
afterAll(() => bench.stop());

const SERVERS = ['fondoUrl', 'finvisUrl', 'adminUrl'] as const;
type Headers = Readonly<Record<string, string>>;

interface Answer {
	readonly status: number;
	readonly headers: Readonly<Record<string, unknown>>;
	readonly body: string;
}

/** A request as it is written here: no client adds or corrects headers. */
async function send(url: string, { method = 'GET', headers = {}, body = '' }: { method?: string; headers?: Headers; body?: string } = {}) {
	return await new Promise<Answer>((resolve, reject) => {
		const sent = request(url, { method, headers }, (response) => {
			let text = '';
			response.setEncoding('utf8').on('data', (part: string) => (text += part));
			response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text }));
		});
		sent.on('error', reject).end(body);
	});
}

const portOf = (url: string) => Number(new URL(url).port);
const isUp = async () => expect((await send(`${bench.sandbox.adminUrl}/health`)).body).toBe('{"status":"ready"}');

/** The status with which the server answers to the upgrade; 101 when it opens the stream. */
async function upgrade(url: string, headers: Headers = {}) {
	const socket = new WebSocket(url, { headers });
	return await new Promise<number>((resolve) => {
		socket.on('error', () => undefined);
		socket.on('unexpected-response', (_request, response) => resolve(response.statusCode ?? 0));
		socket.on('open', () => resolve(101));
	}).finally(() => socket.terminate());
}

/** Sends bytes and waits until the server has closed the connection. */
async function sendRaw(port: number, bytes: string, andReset = false) {
	const socket = connect(port, '127.0.0.1');
	socket.on('error', () => undefined);
	await once(socket, 'connect');
	socket.write(bytes);
	if (andReset) socket.resetAndDestroy();
	else socket.resume();
	await Promise.race([once(socket, 'close'), new Promise((resolve) => setTimeout(resolve, 300))]);
	socket.destroy();
}

describe.each(SERVERS)('%s', (server) => {
	const url = () => bench.sandbox[server];

	test.each([
		['a page of another site', { origin: 'https://evil.example' }],
		['a page without an origin', { origin: 'null' }],
		['a page of another port', { origin: 'http://127.0.0.1:1' }],
		['a picture or script of another site', { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors', 'sec-fetch-dest': 'image' }],
		['a frame of another site', { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'iframe' }],
		['a page of another port that the browser calls same-site', { 'sec-fetch-site': 'same-site', 'sec-fetch-mode': 'cors' }],
	])('refuses %s, whatever it asks', async (_who, headers) => {
		for (const method of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'HEAD']) {
			for (const path of ['/', '/reset', '/ledger', '/health', '/accounts/', '/v2/partner/auth/token', '/auth/token/']) {
				const { status, headers: sent } = await send(`${url()}${path}`, { method, headers });
				expect([method, path, status]).toEqual([method, path, 403]);
				expect(Object.keys(sent).filter((name) => name.startsWith('access-control-'))).toEqual([]);
			}
		}
	});

	test.each(['evil.example', '127.0.0.1.evil.example', '127.0.0.1@evil.example', 'localhost.evil.example:4030', '0.0.0.0', '[::2]'])(
		'refuses the name %p, which an attacker can let resolve to this machine',
		async (name) => {
			const host = /:\d+$/.test(name) ? name : `${name}:${portOf(url())}`;
			for (const path of ['/', '/health', '/ledger', '/v2/partner/client']) {
				expect((await send(`${url()}${path}`, { headers: { host } })).status).toBe(403);
			}
		},
	);

	test('stays up whatever it gets', async () => {
		const port = portOf(url());
		const paths = [
			'//',
			'///',
			'//evil.example/',
			'/%',
			'/%ff',
			'/\\',
			'*',
			'/?%',
			'/#',
			`/${'a'.repeat(9_000)}`,
			'/journey/%',
			'//4010//',
		];
		for (const path of paths) {
			for (const more of ['', 'Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Key: x\r\n']) {
				for (const andReset of [false, true]) {
					await sendRaw(port, `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n${more}Connection: close\r\n\r\n`, andReset);
				}
			}
		}
		for (const bytes of [
			'\0\0\0',
			'GET / HTTP/9.9\r\n\r\n',
			'POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: -1\r\n\r\n',
			'\x16\x03\x01',
		]) {
			await sendRaw(port, bytes);
		}
		await isUp();
	});
});

test('a link of another site opens the page, and a program needs no header', async () => {
	const link = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' };
	expect((await send(`${bench.sandbox.adminUrl}/`, { headers: link })).status).toBe(200);
	expect((await send(`${bench.sandbox.fondoUrl}/journey/unknown`, { headers: link })).status).toBe(404);
	expect((await send(`${bench.sandbox.adminUrl}/ui/reset`, { method: 'POST', headers: link })).status).toBe(403);
	const port = portOf(bench.sandbox.adminUrl);
	for (const host of [`localhost:${port}`, '127.0.0.1', `[::1]:${port}`]) {
		expect((await send(`${bench.sandbox.adminUrl}/health`, { headers: { host } })).status).toBe(200);
	}
});

test('a web page gets no token, even though it knows the client', async () => {
	const form = new URLSearchParams({
		grant_type: 'client_credentials',
		client_id: FONDO_DEMO.clientId,
		client_secret: FONDO_DEMO.clientSecret,
	});
	const headers = { origin: 'https://evil.example', 'content-type': 'application/x-www-form-urlencoded' };
	const answer = await send(`${bench.sandbox.fondoUrl}/v2/partner/auth/token`, { method: 'POST', headers, body: String(form) });
	expect([answer.status, answer.body]).toEqual([403, expect.not.stringContaining('access_token')]);
});

describe('the event stream', () => {
	const address = (path: string) => bench.sandbox.fondoUrl.replace('http', 'ws') + path;
	const own = async () => `/v2/partner/client/${(await fondo.get('/v2/partner/client')).json[0].id}/subscribe`;
	const authorization = () => ({ authorization: `Bearer ${fondo.token}` });

	test('opens for a program, and not for a web page, even with a token', async () => {
		const url = address(await own());
		expect(await upgrade(url, authorization())).toBe(101);
		expect(await upgrade(url, { ...authorization(), origin: 'https://evil.example' })).toBe(403);
		expect(await upgrade(url, { ...authorization(), host: 'evil.example' })).toBe(403);
		expect(await upgrade(url, { ...authorization(), 'sec-fetch-site': 'cross-site' })).toBe(403);
	});

	test.each(['//', '///', '//evil.example/', '/%', '/?', '/a/'])('refuses %p and stays up, also a long one', async (path) => {
		expect(await upgrade(address(path), authorization())).toBe(404);
		expect(await upgrade(address(path + 'a/'.repeat(2_000)), authorization())).toBe(404);
		await isUp();
	});
});
