/** Time in the hands of a trial: it passes for the nodes and for the sandbox together, and only when everything that is under way has ended. */
import { subscribe } from 'node:diagnostics_channel';
import type { ServerResponse } from 'node:http';
import { setImmediate as turn, setTimeout as pause } from 'node:timers/promises';
import type { SandboxAdmin } from '../../sandbox';
import type { NodeClock } from './nodeProcess';

const SECOND = 1_000;
const LONGEST_CALL = 3_600 * SECOND;
const HEARTBEAT = 15 * SECOND;
/** Turns of the event loop without a request after which nothing is under way: frames and answers arrive within two. */
const QUIET_TURNS = 6;

/** Responses that a server of this process has not finished. */
const open = new Set<ServerResponse>();
subscribe('http.server.request.start', (message) => {
	const { response } = message as { response: ServerResponse };
	open.add(response);
	response.once('close', () => open.delete(response));
});

interface Timer {
	readonly at: number;
	fire(): void;
}

export class TestClock implements NodeClock {
	private time: number;
	private beatAt: number;
	private readonly timers = new Set<Timer>();
	/** Called after each step. */
	onStep: () => void = () => undefined;

	constructor(
		private readonly admin: SandboxAdmin,
		/** Waits by itself for what the nodes do, so that its open responses hold nothing up. */
		private readonly isReceiver: (response: ServerResponse) => boolean,
	) {
		this.time = Date.parse(admin.clock.now());
		this.beatAt = this.time + HEARTBEAT;
	}

	readonly now = (): number => this.time;

	readonly sleep = async (ms: number, signal?: AbortSignal): Promise<void> => {
		signal?.throwIfAborted();
		await new Promise<void>((resolve, reject) => {
			const ended = () => {
				this.timers.delete(timer);
				reject(signal?.reason as Error);
			};
			const timer: Timer = {
				at: Math.ceil(this.time + ms),
				fire: () => {
					this.timers.delete(timer);
					signal?.removeEventListener('abort', ended);
					resolve();
				},
			};
			this.timers.add(timer);
			signal?.addEventListener('abort', ended, { once: true });
		});
	};

	/** Lets time pass up to a moment. */
	async passUntil(moment: number): Promise<void> {
		await this.settle();
		while (this.time < moment) await this.step(moment);
	}

	/** Lets time pass until the work has ended. */
	async during<T>(work: Promise<T>): Promise<T> {
		let isDone = false;
		const end = () => (isDone = true);
		work.then(end, end);
		const latest = this.time + LONGEST_CALL;
		for (await this.settle(); !isDone;) {
			if (this.time >= latest) throw new Error('A call of a node has not ended within an hour');
			await this.step(latest);
		}
		return await work;
	}

	/** Waits until no answer, frame or webhook is under way. */
	async settle(): Promise<void> {
		for (let quiet = 0; quiet < 2 * QUIET_TURNS; quiet += 1) {
			// A connection needs the kernel once more.
			if (quiet === QUIET_TURNS) await pause(1);
			await turn();
			if ([...open].some((response) => !this.isReceiver(response))) quiet = 0;
		}
	}

	private async step(latest: number): Promise<void> {
		const due = Math.min(...[...this.timers].map(({ at }) => at));
		const next = Math.max(Math.min(latest, due, this.beatAt, Math.ceil(this.admin.clock.nextDue())), this.time);
		this.admin.clock.advance((next - this.time) / SECOND);
		this.time = next;
		if (next >= this.beatAt) {
			this.beatAt += HEARTBEAT;
			this.admin.stream.heartbeat();
		}
		for (const timer of this.timers) if (timer.at <= next) timer.fire();
		await this.settle();
		this.onStep();
	}
}
