import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import type { IDataObject } from 'n8n-workflow';
import type { PerMessageDeflateOptions } from 'ws';
import { WebSocketServer } from 'ws';
import { clock } from '../../../nodes/shared/core/clock';
import type { FondoType } from '../../support/n8n';
import { Engine } from '../../support/n8n';

export const CLIENT = 'client-1';

type List = 'order' | 'account' | 'transaction/cash' | 'transaction/fund';

/** A Fondo that does as a test says: its lists, its stream, and how it refuses. */
export class Fondo {
	readonly lists: Partial<Record<List, IDataObject[]>> = {};
	readonly journeys: Record<string, IDataObject> = {};
	/** The rows of a list by its address, where clients have different ones. */
	rowsAt?: (path: string) => IDataObject[];
	/** The HTTP status of each path that ends so; other paths work. */
	readonly refused: Record<string, number> = {};
	/** Answers an upgrade itself: returns true when it has. */
	onUpgrade: (request: IncomingMessage, socket: Duplex) => boolean = () => false;
	/** How far its clock is ahead of n8n's. */
	aheadMs = 0;
	readonly reads: string[] = [];
	/** Milliseconds that each answer takes; how many calls are under way, and were at most. */
	delayMs = 0;
	private underWay = 0;
	mostAtOnce = 0;
	/** How many tokens were given; only the last one is good, until it expires. */
	tokens = 0;
	private token = '';
	private readonly ws: WebSocketServer;
	private readonly http = createServer(async (request, response) => {
		this.underWay += 1;
		this.mostAtOnce = Math.max(this.mostAtOnce, this.underWay);
		if (this.delayMs > 0) await sleep(this.delayMs);
		this.underWay -= 1;
		const { pathname, searchParams } = new URL(request.url ?? '', 'http://fondo');
		this.reads.push(pathname);
		const isExpired = !pathname.includes('/auth/') && request.headers.authorization !== `Bearer ${this.token}`;
		const refused = isExpired ? (['', 401] as const) : Object.entries(this.refused).find(([end]) => pathname.endsWith(end));
		response.setHeader('date', new Date(clock.now() + this.aheadMs).toUTCString());
		response.setHeader('content-type', 'application/json');
		response.writeHead(refused?.[1] ?? 200).end(JSON.stringify(refused ? { detail: 'refused' } : this.answer(pathname, searchParams)));
	});

	constructor(perMessageDeflate?: PerMessageDeflateOptions) {
		this.ws = new WebSocketServer({ noServer: true, perMessageDeflate });
		this.http.on('upgrade', (request, socket, head) => {
			if (!this.onUpgrade(request, socket)) this.ws.handleUpgrade(request, socket, head, (opened) => this.ws.emit('connection', opened));
		});
	}

	private answer(path: string, query: URLSearchParams): unknown {
		if (path.includes('/auth/')) return { access_token: (this.token = `token-${(this.tokens += 1)}`), expires_in: 3600 };
		const journey = /\/journey\/([^/]+)$/.exec(path);
		if (journey) return this.journeys[journey[1]] ?? {};
		const list = Object.keys(this.lists).find((name) => path.endsWith(`/${name}`));
		return list === undefined || query.has('start') ? [] : (this.rowsAt?.(path) ?? this.lists[list as List]);
	}

	async open() {
		this.http.listen(0, '127.0.0.1');
		await once(this.http, 'listening');
		return this;
	}

	async close() {
		this.cut();
		this.http.closeAllConnections();
		await new Promise((resolve) => this.http.close(resolve));
	}

	engine(type: FondoType = 'fondoTrigger') {
		const { port } = this.http.address() as AddressInfo;
		return new Engine(type, { environment: 'custom', baseUrl: `http://127.0.0.1:${port}`, clientId: 'partner', clientSecret: 'secret' });
	}

	expireTokens() {
		this.token = 'expired';
	}

	get connections() {
		return this.ws.clients.size;
	}

	onConnection(handle: () => void) {
		this.ws.on('connection', handle);
	}

	send(...frames: Array<IDataObject | IDataObject[] | string | Buffer>) {
		for (const socket of this.ws.clients)
			for (const frame of frames) socket.send(typeof frame === 'string' || Buffer.isBuffer(frame) ? frame : JSON.stringify(frame));
	}

	end(code: number) {
		for (const socket of this.ws.clients) socket.close(code);
	}

	cut() {
		for (const socket of this.ws.clients) socket.terminate();
	}
}

/** A state of an object at a time of the test's clock. */
export const state = (id: unknown, status: string, at: number | string = clock.now(), more: IDataObject = {}): IDataObject => ({
	id: id as string,
	sortedId: String(id),
	status,
	createdDate: '2026-01-01T00:00:00.000Z',
	modifiedDate: typeof at === 'number' ? new Date(at).toISOString() : at,
	...more,
});

export const update = (current: IDataObject, previous?: IDataObject, eventType = 'order.update'): IDataObject => ({
	eventType,
	current,
	...(previous && { previous }),
});
