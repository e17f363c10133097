import { clock } from '../../../shared/core/clock';

/** With this many running executions the next event waits a little, so that a catch-up after a long gap does not flood n8n. */
const MOST_RUNNING = 20;
const LONGEST_WAIT_MS = 5_000;
const RETRY_MS = 5_000;
/**
 * n8n reports within seconds when it cannot start an execution. In queue mode n8n may never report that an execution ended: Bull
 * removes an ended job before n8n asks for it (n8n 2.41: 2 of 1,000 that ended at once). An hour is n8n's own longest timeout.
 */
const STARTED_MS = 60_000;
const ENDED_MS = 3_600_000;

export interface DeliveryOptions<T> {
	/** Starts one execution for the batch. Resolves when the execution ends, rejects when n8n did not start it. */
	readonly emit: (batch: readonly T[]) => Promise<unknown>;
	/** n8n has started an execution for the batch. */
	readonly onDelivered: (batch: readonly T[]) => void;
	/** How long each lane collects events for one execution, in milliseconds; 0 starts one execution for each event. */
	readonly gatherMs: number;
	/** Each execution ends before the next one starts. */
	readonly oneAtATime: boolean;
	readonly signal: AbortSignal;
	/** n8n did not start the execution; the delivery tries again. */
	readonly onRefused: (error: unknown) => void;
}

/** Starts executions in the order in which the events were added. */
export class Delivery<T> {
	private queue: Promise<unknown> = Promise.resolve();
	private readonly running = new Set<Promise<unknown>>();
	private readonly gathering = new Map<unknown, T[]>();

	constructor(private readonly options: DeliveryOptions<T>) {}

	/** @param lane events of different lanes never share an execution */
	add(lane: unknown, events: readonly T[]) {
		if (events.length === 0) return;
		const { gatherMs, signal } = this.options;
		if (gatherMs === 0) return events.forEach((event) => this.addBatch([event]));
		const gathered = this.gathering.get(lane);
		if (gathered) return void gathered.push(...events);
		const batch = [...events];
		this.gathering.set(lane, batch);
		clock.sleep(gatherMs, signal).then(
			() => {
				this.gathering.delete(lane);
				this.addBatch(batch);
			},
			() => undefined,
		);
	}

	/** Adds events that go into one execution. */
	addBatch(batch: readonly T[]) {
		this.queue = this.queue.then(async () => await this.start(batch)).catch(() => undefined);
	}

	private async start(batch: readonly T[]) {
		const { emit, onDelivered, oneAtATime, signal, onRefused } = this.options;
		if (signal.aborted) return;
		const run = emit(batch);
		const retried = run
			.catch(async (error: unknown) => {
				onRefused(error);
				await clock.sleep(RETRY_MS, signal);
				await this.start(batch);
			})
			.catch(() => undefined);
		const ended = atMost(oneAtATime ? ENDED_MS : STARTED_MS, run)
			.then(() => onDelivered(batch))
			.catch(async () => await retried)
			.finally(() => this.running.delete(ended));
		this.running.add(ended);
		if (oneAtATime) return await ended;
		if (this.running.size >= MOST_RUNNING) await Promise.race([...this.running, clock.sleep(LONGEST_WAIT_MS)]).catch(() => undefined);
	}
}

/** Settles as the work does; resolves after `ms` if the work takes longer. */
async function atMost(ms: number, work: Promise<unknown>) {
	const settled = new AbortController();
	const timeout = clock.sleep(ms, settled.signal).catch(() => undefined);
	await Promise.race([work, timeout]).finally(() => settled.abort());
}
