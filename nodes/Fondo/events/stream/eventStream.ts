import { clock } from '../../../shared/core/clock';
import { parseLossless } from '../../../shared/http/losslessJson';
import type { Change } from '../changes/change';
import { changeOf, isHeartbeat } from '../changes/change';
import type { ReadResult } from '../changes/lists';
import type { IdleTimeout } from './socket';
import { openSocket } from './socket';
import type { Effect, StreamEvent, State } from './transition';
import { initialState, transition, waitMs } from './transition';

/** What a stream needs of the world. */
export interface StreamPorts {
	readonly url: string;
	readonly idleTimeout: IdleTimeout;
	/** How often the lists are read although nothing seems to be missing; 0: never. */
	readonly checkEveryMs: number;
	/** A valid token; the first time also what was before the stream began. */
	readonly authorise: () => Promise<string>;
	readonly readLists: () => Promise<ReadResult>;
	/** @param read what the lists told, when they were read */
	readonly deliver: (changes: readonly Change[], read?: ReadResult) => void;
	/** What is sent cannot be understood. */
	readonly onMalformed: () => void;
	readonly trouble: (error: unknown) => void;
	readonly checkFailed: (error: unknown) => void;
	readonly recovered: () => void;
}

/** Runs the state machine of one client against the world, until it is stopped. Never rejects: a trigger must survive any outage. */
export class EventStream {
	private state: State = initialState;
	private readonly stopping = new AbortController();
	private disconnect: () => void = () => undefined;
	/** What waits only while the connection lasts ends with it. */
	private connected = new AbortController();
	private openedAt = 0;
	private token = '';

	constructor(private readonly ports: StreamPorts) {}

	begin() {
		this.perform({ type: 'authorise' });
	}

	stop() {
		this.happen(this.state.generation, { type: 'stopped' });
		this.stopping.abort();
	}

	/** Something happened that began in this turn; what an older turn began is not heard any more. */
	private happen(turn: number, event: StreamEvent) {
		if (turn !== this.state.generation) return;
		const [next, effects] = transition(this.state, event);
		this.state = next;
		for (const effect of effects) this.perform(effect);
	}

	/** Does something that takes time, and tells what became of it. */
	private begun<T>(work: Promise<T>, then: (result: T) => StreamEvent) {
		const { generation } = this.state;
		work.then(
			(result) => this.happen(generation, then(result)),
			(error: unknown) => this.happen(generation, { type: 'failed', error }),
		);
	}

	private perform(effect: Effect) {
		const { ports, stopping } = this;
		const later = async (ms: number) => await clock.sleep(ms, stopping.signal);
		switch (effect.type) {
			case 'authorise':
				return this.begun(ports.authorise(), (token) => {
					this.token = token;
					return { type: 'authorised' };
				});
			case 'connect':
				return this.connect();
			case 'readLists':
				return this.begun(ports.readLists(), (read) => ({ type: 'read', ...read }));
			case 'wait':
				return this.begun(later(waitMs(effect.failures, Math.random())), () => ({ type: 'waited' }));
			case 'checkLater':
				return ports.checkEveryMs === 0
					? undefined
					: this.begun(clock.sleep(ports.checkEveryMs, this.connected.signal), () => ({ type: 'due' }));
			case 'disconnect':
				this.connected.abort();
				return this.disconnect();
			case 'deliver':
				return this.deliver(effect.changes, effect.read);
			case 'trouble':
				return ports.trouble(effect.error);
			case 'checkFailed':
				return ports.checkFailed(effect.error);
			case 'recovered':
				return ports.recovered();
		}
	}

	/** Nothing may throw in here: no one but the process would hear it. */
	private deliver(changes: readonly Change[], read?: ReadResult) {
		try {
			this.ports.deliver(changes, read);
		} catch (error) {
			this.ports.trouble(error);
		}
	}

	private connect() {
		const { generation } = this.state;
		const { url, idleTimeout } = this.ports;
		this.openedAt = clock.now();
		this.connected = new AbortController();
		const ended = (error: unknown) => this.happen(generation, { type: 'lost', error, liveMs: clock.now() - this.openedAt });
		try {
			this.disconnect = openSocket(url, this.token, idleTimeout, {
				opened: () => this.happen(generation, { type: 'opened' }),
				frame: (text) => this.hear(generation, text),
				ended,
			});
		} catch (error) {
			// An address or a token that no connection can have.
			ended(error);
		}
	}

	private hear(turn: number, text: string) {
		// One event each, says the contract; several would be understood.
		for (const frame of [parseLossless(text)].flat()) {
			const change = changeOf(frame, clock.now());
			if (change) this.happen(turn, { type: 'told', change });
			else if (!isHeartbeat(frame)) this.ports.onMalformed();
		}
	}
}
