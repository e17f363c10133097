import { createHash } from 'crypto';
import type { IRun, ITriggerFunctions } from 'n8n-workflow';
import { atMost, clock } from '../../../shared/core/clock';
import { maskedMessageOf } from '../../../shared/triggers/failedExecution';
import type { Change } from '../changes/change';
import { identityOf, isListed, objectKey, oldestFirst } from '../changes/change';
import type { ClientFeed } from '../changes/clientFeed';
import type { EventFilter } from '../changes/eventFilter';
import { itemOf } from '../changes/eventFilter';
import type { ReadResult } from '../changes/lists';
import { awaitBegin } from './begin';

/** With this many running executions the next one waits a little, so that a catch-up after a long gap does not flood n8n. */
const MOST_RUNNING = 20;
const LONGEST_WAIT_MS = 5_000;
const RETRY_MS = 5_000;
/** While n8n writes the journals, each execution that starts makes it write them again (n8n 2.41). So the next one waits at most this long. */
const WRITE_MS = 250;
/**
 * n8n reports within seconds when it cannot start an execution; a minute later it has certainly started. In queue mode n8n may never report that an execution ended: Bull
 * removes an ended job before n8n asks for it (n8n 2.41: 2 of 1,000 that ended at once). An hour is n8n's own longest timeout.
 */
const REFUSED_MS = 2_000;
const STARTED_MS = 60_000;
const ENDED_MS = 3_600_000;

/** Changes of one client that go into one execution. */
interface Batch {
	readonly feed: ClientFeed;
	readonly changes: Change[];
	/** The identities of the changes. An earlier process may have formed the batch. */
	readonly identities?: string[];
}

type DonePromise = NonNullable<Parameters<ITriggerFunctions['emit']>[2]>;

/** Calls `start` with a promise that n8n settles when the execution ends, or when n8n cannot start it. */
const settled = async (start: (done: DonePromise) => void) =>
	await new Promise<IRun | undefined>((resolve, reject) => {
		const promise = new Promise<IRun>(() => undefined);
		start({ promise, resolve, reject });
	});

/** n8n 1.x never settles the promise of an execution that it could not start. */
const reportsRefusals = (context: ITriggerFunctions) => typeof context.saveFailedExecution === 'function';

/** n8n rejects with this error when a user stops the execution. It was started, so the event is delivered. */
const isStopped = (error: unknown) => error instanceof Error && error.constructor.name.includes('Cancel');

export interface OutboxOptions {
	/** Puts the journals in the static data, which n8n writes to its database before it starts an execution. */
	readonly save: () => void;
	/** How long to wait until the next save is due, in milliseconds. */
	readonly waitMs: (isUrgent: boolean) => number;
	/** How long the changes of a client are collected for one execution, in milliseconds; 0 starts one execution for each change. */
	readonly gatherMs: number;
	/** Each execution ends before the next one starts. */
	readonly oneAtATime: boolean;
}

/** Turns the changes of all feeds of a trigger into executions, each change once. */
export class Outbox {
	private queue: Promise<unknown> = Promise.resolve();
	private readonly lanes = new Map<string, Promise<unknown>>();
	private readonly running = new Set<Promise<unknown>>();
	private readonly gathering = new Map<ClientFeed, Change[]>();
	/** The batches that must be saved before they start. One save is for all of them. */
	private readonly unsaved = new Set<Batch>();
	private writing: Promise<unknown> | undefined;

	constructor(
		private readonly context: ITriggerFunctions,
		private readonly filter: EventFilter,
		private readonly options: OutboxOptions,
	) {}

	/** @param read the read of the lists that these changes come from, if they come from one */
	deliver(feed: ClientFeed, changes: readonly Change[], read?: ReadResult) {
		const isComplete = read !== undefined && read.refused === undefined;
		const receivedAt = clock.now();
		const queued = read === undefined ? [] : feed.journal.takeQueued();
		let taken: Change[] = feed
			.take(queued.length === 0 ? changes : oldestFirst([...queued, ...changes]))
			.map((change) => ({ ...change, receivedAt: change.receivedAt ?? receivedAt }));
		for (const { batch, members } of isComplete ? feed.journal.takeInterrupted(taken) : []) {
			taken = taken.filter((change) => !members.includes(change));
			if (members.length > 0) this.add({ feed, changes: members, identities: batch });
			taken = feed.journal.dropOlder(taken, members);
		}
		if (this.options.gatherMs > 0) this.gather(feed, taken);
		else for (const change of taken) this.add({ feed, changes: [change] });
		if (isComplete) feed.journal.advance(read.changes, read.readAt);
	}

