import { clock } from '../../../shared/core/clock';
import type { Change } from '../changes/change';
import type { ReadResult } from '../changes/lists';
import type { IdleTimeout } from './socket';
import { openSocket } from './socket';
import type { Effect, State, StreamEvent } from './transition';
import { initialState, transition, waitMs } from './transition';

/** How often the lists are read without a stream, where the safety check is off. */
const MEANWHILE_MS = 300_000;

/** Everything that an event stream needs from its surroundings. */
export interface StreamPorts {
	readonly url: string;
	readonly idleTimeout: IdleTimeout;
	/** Interval of the safety check in milliseconds; 0: none. */
	readonly checkEveryMs: number;
	/** Resolves to a valid access token. The first call also reads the history, which starts no execution. */
	readonly authorise: () => Promise<string>;
	/** @param isLive frames arrive meanwhile, and may be behind the lists */
	readonly readLists: (isLive: boolean) => Promise<ReadResult>;
	/** Why the stream cannot be opened: a WebSocket does not say it. */
	readonly explain: (error: Error) => Promise<Error>;
	/** @param read the read of the lists that the changes come from, if they come from one */
	readonly deliver: (changes: readonly Change[], read?: ReadResult) => void;
	/** Changes that were held back when the stream stops: the next stream delivers them. */
	readonly keep: (changes: readonly Change[]) => void;
	/** The changes in a frame; none in a heartbeat. */
	readonly read: (frame: string | Buffer) => Promise<Change[]>;
	readonly onOutage: (error: unknown) => void;
	readonly onFailedCheck: (error: unknown) => void;
	readonly onRecovery: () => void;
}

/** Runs the state machine of one client until it is stopped. Never rejects: a trigger must survive any outage. */
export class EventStream {
	private state: State = initialState;
	private readonly stopping = new AbortController();
	private disconnect: () => void = () => undefined;
	/** Aborted with the connection, so that its scheduled check ends too. */
	private connection = new AbortController();
	private openedAt = 0;
	private readMeanwhileAt = -Infinity;
	private token = '';

	constructor(private readonly ports: StreamPorts) {}

	start() {
		this.perform({ type: 'authorise' });
	}

	stop() {
		this.ports.keep(this.state.buffered);
		this.dispatch(this.state.generation, { type: 'stopped' });
		this.stopping.abort();
	}

	/** Applies an event, unless it comes from an earlier generation. */
	private dispatch(generation: number, event: StreamEvent) {
		if (generation !== this.state.generation) return;
		const [next, effects] = transition(this.state, event);
		this.state = next;
		for (const effect of effects) this.perform(effect);
	}

	/** Dispatches an event when the work settles. */
	private dispatchAfter<T>(work: Promise<T>, eventOf: (result: T) => StreamEvent) {
		const { generation } = this.state;
		work.then(
			(result) => this.dispatch(generation, eventOf(result)),
			(error: unknown) => this.dispatch(generation, { type: 'failed', error }),
		);
	}

	private perform(effect: Effect) {
		const { ports, stopping } = this;
		switch (effect.type) {
			case 'authorise':
				return this.dispatchAfter(ports.authorise(), (token) => {
					this.token = token;
					return { type: 'authorised' };
				});
			case 'connect':
				return this.connect();
			case 'readLists':
				return this.dispatchAfter(ports.readLists(this.state.checking && this.state.held.length === 0), (read) => ({
					type: 'listsRead',
					...read,
				}));
			case 'readListsMeanwhile':
				return this.readListsMeanwhile();
			case 'scheduleRetry':
				return this.dispatchAfter(clock.sleep(waitMs(effect.failures, Math.random()), stopping.signal), () => ({ type: 'retryDue' }));
			case 'scheduleCheck':
				return this.scheduleCheck(effect.failures === 0 ? ports.checkEveryMs : waitMs(effect.failures, Math.random()));
			case 'disconnect':
				this.connection.abort();
				return this.disconnect();
			case 'deliver':
				return this.deliver(effect.changes, effect.read);
			case 'reportOutage':
				return ports.onOutage(effect.error);
			case 'reportFailedCheck':
				return ports.onFailedCheck(effect.error);
			case 'reportRecovery':
				return ports.onRecovery();
		}
	}

	private scheduleCheck(ms: number) {
		if (ms > 0) this.dispatchAfter(clock.sleep(ms, this.connection.signal), () => ({ type: 'checkDue' }));
	}

	/** Without a stream the lists go on at the interval of the safety check. */
	private readListsMeanwhile() {
		const { ports } = this;
		const now = clock.now();
		if (now - this.readMeanwhileAt < (ports.checkEveryMs || MEANWHILE_MS)) return;
		this.readMeanwhileAt = now;
		ports
			.readLists(false)
			.then((read) => this.dispatch(this.state.generation, { type: 'listsReadMeanwhile', ...read }), ports.onFailedCheck);
	}

	/** Catches every error, because an error thrown here would reach only the process. */
	private deliver(changes: readonly Change[], read?: ReadResult) {
		try {
			this.ports.deliver(changes, read);
		} catch (error) {
			this.ports.onOutage(error);
		}
	}

	private connect() {
		const { generation } = this.state;
		const { ports } = this;
		const { url, idleTimeout } = ports;
		this.openedAt = clock.now();
		this.connection = new AbortController();
		let frames = Promise.resolve();
		const ended = (error: unknown) => this.dispatch(generation, { type: 'disconnected', error, liveMs: clock.now() - this.openedAt });
		try {
			this.disconnect = openSocket(url, this.token, idleTimeout, {
				opened: () => this.dispatch(generation, { type: 'opened' }),
				frame: (data) => {
					frames = frames.then(async () => {
						for (const change of await ports.read(data)) this.dispatch(generation, { type: 'received', change });
					});
				},
				ended: (error, isRefused) => (isRefused ? void ports.explain(error).then(ended, ended) : ended(error)),
			});
		} catch (error) {
			// WebSocket throws for an invalid URL or for a token that no header can contain.
			ended(error);
		}
	}
}
