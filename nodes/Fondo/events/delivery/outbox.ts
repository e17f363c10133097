import { createHash } from 'crypto';
import type { IRun, ITriggerFunctions } from 'n8n-workflow';
import { maskedMessageOf } from '../../../shared/triggers/failedExecution';
import { clock } from '../../../shared/core/clock';
import type { Change } from '../changes/change';
import { identityOf } from '../changes/change';
import type { DeliveryOptions } from './delivery';
import { Delivery } from './delivery';
import type { ReadResult } from '../changes/lists';
import type { EventFilter } from '../changes/eventFilter';
import { itemOf } from '../changes/eventFilter';
import type { ClientFeed } from '../changes/clientFeed';

/** A change on its way into an execution. */
export interface PendingChange {
	readonly watch: ClientFeed;
	readonly change: Change;
	/** ms since 1970 */
	readonly receivedAt: number;
	/** Identities of all that it goes to n8n with, when that was settled before. */
	readonly offer?: string[];
}

/** Identities of all that goes to n8n together. */
const offerOf = ([first, ...others]: readonly PendingChange[]) => first.offer ?? [first, ...others].map(({ change }) => identityOf(change));

type DonePromise = NonNullable<Parameters<ITriggerFunctions['emit']>[2]>;

/** Calls with a promise that n8n settles when the execution has ended, or when it could not start it. */
const settled = async (begin: (done: DonePromise) => void) =>
	await new Promise<IRun | undefined>((resolve, reject) => {
		const promise = new Promise<IRun>(() => undefined);
		begin({ promise, resolve, reject });
	});

/** n8n 1.x never settles the promise of an execution that it could not start. */
const tellsOfRefusals = (context: ITriggerFunctions) => typeof context.saveFailedExecution === 'function';

/** n8n rejects with this when somebody stops the execution: it was started, and that is all we promise. */
const isStopped = (error: unknown) => error instanceof Error && error.constructor.name.includes('Cancel');

export interface OutboxOptions extends Pick<DeliveryOptions<PendingChange>, 'gatherMs' | 'oneAtATime' | 'signal'> {
	/** Writes the journals down; n8n stores them when it is asked to start an execution, before it starts it. */
	readonly save: () => void;
}

/** The way of changes into executions. */
export class Outbox {
	private readonly delivery: Delivery<PendingChange>;

	constructor(
		private readonly context: ITriggerFunctions,
		private readonly wanted: EventFilter,
		private readonly options: OutboxOptions,
	) {
		const refused = (error: unknown) =>
			context.logger.warn(`n8n did not start an execution for an event of Fondo; it is tried again. ${maskedMessageOf(error)}`);
		this.delivery = new Delivery<PendingChange>({
			...options,
			emit: async (batch) => await this.emit(batch),
			arrived: (batch) => this.arrived(batch),
			refused,
		});
	}

	/** @param read what the lists told, when they were read */
	deliver(watch: ClientFeed, changes: readonly Change[], read?: ReadResult) {
		const receivedAt = clock.now();
		let news: PendingChange[] = watch.take(changes).map((change) => ({ watch, change, receivedAt }));
		const isWhole = read !== undefined && read.refused === undefined;
		for (const offer of isWhole ? watch.journal.pendingBatches.recover() : []) {
			const together = news.filter(({ change }) => offer.includes(identityOf(change)));
			news = news.filter((told) => !together.includes(told));
			if (together.length > 0) this.delivery.addTogether(together.map((told) => ({ ...told, offer })));
			else watch.journal.pendingBatches.close(offer);
		}
		this.delivery.add(watch, news);
		if (isWhole) watch.journal.advance(read.changes, read.readAt);
	}

	/**
	 * Starts one execution with these, all of one client; settles when it has ended, rejects when n8n did not start it. What is saved
	 * is without them: if n8n dies in between they are told again, never lost. n8n 2.41 starts none twice for the same key, which
	 * is what keeps an event single when n8n dies between starting an execution and writing down that it did.
	 */
	private async emit(batch: readonly PendingChange[]) {
		const { context, wanted } = this;
		const [{ watch }] = batch;
		const offer = offerOf(batch);
		watch.journal.pendingBatches.make(offer);
		this.options.save();
		const key = createHash('sha256')
			.update(`${context.getWorkflow().id} ${context.getNode().id} ${offer.join(' ')}`)
			.digest('hex');
		const items = batch.map(({ change, receivedAt }) => ({ json: itemOf(wanted, watch.clientId, change, receivedAt) }));
		if (tellsOfRefusals(context) || this.options.oneAtATime)
			await settled((done) => context.emit([items], undefined, done, key)).catch(async (error: unknown) =>
				isStopped(error) ? undefined : await Promise.reject(error),
			);
		else context.emit([items]);
	}

	private arrived(batch: readonly PendingChange[]) {
		const [{ watch }] = batch;
		for (const { change } of batch) watch.done(change);
		watch.journal.pendingBatches.close(offerOf(batch));
	}
}
