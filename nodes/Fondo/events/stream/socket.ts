import type { ITriggerFunctions } from 'n8n-workflow';
import { atMost, clock } from '../../../shared/core/clock';
import { isObject } from '../../../shared/core/isObject';
import { mask } from '../../../shared/swedish/masking';

export interface SocketEvents {
	readonly opened: () => void;
	/** Any frame, heartbeats included: a text, or bytes. */
	readonly frame: (data: string | Buffer) => void;
	/**
	 * Called once, whatever ends the socket before or after it was open.
	 * @param isRefused the server did not open it
	 */
	readonly ended: (error: Error, isRefused: boolean) => void;
}

/** For the network connection, TLS and the upgrade together. */
const OPENING_MS = 30_000;
/**
 * Fondo does not document the interval of its heartbeat. So the timeout adapts: it doubles after each timeout, and is at least three
 * times the longest pause between two frames.
 */
const MOST_IDLE_MS = 900_000;

/** How long a connection may be silent, in milliseconds. One instance serves all connections of a stream, so that each learns from the last. */
export class IdleTimeout {
	private longestMs = 0;
	private grownMs: number;

	constructor(private readonly leastMs: number) {
		this.grownMs = leastMs;
	}

	get ms(): number {
		return Math.min(Math.max(this.grownMs, 3 * this.longestMs), MOST_IDLE_MS);
	}

	/** A frame came after a pause. */
	learn(pauseMs: number) {
		this.longestMs = Math.max(this.longestMs, pauseMs);
		this.grownMs = this.leastMs;
	}

	/** No frame came within the timeout. */
	grow() {
		this.grownMs *= 2;
	}
}

/** Opens a socket and closes it when it is silent for too long. Returns a function that closes it without calling `ended`. */
export function openSocket(url: string, token: string, idleTimeout: IdleTimeout, events: SocketEvents): () => void {
	const ended = new AbortController();
	const socket = new WebSocket(url, { headers: { Authorization: `Bearer ${token}` } });
	socket.binaryType = 'arraybuffer';
	let lastFrameAt = clock.now();
	let isOpen = false;
	const end = (error: Error, isRefused = false) => {
		if (ended.signal.aborted) return;
		ended.abort();
		socket.close();
		events.ended(error, isRefused);
	};
	const watchIdle = async () => {
		while (!ended.signal.aborted) {
			const leftMs = lastFrameAt + (isOpen ? idleTimeout.ms : OPENING_MS) - clock.now();
			if (leftMs <= 0) {
				if (isOpen) idleTimeout.grow();
				return end(new Error(isOpen ? 'nothing came for too long, not even a heartbeat' : 'the connection was not opened in time'));
			}
			await clock.sleep(leftMs, ended.signal).catch(() => undefined);
		}
	};
	socket.addEventListener('open', () => {
		isOpen = true;
		lastFrameAt = clock.now();
		if (!ended.signal.aborted) events.opened();
	});
	socket.addEventListener('message', ({ data }) => {
		idleTimeout.learn(clock.now() - lastFrameAt);
		lastFrameAt = clock.now();
		if (!ended.signal.aborted) events.frame(typeof data === 'string' ? data : Buffer.from(data as ArrayBuffer));
	});
	socket.addEventListener('error', () => end(new Error(isOpen ? 'the connection broke' : 'the event stream could not be opened'), !isOpen));
	socket.addEventListener('close', ({ code, reason }) =>
		end(new Error(`the connection was closed (${[code, reason].filter(Boolean).join(': ')})`)),
	);
	void watchIdle();
	return () => {
		ended.abort();
		socket.close();
	};
}

/** When the event stream opens this time, n8n's helper never answers, not even with its own timeout (n8n 2.41). */
const EXPLAIN_MS = 5_000;
const MOST_CHARACTERS = 200;

/** Asks for the event stream once more, without a WebSocket: only then n8n shows the answer that refuses it. */
export async function explainRefusal(context: ITriggerFunctions, credential: string, url: string, error: Error): Promise<Error> {
	const { accessToken } = await context.getCredentials(credential);
	const ask = async (abortSignal: AbortSignal): Promise<unknown> =>
		await context.helpers
			.httpRequest({
				url,
				headers: {
					Authorization: `Bearer ${String(accessToken)}`,
					Connection: 'Upgrade',
					Upgrade: 'websocket',
					'Sec-WebSocket-Version': '13',
					'Sec-WebSocket-Key': Buffer.alloc(16).toString('base64'),
				},
				disableFollowRedirect: true,
				ignoreHttpStatusErrors: true,
				returnFullResponse: true,
				abortSignal,
			})
			.catch(() => undefined);
	const answer = await atMost(EXPLAIN_MS, ask);
	if (!isObject(answer) || answer.statusCode === undefined) return error;
	const { statusCode, body, headers } = answer;
	const leadsTo = isObject(headers) && typeof headers.location === 'string' ? `leads to ${headers.location.split('?')[0]}` : '';
	const said = typeof body === 'string' ? body : isObject(body) ? JSON.stringify(body) : '';
	const details = [leadsTo, said.trim()].filter(Boolean).join(': ').slice(0, MOST_CHARACTERS);
	return new Error(`${error.message}: Fondo answers ${String(statusCode)}${details && `, ${mask(details)}`}`);
}
