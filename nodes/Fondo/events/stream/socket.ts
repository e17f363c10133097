import { clock } from '../../../shared/core/clock';

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
