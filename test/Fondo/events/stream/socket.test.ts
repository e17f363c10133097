import '../../../support/webSocket';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import { openSocket, IdleTimeout } from '../../../../nodes/Fondo/events/stream/socket';
import { clock } from '../../../../nodes/shared/core/clock';
import { giveTimeBack } from '../../../support/time';

const stops: Array<() => void> = [];
afterEach(() => {
	giveTimeBack();
	for (const stop of stops.splice(0)) stop();
});

/** A server whose sockets the test controls; `upgrade: false` leaves a handshake unanswered. */
async function server({ upgrade = true } = {}) {
	const http = createServer();
	const sockets = new Set<Socket>();
	const waiting = new Set<Duplex>();
	const ws = new WebSocketServer({ noServer: true });
	const authorizations: Array<string | undefined> = [];
	http.on('connection', (socket) => sockets.add(socket.on('close', () => sockets.delete(socket))));
	http.on('upgrade', (request, socket, head) => {
		authorizations.push(request.headers.authorization);
		// A socket that is not read does not notice that the other side has closed it.
		if (!upgrade) waiting.add(socket.resume().on('end', () => waiting.delete(socket)));
		else ws.handleUpgrade(request, socket, head, (accepted) => ws.emit('connection', accepted));
	});
	http.listen(0, '127.0.0.1');
	await once(http, 'listening');
	stops.push(() => {
		for (const socket of sockets) socket.destroy();
		http.close();
	});
	return { url: `ws://127.0.0.1:${(http.address() as AddressInfo).port}`, ws, sockets, waiting, authorizations };
}

function open(url: string, idleTimeout = new IdleTimeout(120_000)) {
	const log: string[] = [];
	let notify: () => void = () => undefined;
	const close = openSocket(url, 'token-1', idleTimeout, {
		opened: () => void (log.push('opened'), notify()),
		frame: (data) => void (log.push(String(data)), notify()),
		ended: ({ message }) => void (log.push(`ended: ${message}`), notify()),
	});
	stops.push(close);
	const until = async (entry: RegExp) => {
		while (!log.some((line) => entry.test(line))) await new Promise<void>((resolve) => (notify = resolve));
	};
	return { log, close, until };
}

test('the token goes with the upgrade, and frames come as they were sent', async () => {
	const { url, ws, authorizations } = await server();
	ws.on('connection', (socket: { send(text: string): void }) => socket.send('{"eventType":"heartbeat"}'));
	const { log, until } = open(url);
	await until(/heartbeat/);
	expect(log).toEqual(['opened', '{"eventType":"heartbeat"}']);
	expect(authorizations).toEqual(['Bearer token-1']);
});

test('a connection that is cut is reported once', async () => {
	const { url, sockets } = await server();
	const { log, until } = open(url);
	await until(/opened/);
	for (const socket of sockets) socket.destroy();
	await until(/ended/);
	await new Promise((resolve) => setTimeout(resolve, 20));
	expect(log.filter((line) => line.startsWith('ended'))).toHaveLength(1);
});

test('no server at the address', async () => {
	const { log, until } = open('ws://127.0.0.1:9');
	await until(/ended/);
	expect(log).toEqual(['ended: the event stream could not be opened']);
});

test('a connection that is silent for too long is closed; heartbeats keep it open', async () => {
	const { url } = await server();
	let silent = () => {};
	clock.sleep = async (ms) => {
		expect(ms).toBeLessThanOrEqual(120_000);
		await new Promise<void>((resolve) => (silent = resolve));
	};
	let now = 0;
	clock.now = () => now;
	const idleTimeout = new IdleTimeout(120_000);
	const { until } = open(url, idleTimeout);
	await until(/opened/);
	now = 30_000;
	silent();
	await new Promise((resolve) => setTimeout(resolve, 5));
	now = 150_001;
	silent();
	await until(/ended: nothing came for too long/);
	expect(idleTimeout.ms).toBe(240_000);
	idleTimeout.learn(90_000);
	expect(idleTimeout.ms).toBe(270_000);
	idleTimeout.learn(600_000);
	expect(idleTimeout.ms).toBe(900_000);
});

test('a handshake that is never answered is aborted', async () => {
	const { url } = await server({ upgrade: false });
	let now = 0;
	clock.now = () => now;
	clock.sleep = async (ms) => {
		expect(ms).toBe(30_000);
		await new Promise((resolve) => setTimeout(resolve, 5));
		now += ms;
	};
	const { until } = open(url);
	await until(/ended: the connection was not opened in time/);
});

test('closing in the middle of the handshake leaves no socket open and calls no callback', async () => {
	const { url, waiting } = await server({ upgrade: false });
	const { log, close } = open(url);
	while (waiting.size === 0) await new Promise((resolve) => setTimeout(resolve, 2));
	close();
	while (waiting.size > 0) await new Promise((resolve) => setTimeout(resolve, 2));
	expect(log).toEqual([]);
});
