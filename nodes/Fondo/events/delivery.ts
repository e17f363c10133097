import { clock } from '../../shared/transport/clock';

/** Executions that may run at once before the next event waits a little: a great gap must not flood n8n. */
const AT_ONCE = 20;
const LONGEST_WAIT_MS = 5_000;
const AGAIN_MS = 5_000;

export interface DeliveryOptions<T> {
	/** Starts an execution with these; settles when it has ended, rejects when n8n did not take them. */
	readonly emit: (batch: readonly T[]) => Promise<unknown>;
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
		const { emit, oneAtATime, signal, refused } = this.options;
		if (signal.aborted) return;
		const run = emit(batch).catch(async (error: unknown) => {
			refused(error);
			await clock.sleep(AGAIN_MS, signal);
			await this.hand(batch);
		});
		this.running.add(run);
		const ended = run.catch(() => undefined).finally(() => this.running.delete(run));
		if (oneAtATime) return await ended;
		if (this.running.size >= AT_ONCE) await Promise.race([...this.running, clock.sleep(LONGEST_WAIT_MS)]).catch(() => undefined);
	}
}
