/** The WebSocket of Node.js, connected to the simulated Fondo. */
import type { Judge } from './judge';
import type { Owner, Time } from './time';
import type { Change, Socket, Vendor } from './vendor';

type Listener = (event: Record<string, unknown>) => void;

export class SimulatedSocket implements Socket {
	private static world: { time: Time; vendor: Vendor; judge: Judge };
	private static readonly open = new Set<SimulatedSocket>();

	/** Takes the place of the global WebSocket until it is released. */
	static own(time: Time, vendor: Vendor, judge: Judge): () => void {
		const { WebSocket } = globalThis;
		SimulatedSocket.world = { time, vendor, judge };
		SimulatedSocket.open.clear();
		Object.assign(globalThis, { WebSocket: SimulatedSocket });
		return () => void Object.assign(globalThis, { WebSocket });
	}

	static closeAllOf(owner: Owner) {
		for (const socket of SimulatedSocket.open) if (socket.owner === owner) socket.close();
	}

	binaryType = '';
	isOpen = false;
	private isEnded = false;
	private openedAt = 0;
	private readonly listeners = new Map<string, Listener[]>();
	private readonly owner: Owner;
	private readonly session: number;

	constructor(url: string) {
		const { time, vendor, judge } = SimulatedSocket.world;
		this.owner = time.owner;
		this.session = judge.session;
		SimulatedSocket.open.add(this);
		time.after(time.between(5, 80), () => {
			if (this.isEnded) return;
			const client = decodeURIComponent(/client\/([^/]+)\/subscribe/.exec(url)?.[1] ?? '');
			if (!vendor.connect(client, this)) return this.say('error', {});
			this.isOpen = true;
			this.openedAt = time.now;
			this.say('open', {});
		});
	}

	addEventListener(name: string, listener: Listener) {
		this.listeners.set(name, [...(this.listeners.get(name) ?? []), listener]);
	}

	private say(name: string, event: Record<string, unknown>) {
		for (const listener of this.listeners.get(name) ?? []) listener(event);
	}

	/** A frame reaches the process. */
	frame(data: string, change: Change) {
		if (!this.isOpen || this.owner.isDead) return;
		const { time, judge } = SimulatedSocket.world;
		const hear = () => {
			if (!this.isOpen) return;
			judge.arrived(change, this.session, this.openedAt);
			this.say('message', { data });
		};
		time.after(0, hear, this.owner);
	}

	/** Fondo closes the connection. */
	end() {
		if (!this.isOpen) return;
		this.leave();
		SimulatedSocket.world.time.after(1, () => this.say('close', { code: 1001, reason: '' }), this.owner);
	}

	close() {
		this.leave();
		SimulatedSocket.world.vendor.forget(this);
	}

	private leave() {
		this.isOpen = false;
		this.isEnded = true;
		SimulatedSocket.open.delete(this);
	}
}
