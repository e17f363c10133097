import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Received {
	method: string;
	url: string;
	path: string;
	query: Record<string, string>;
	headers: IncomingHttpHeaders;
	body: string;
}

export interface Reply {
	status?: number;
	headers?: Record<string, string>;
	/** An object goes out as JSON, a text as it is. */
	body?: unknown;
}

export interface TinyServer {
	readonly url: string;
	/** All but token calls. */
	readonly received: Received[];
	readonly tokenCalls: Received[];
	/** What it answers; a test replaces it. Nothing cuts the connection. */
	answer: (request: Received, count: number) => Reply | undefined | Promise<Reply | undefined>;
	token: (request: Received, count: number) => Reply | Promise<Reply>;
	reset(): void;
	stop(): Promise<void>;
}

/** A server for the tests of a file, or of a `describe`. */
export function useServer(): TinyServer {
	const server = newServer();
	beforeAll(server.start);
	afterAll(server.stop);
	return server;
}

export async function startServer(): Promise<TinyServer> {
	const server = newServer();
	await server.start();
	return server;
}

/** A server for what the sandbox cannot do: it gives every caller a token, and responds as the test says. */
function newServer() {
	const received: Received[] = [];
	const tokenCalls: Received[] = [];
	const http = createServer(async (request, response) => {
		const call = await read(request);
		const isToken = call.path.includes('/auth/t');
		const calls = isToken ? tokenCalls : received;
		calls.push(call);
		const reply = isToken ? await server.token(call, calls.length) : await server.answer(call, calls.length);
		if (reply === undefined) request.socket.destroy();
		else send(response, reply);
	});
	const token = (_: Received, count: number): Reply => ({ body: { access_token: `token-${count}`, expires_in: 3600 } });
	const answer = (): Reply => ({ body: {} });
	const server = {
		get url() {
			return `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
		},
		received,
		tokenCalls,
		answer: answer as TinyServer['answer'],
		token: token as TinyServer['token'],
		start: async () => await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve)),
		reset: () => {
			received.length = 0;
			tokenCalls.length = 0;
			Object.assign(server, { answer, token });
		},
		stop: async () => {
			http.closeAllConnections();
			await new Promise<void>((resolve) => http.close(() => resolve()));
		},
	};
	return server;
}

async function read(request: IncomingMessage): Promise<Received> {
	const parts: Buffer[] = [];
	for await (const part of request) parts.push(part as Buffer);
	const { method = '', url = '', headers } = request;
	const { pathname, searchParams } = new URL(url, 'http://localhost');
	return { method, url, path: pathname, query: Object.fromEntries(searchParams), headers, body: Buffer.concat(parts).toString('utf8') };
}

function send(response: ServerResponse, { status = 200, headers = {}, body }: Reply): void {
	const isJson = typeof body === 'object' && body !== null;
	response.writeHead(status, { ...(isJson ? { 'content-type': 'application/json' } : {}), ...headers });
	response.end(isJson ? JSON.stringify(body) : body);
}

/** Passes a call on to another server and gives its answer: for a gateway that fails after the effect. */
export async function pass(target: string, { method, url, headers, body }: Received): Promise<Reply> {
	const names = ['authorization', 'content-type', 'accept', 'idempotency-key', 'x-tenant-id'];
	const sent = Object.fromEntries(names.flatMap((name) => (typeof headers[name] === 'string' ? [[name, headers[name]]] : [])));
	const answer = await fetch(new URL(url, target), { method, headers: sent, ...(body === '' ? {} : { body }) });
	return { status: answer.status, headers: { 'content-type': answer.headers.get('content-type') ?? '' }, body: await answer.text() };
}