	private gather(feed: ClientFeed, taken: readonly Change[]) {
		if (taken.length === 0) return;
		const gathered = this.gathering.get(feed);
		if (gathered !== undefined) return taken.forEach((change) => gathered.push(change));
		const changes = [...taken];
		this.gathering.set(feed, changes);
		clock.sleep(this.options.gatherMs, feed.signal).then(
			() => {
				this.gathering.delete(feed);
				const identities = changes.map(identityOf);
				feed.journal.startBatch(changes, identities);
				this.add({ feed, changes, identities });
			},
			() => undefined,
		);
	}

	/** An execution waits for the earlier ones of its objects, so that one which n8n refuses keeps its place; one at a time, for all. */
	private add(batch: Batch) {
		const { feed, changes } = batch;
		this.requireSave(batch);
		const lanes = this.options.oneAtATime ? [''] : changes.map((change) => `${feed.clientId} ${objectKey(change)}`);
		const earlier = lanes.map((lane) => this.lanes.get(lane));
		const done = Promise.all(earlier).then(async () => {
			const turn = this.queue.then(async () => await this.room(batch)).then(() => this.start(batch));
			this.queue = turn;
			const { ordered } = await turn;
			return await ordered;
		});
		for (const lane of lanes) this.lanes.set(lane, done);
		void done.finally(() => {
			for (const lane of lanes) if (this.lanes.get(lane) === done) this.lanes.delete(lane);
		});
	}

	/** No list shows the changes again, or none shows that they were gathered together. */
	private requireSave(batch: Batch) {
		const isUrgent = batch.changes.some((change) => change.object === 'journey' || !isListed(change));
		if (isUrgent || this.options.gatherMs > 0) this.unsaved.add(batch);
	}

	private async room(batch: Batch) {
		const { signal } = batch.feed;
		await this.writing;
		if (this.running.size >= MOST_RUNNING)
			await Promise.race([...this.running, clock.sleep(LONGEST_WAIT_MS, signal)]).catch(() => undefined);
		const waitMs = this.unsaved.has(batch) ? this.options.waitMs(true) : 0;
		if (waitMs > 0) await clock.sleep(waitMs, signal).catch(() => undefined);
	}

	/** `ordered` resolves when a later change of the same objects may follow. */
	private start(batch: Batch): { ordered: Promise<unknown> } {
		const { oneAtATime } = this.options;
		if (batch.feed.signal.aborted) return { ordered: Promise.resolve() };
		const { begun, forget } = awaitBegin(this.context, batch.changes.map(identityOf));
		const run = this.emit(batch, begun);
		const retried = run.catch(async (error: unknown) => await this.retry(batch, error)).catch(() => undefined);
		const ended = atMost(oneAtATime ? ENDED_MS : STARTED_MS, async () => await run)
			.then(() => batch.changes.forEach((change) => batch.feed.confirm(change)))
			.catch(async () => await retried)
			.finally(() => {
				forget();
				this.running.delete(ended);
			});
		this.running.add(ended);
		return {
			ordered: oneAtATime ? ended : Promise.race([begun, atMost(REFUSED_MS, async () => await run).catch(async () => await retried)]),
		};
	}

	private async retry(batch: Batch, error: unknown) {
		const { logger } = this.context;
		logger.warn(`n8n did not start an execution for an event of Fondo; the trigger tries again. ${maskedMessageOf(error)}`);
		await clock.sleep(RETRY_MS, batch.feed.signal);
		this.requireSave(batch);
		await this.start(batch).ordered;
	}

	/**
	 * Starts one execution for a batch. Resolves when the execution ends, rejects when n8n did not start it. The journal is saved before,
	 * with these changes unconfirmed: if n8n dies in between, the next process delivers them again. If n8n dies after it started the
	 * execution, the deduplication key keeps n8n (2.41) from starting a second one.
	 */
	private async emit(batch: Batch, begun: Promise<void>) {
		const { feed, changes, identities = changes.map(identityOf) } = batch;
		const { context, filter, options } = this;
		feed.journal.startBatch(changes, identities);
		if (this.unsaved.has(batch) || options.waitMs(false) <= 0) {
			options.save();
			this.unsaved.clear();
			this.writing = atMost(WRITE_MS, async () => await begun);
		}
		const key = createHash('sha256')
			.update(`${context.getWorkflow().id} ${context.getNode().id} ${identities.join(' ')}`)
			.digest('hex');
		const items = changes.map((change) => ({ json: itemOf(filter, feed.clientId, change) }));
		if (reportsRefusals(context) || options.oneAtATime)
			await settled((done) => context.emit([items], undefined, done, key)).catch(async (error: unknown) =>
				isStopped(error) ? undefined : await Promise.reject(error),
			);
		else context.emit([items]);
	}
}
