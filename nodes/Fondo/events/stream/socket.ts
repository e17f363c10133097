import { clock } from '../../../shared/core/clock';

export interface SocketEvents {
	readonly opened: () => void;
	/** Any frame, heartbeats included; as the text that came. */
	readonly frame: (text: string) => void;
	/** Once, whatever ends it before or after it was open. */
	readonly ended: (error: Error) => void;
}

/** Opening includes the network, TLS and the upgrade. */
const OPENING_MS = 30_000;
/** Fondo does not say how often its heartbeat comes: patience grows when it does not come, and is three times the longest pause seen. */
const MOST_PATIENCE_MS = 900_000;

/** How long a silence is borne. Kept over connections: what one taught holds for the next. */
export class IdleTimeout {
	private longestMs = 0;
	private grownMs: number;

	constructor(private readonly leastMs: number) {
		this.grownMs = leastMs;
	}

	get ms(): number {
		return Math.min(Math.max(this.grownMs, 3 * this.longestMs), MOST_PATIENCE_MS);
	}

	/** A frame came after a pause. */
	learn(pauseMs: number) {
		this.longestMs = Math.max(this.longestMs, pauseMs);
		this.grownMs = this.leastMs;
	}

	/** None came for as long as we waited. */
	grow() {
		this.grownMs *= 2;
	}
}

/** Opens a socket and watches it. It is given up when it stays silent for too long. Returns what closes it. */
export function openSocket(url: string, token: string, patience: IdleTimeout, events: SocketEvents): () => void {
	const over = new AbortController();
	const socket = new WebSocket(url, { headers: { Authorization: `Bearer ${token}` } });
	socket.binaryType = 'arraybuffer';
	let heardAt = clock.now();
	let isOpen = false;
	const end = (error: Error) => {
		if (over.signal.aborted) return;
		over.abort();
		socket.close();
		events.ended(error);
	};
	const watch = async () => {
		while (!over.signal.aborted) {
			const leftMs = heardAt + (isOpen ? patience.ms : OPENING_MS) - clock.now();
			if (leftMs <= 0) {
				if (isOpen) patience.grow();
				return end(new Error(isOpen ? 'nothing came for too long, not even a heartbeat' : 'the connection was not opened in time'));
			}
			await clock.sleep(leftMs, over.signal).catch(() => undefined);
		}
	};
	socket.addEventListener('open', () => {
		isOpen = true;
		heardAt = clock.now();
		if (!over.signal.aborted) events.opened();
	});
	socket.addEventListener('message', ({ data }) => {
		patience.learn(clock.now() - heardAt);
		heardAt = clock.now();
		if (!over.signal.aborted) events.frame(typeof data === 'string' ? data : Buffer.from(data as ArrayBuffer).toString());
	});
	socket.addEventListener('error', () => end(new Error(isOpen ? 'the connection broke' : 'the event stream could not be opened')));
	socket.addEventListener('close', ({ code }) => end(new Error(`the connection was closed (${code})`)));
	void watch();
	return () => {
		over.abort();
		socket.close();
	};
}
