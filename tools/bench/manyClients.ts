import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { WebSocketServer, type WebSocket } from 'ws';

/** What each answer takes, so that calls at the same time can be counted. */
const LATENCY_MS = 10;
/** Longer than any pause of a trigger that reads the lists of many clients. */
const QUIET_MS = 5_000;

/** A Fondo with many clients and empty lists, which counts what a trigger asks of it. */
export class ManyClients {
	readonly ids: readonly string[];
	/** Calls so far, tokens among them, and the calls that were under way at the same time at most. */
	calls = 0;
	tokens = 0;
	mostAtOnce = 0;
	private underWay = 0;
	private sent = 0;
	private readonly sockets = new Map<string, WebSocket>();
	private readonly ws = new WebSocketServer({ noServer: true });
	private readonly http = createServer((request, response) => {
		this.calls += 1;
		this.underWay += 1;
		this.mostAtOnce = Math.max(this.mostAtOnce, this.underWay);
		const isToken = request.url?.includes('/auth/') === true;
		if (isToken) this.tokens += 1;
		void sleep(LATENCY_MS).then(() => {
			this.underWay -= 1;
			response.setHeader('content-type', 'application/json');
			response.end(JSON.stringify(isToken ? { access_token: 'token', expires_in: 86_400 } : []));
		});
	});

	constructor(count: number) {
		this.ids = Array.from({ length: count }, (_, index) => `client-${index}`);
		this.http.on('upgrade', (request, socket, head) => {
			const id = /client\/([^/]+)\/subscribe/.exec(request.url ?? '')?.[1] ?? '';
			this.ws.handleUpgrade(request, socket, head, (opened) => {
				this.sockets.set(id, opened);
				opened.on('close', () => this.sockets.get(id) === opened && this.sockets.delete(id));
			});
		});
	}

	async open(): Promise<string> {
		this.http.listen(0, '127.0.0.1');
		await once(this.http, 'listening');
		return `http://127.0.0.1:${(this.http.address() as AddressInfo).port}`;
	}

	get connections(): number {
		return this.sockets.size;
	}

	/** Resolves when the trigger has asked nothing for a while: it has read the lists of all clients. */
	async untilQuiet(): Promise<void> {
		for (let calls = -1; calls !== this.calls;) {
			calls = this.calls;
			await sleep(QUIET_MS);
		}
	}

	/** A new order at the next client. */
	send(): void {
		const client = this.ids[this.sent % this.ids.length];
		this.sent += 1;
		const now = new Date().toISOString();
		const current = { id: `order-${this.sent}`, status: 'received', createdDate: now, modifiedDate: now };
		this.sockets.get(client)?.send(JSON.stringify({ eventType: 'order.create', current }));
	}

	/** Ends all streams at once, as an outage does. */
	cut(): void {
		for (const socket of this.sockets.values()) socket.terminate();
		this.sockets.clear();
		this.mostAtOnce = 0;
		this.calls = 0;
	}

	close(): void {
		this.cut();
		this.http.closeAllConnections();
		this.http.close();
	}
}
