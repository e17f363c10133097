import { clock } from '../../../shared/core/clock';

/** Executions that may run at once before the next event waits a little: a great gap must not flood n8n. */
const AT_ONCE = 20;
const LONGEST_WAIT_MS = 5_000;
const AGAIN_MS = 5_000;
/**
 * n8n says within seconds when it cannot start an execution. That one has ended it may never hear in queue mode: Bull removes a job
 * that has ended before n8n asks for it (n8n 2.41: 2 of 1,000 that ended at once). The longest wait is n8n's own longest timeout.
 */
const STARTED_MS = 60_000;
const ENDED_MS = 3_600_000;

export interface DeliveryOptions<T> {
	/** Starts an execution with these; settles when it has ended, rejects when n8n did not take them. */
	readonly emit: (batch: readonly T[]) => Promise<unknown>;
	/** n8n has these. */
	readonly arrived: (batch: readonly T[]) => void;
	/** How long to gather what goes into one execution, for each lane; 0: each starts its own. */
	readonly gatherMs: number;
	/** Each execution ends before the next one starts. */
	readonly oneAtATime: boolean;
	readonly signal: AbortSignal;
	readonly refused: (error: unknown) => void;
}

/** Hands things to n8n in the order in which they came. */
export class Delivery<T> {
	private line: Promise<unknown> = Promise.resolve();
	private readonly running = new Set<Promise<unknown>>();
	private readonly gathered = new Map<unknown, T[]>();

	constructor(private readonly options: DeliveryOptions<T>) {}

	add(lane: unknown, news: readonly T[]) {
		if (news.length === 0) return;
		const { gatherMs, signal } = this.options;
		if (gatherMs === 0) return news.forEach((one) => this.addTogether([one]));
		const waiting = this.gathered.get(lane);
		if (waiting) return void waiting.push(...news);
		const batch = [...news];
		this.gathered.set(lane, batch);
		clock.sleep(gatherMs, signal).then(
			() => {
				this.gathered.delete(lane);
				this.addTogether(batch);
			},
			() => undefined,
		);
	}

	/** These go into one execution. */
	addTogether(batch: readonly T[]) {
		this.line = this.line.then(async () => await this.hand(batch)).catch(() => undefined);
	}

	private async hand(batch: readonly T[]) {
		const { emit, arrived, oneAtATime, signal, refused } = this.options;
		if (signal.aborted) return;
		const run = emit(batch);
		const again = run
			.catch(async (error: unknown) => {
				refused(error);
				await clock.sleep(AGAIN_MS, signal);
				await this.hand(batch);
			})
			.catch(() => undefined);
		const ended = atMost(oneAtATime ? ENDED_MS : STARTED_MS, run)
			.then(() => arrived(batch))
			.catch(async () => await again)
			.finally(() => this.running.delete(ended));
		this.running.add(ended);
		if (oneAtATime) return await ended;
		if (this.running.size >= AT_ONCE) await Promise.race([...this.running, clock.sleep(LONGEST_WAIT_MS)]).catch(() => undefined);
	}
}

/** Settles as the work does, or after so long. */
async function atMost(ms: number, work: Promise<unknown>) {
	const over = new AbortController();
	const late = clock.sleep(ms, over.signal).catch(() => undefined);
	await Promise.race([work, late]).finally(() => over.abort());
}
