import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type WebSocket } from 'ws';
import { Random } from '../data/random';
import type { Fault } from '../faults';
import type { World } from '../world';
import { StreamFaults } from './streamFaults';

const PATH = /^\/v2\/partner\/client\/([^/]+)\/subscribe\/?$/;

const HEARTBEAT = JSON.stringify({ eventType: 'heartbeat' });

/** What a fault makes of an upgrade; 0 cuts the connection. */
function statusOf({ kind, status }: Fault): number {
	if (kind === 'expired_token') return 401;
	if (kind === 'rate_limit') return 429;
	return kind === 'status' ? (status ?? 500) : 0;
}

/** The event stream of each client, over WebSocket. */
export class Stream {
	private readonly server = new WebSocketServer({ noServer: true });
	private readonly sockets = new Map<WebSocket, string>();
	private heartbeat: NodeJS.Timeout | undefined;
	readonly faults: StreamFaults;

	constructor(
		private readonly current: () => World,
		seed: number,
	) {
		this.faults = new StreamFaults(new Random(seed + 3));
	}

	attach(server: Server): void {
		server.on('upgrade', (request, socket, head) => this.upgrade(request, socket, head));
		this.beatLater();
	}

	/** Sends a frame to the listeners of a client; without a client to all. */
	publish(clientId: string | undefined, frame: object): number {
		const listeners = [...this.sockets].filter(([, listensTo]) => clientId === undefined || listensTo === clientId);
		const send = (text: string): void => {
			for (const [socket] of listeners) socket.send(text);
		};
		const faults = listeners.length === 0 ? [] : this.faults.pass(clientId ?? '', JSON.stringify(frame), send);
		this.current().events.write({ clientId, frame, listeners: listeners.length, faults });
		if (faults.includes('cut')) this.cut();
		return listeners.length;
	}

	/** Breaks every connection without a closing handshake, as a lost network does. */
	cut(): number {
		const count = this.sockets.size;
		for (const socket of this.sockets.keys()) socket.terminate();
		return count;
	}

	get connections(): number {
		return this.sockets.size;
	}

	/** Whose events are listened to, a client id for each connection. */
	get clientIds(): string[] {
		return [...this.sockets.values()];
	}

	stop(): void {
		clearTimeout(this.heartbeat);
		this.cut();
		this.server.close();
	}

	private upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
		const world = this.current();
		const path = new URL(request.url ?? '/', 'http://127.0.0.1').pathname;
		const [fault] = world.faults.strike({ api: 'fondo', method: 'GET', path, operationId: 'getWebsocket' });
		const refusal = fault === undefined ? this.refusal(request, path, world) : statusOf(fault);
		world.log.write(
			{
				time: new Date().toISOString(),
				api: 'fondo',
				method: 'GET',
				path,
				query: '',
				operationId: 'getWebsocket',
				status: refusal ?? 101,
				durationMs: 0,
				fault: fault?.kind,
			},
			request.headers,
		);
		if (refusal === 0) {
			socket.destroy();
			return;
		}
		if (refusal !== undefined) {
			socket.end(`HTTP/1.1 ${refusal} Refused\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
			return;
		}
		const clientId = PATH.exec(path)?.[1] ?? '';
		this.server.handleUpgrade(request, socket, head, (accepted) => {
			this.sockets.set(accepted, clientId);
			accepted.on('error', () => accepted.terminate());
			accepted.on('close', () => this.sockets.delete(accepted));
		});
	}

	private refusal(request: IncomingMessage, path: string, world: World): number | undefined {
		const clientId = PATH.exec(path)?.[1];
		if (clientId === undefined) return 404;
		if (world.settings.fondo.refuseUpgrades) return 503;
		const grant = world.tokens.find('fondo', request.headers.authorization);
		if (grant === undefined) return 401;
		const readable = grant.scopes === undefined || grant.scopes.includes('account:read');
		return readable && world.fondo.clients.get(clientId) !== undefined ? undefined : 403;
	}

	private beatLater(): void {
		this.heartbeat = setTimeout(() => {
			if (!this.faults.silent) for (const socket of this.sockets.keys()) socket.send(HEARTBEAT);
			this.beatLater();
		}, this.current().settings.fondo.heartbeatSeconds * 1000);
		this.heartbeat.unref();
	}
}
