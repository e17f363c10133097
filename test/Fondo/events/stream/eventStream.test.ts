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
	['a token that no header can hold', 'ws://127.0.0.1:9/subscribe', 'to\nken'],
	['an address that is none', 'ws://127.0.0.1:9/#here', 'token'],
])('%s is trouble like any other, and is tried again', async (_, url, token) => {
	speedUp(200);
	const errors: unknown[] = [];
	const stream = new EventStream({
		url,
		idleTimeout: new IdleTimeout(120_000),
		checkEveryMs: 0,
		authorise: async () => token,
		readLists: async () => ({ changes: [], readAt: undefined }),
		deliver: () => undefined,
		onMalformed: () => undefined,
		trouble: (error) => errors.push(error),
		checkFailed: () => undefined,
		recovered: () => undefined,
	});
	stream.begin();
	while (errors.length < 3) await new Promise((resolve) => setTimeout(resolve, 1));
	stream.stop();
	expect(errors.length).toBeGreaterThanOrEqual(3);
});

test('a connection that is lost takes with it what waits for the next look at the lists', async () => {
	speedUp(200);
	const checkEveryMs = 86_400_000;
	const pending = new Set<number>();
	const sleep = clock.sleep;
	let looks = 0;
	clock.sleep = async (ms, signal) => {
		if (ms !== checkEveryMs) return await sleep(ms, signal);
		const look = ++looks;
		pending.add(look);
		await sleep(ms, signal).finally(() => pending.delete(look));
	};
	const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
	await once(server, 'listening');
	const stream = new EventStream({
		url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}`,
		idleTimeout: new IdleTimeout(120_000),
		checkEveryMs,
		authorise: async () => 'token',
		readLists: async () => ({ changes: [], readAt: undefined }),
		deliver: () => undefined,
		onMalformed: () => undefined,
		trouble: () => undefined,
		checkFailed: () => undefined,
		recovered: () => undefined,
	});
	const waits = async (look: number) => {
		while (!pending.has(look)) await new Promise((resolve) => setTimeout(resolve, 1));
	};
	stream.begin();
	await waits(1);
	for (const client of server.clients) client.terminate();
	await waits(2);
	expect([...pending]).toEqual([2]);
	stream.stop();
	await new Promise((resolve) => setTimeout(resolve, 1));
	expect([...pending]).toEqual([]);
	for (const client of server.clients) client.terminate();
	server.close();
});
