import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import { pathOf, refusalOf } from '../http/guard';
import type { Fault } from '../state/faults';
import { Random } from '../state/random';
import type { State } from '../state/state';
import type { FondoContext } from './context';
import { StreamFaults } from './streamFaults';
import { readFondo } from './vendorFields';

const PATH = /^\/v2\/partner\/client\/([^/]+)\/subscribe\/?$/;

const HEARTBEAT = JSON.stringify({ eventType: 'heartbeat' });

/** A stream that ends because its token has expired. */
const TOKEN_EXPIRED = 4401;

/** The client of a stream, also where its ID is written as the vendor writes it. */
function clientOf(path: string, context: FondoContext): string | undefined {
	const shown = PATH.exec(path)?.[1];
	return shown === undefined ? undefined : String(readFondo(shown, context));
}

/** HTTP status of an upgrade that a fault refuses; 0 cuts the connection. */
function faultStatus({ kind, status }: Fault): number {
	if (kind === 'expired_token') return 401;
	if (kind === 'rate_limit') return 429;
	return kind === 'status' ? (status ?? 500) : 0;
}

/** What the event stream needs of the state. */
type StreamState = Pick<State, 'faults' | 'requestLog' | 'eventLog'> & { fondo: FondoContext };

/** The event stream of each client, over WebSocket. It survives a reset of the state. */
export class EventStream {
	private readonly servers = {
		plain: new WebSocketServer({ noServer: true }),
		compressed: new WebSocketServer({ noServer: true, perMessageDeflate: { threshold: 0 } }),
	};
	/** The latest frames of each client, for a vendor that sends them again. */
	private readonly latest = new Map<string, string[]>();
	private readonly sockets = new Map<WebSocket, string>();
	private heartbeat: NodeJS.Timeout | undefined;
	readonly faults: StreamFaults;

	constructor(
		private readonly current: () => StreamState,
		seed: number,
	) {
		this.faults = new StreamFaults(new Random(seed + 3));
	}

	attach(server: Server): void {
		server.on('upgrade', (request, socket, head) => this.upgrade(request, socket, head));
		this.scheduleHeartbeat();
	}

	/** Sends a frame to the connections of a client, or to all. Returns the number of connections. */
	publish(clientId: string | undefined, frame: object): number {
		const listeners = [...this.sockets].filter(([, listensTo]) => clientId === undefined || listensTo === clientId);
		const text = JSON.stringify(frame);
		const send = (toSend: string): void => {
			for (const [socket] of listeners) this.send(socket, toSend);
		};
		const faults = listeners.length === 0 ? [] : this.faults.send(clientId ?? '', text, send);
		if (clientId !== undefined) this.remember(clientId, text);
		this.current().eventLog.write({ clientId, frame, listeners: listeners.length, faults });
		if (faults.includes('cut')) this.cut();
		return listeners.length;
	}

	/** Terminates every connection without a closing handshake, like a lost network. */
	cut(): number {
		const count = this.sockets.size;
		for (const socket of this.sockets.keys()) socket.terminate();
		return count;
	}

	/** Keeps no frame to send again: a new state follows. */
	forget(): void {
		this.latest.clear();
	}

	/** Sends a heartbeat to every connection. Returns the number of connections. */
	beat(): number {
		if (this.faults.silent) return 0;
		for (const socket of this.sockets.keys()) this.send(socket, HEARTBEAT);
		return this.sockets.size;
	}

	private send(socket: WebSocket, text: string): void {
		socket.send(this.current().fondo.vendor.frameForm === 'binary' ? Buffer.from(text) : text);
	}

	private remember(clientId: string, text: string): void {
		const { streamReplays } = this.current().fondo.vendor;
		if (streamReplays === 0) this.latest.clear();
		else this.latest.set(clientId, [...(this.latest.get(clientId) ?? []), text].slice(-streamReplays));
	}

	get connections(): number {
		return this.sockets.size;
	}

	/** The client id of each connection. */
	get clientIds(): string[] {
		return [...this.sockets.values()];
	}

	stop(): void {
		clearTimeout(this.heartbeat);
		this.cut();
		for (const server of Object.values(this.servers)) server.close();
	}

	private upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
		// Node hands the socket over without a listener, and an error without a listener ends the process.
		socket.on('error', () => socket.destroy());
		const state = this.current();
		const path = pathOf(request);
		const [fault] = state.faults.apply({ api: 'fondo', method: 'GET', path, operationId: 'getWebsocket' });
		const status = fault === undefined ? this.refusedStatus(request, path, state.fondo) : faultStatus(fault);
		state.requestLog.write(
			{
				time: new Date().toISOString(),
				api: 'fondo',
				method: 'GET',
				path,
				query: '',
				operationId: 'getWebsocket',
				status: status ?? 101,
				durationMs: 0,
				fault: fault?.kind,
			},
			request.headers,
		);
		if (status === 0) {
			socket.destroy();
			return;
		}
		if (status !== undefined) {
			const location = status === 302 ? `Location: ${path}/elsewhere\r\n` : '';
			socket.end(`HTTP/1.1 ${status} Refused\r\n${location}Connection: close\r\nContent-Length: 0\r\n\r\n`);
			return;
		}
		const clientId = clientOf(path, state.fondo) ?? '';
		const server = state.fondo.vendor.frameForm === 'compressed' ? this.servers.compressed : this.servers.plain;
		server.handleUpgrade(request, socket, head, (accepted) => this.accept(accepted, clientId, state));
	}

	private accept(accepted: WebSocket, clientId: string, { fondo }: StreamState): void {
		this.sockets.set(accepted, clientId);
		accepted.on('error', () => accepted.terminate());
		accepted.on('close', () => this.sockets.delete(accepted));
		for (const text of fondo.vendor.streamReplays > 0 ? (this.latest.get(clientId) ?? []) : []) this.send(accepted, text);
		const { streamEnd } = fondo.vendor;
		if (streamEnd === undefined) return;
		fondo.scheduler.at(fondo.clock.now() + streamEnd.after, () => {
			if (!this.sockets.has(accepted)) return;
			if (streamEnd.code === TOKEN_EXPIRED) fondo.tokens.revoke('fondo');
			accepted.close(streamEnd.code);
		});
	}

	/** HTTP status of a refused upgrade; undefined accepts it. */
	private refusedStatus(request: IncomingMessage, path: string, context: FondoContext): number | undefined {
		if (refusalOf(request) !== undefined) return 403;
		const clientId = clientOf(path, context);
		if (clientId === undefined) return 404;
		if (context.settings.refuseUpgrades) return 503;
		if (context.vendor.streamOpening === 302) return 302;
		if (context.vendor.streamOpening === 'subprotocol' && request.headers['sec-websocket-protocol'] === undefined) return 400;
		const grant = context.tokens.find('fondo', request.headers.authorization);
		if (grant === undefined) return 401;
		const mayRead = grant.scopes === undefined || grant.scopes.includes('account:read');
		return mayRead && context.store.clients.get(clientId) !== undefined ? undefined : 403;
	}

	private scheduleHeartbeat(): void {
		this.heartbeat = setTimeout(() => {
			this.beat();
			this.scheduleHeartbeat();
		}, this.current().fondo.settings.heartbeatSeconds * 1000);
		this.heartbeat.unref();
	}
}
