import '../../../support/webSocket';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { WebSocketServer } from 'ws';
import { EventStream } from '../../../../nodes/Fondo/events/stream/eventStream';
import { IdleTimeout } from '../../../../nodes/Fondo/events/stream/socket';
import { clock } from '../../../../nodes/shared/core/clock';
import { giveTimeBack, speedUp } from '../../../support/time';

afterEach(giveTimeBack);

test.each([
	['a token that no header can contain', 'ws://127.0.0.1:9/subscribe', 'to\nken'],
	['an invalid address', 'ws://127.0.0.1:9/#here', 'token'],
])('%s is reported as an outage, and the stream tries again', async (_, url, token) => {
	speedUp(200);
	const errors: unknown[] = [];
	const stream = new EventStream({
		url,
		idleTimeout: new IdleTimeout(120_000),
		checkEveryMs: 0,
		authorise: async () => token,
		readLists: async () => ({ changes: [], readAt: undefined, unread: [] }),
		keep: () => undefined,
		deliver: () => undefined,
		read: async () => [],
		explain: async (error) => error,
		onOutage: (error) => errors.push(error),
		onFailedCheck: () => undefined,
		onRecovery: () => undefined,
	});
	stream.start();
	while (errors.length < 3) await new Promise((resolve) => setTimeout(resolve, 1));
	stream.stop();
	expect(errors.length).toBeGreaterThanOrEqual(3);
});

test('a lost connection cancels its scheduled safety check', async () => {
	speedUp(200);
	const checkEveryMs = 86_400_000;
	const pending = new Set<number>();
	const sleep = clock.sleep;
	let checks = 0;
	clock.sleep = async (ms, signal) => {
		if (ms !== checkEveryMs) return await sleep(ms, signal);
		const check = ++checks;
		pending.add(check);
		await sleep(ms, signal).finally(() => pending.delete(check));
	};
	const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
	await once(server, 'listening');
	const stream = new EventStream({
		url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}`,
		idleTimeout: new IdleTimeout(120_000),
		checkEveryMs,
		authorise: async () => 'token',
		readLists: async () => ({ changes: [], readAt: undefined, unread: [] }),
		keep: () => undefined,
		deliver: () => undefined,
		read: async () => [],
		explain: async (error) => error,
		onOutage: () => undefined,
		onFailedCheck: () => undefined,
		onRecovery: () => undefined,
	});
	const isScheduled = async (check: number) => {
		while (!pending.has(check)) await new Promise((resolve) => setTimeout(resolve, 1));
	};
	stream.start();
	await isScheduled(1);
	for (const client of server.clients) client.terminate();
	await isScheduled(2);
	expect([...pending]).toEqual([2]);
	stream.stop();
	await new Promise((resolve) => setTimeout(resolve, 1));
	expect([...pending]).toEqual([]);
	for (const client of server.clients) client.terminate();
	server.close();
});
