import { createHash } from 'crypto';
import type { IRun, ITriggerFunctions } from 'n8n-workflow';
import { clock } from '../../../shared/core/clock';
import { maskedMessageOf } from '../../../shared/triggers/failedExecution';
import type { Change } from '../changes/change';
import { identityOf } from '../changes/change';
import type { ClientFeed } from '../changes/clientFeed';
import type { EventFilter } from '../changes/eventFilter';
import { itemOf } from '../changes/eventFilter';
import type { ReadResult } from '../changes/lists';
import type { DeliveryOptions } from './delivery';
import { Delivery } from './delivery';

/** A change on its way into an execution. */
interface PendingChange {
	readonly feed: ClientFeed;
	readonly change: Change;
	/** Milliseconds since 1970. */
	readonly receivedAt: number;
	/** The identities of its batch, when an earlier process has formed the batch. */
	readonly batch?: string[];
}

/** The identities of all changes of one batch. */
const batchOf = ([first, ...others]: readonly PendingChange[]) => first.batch ?? [first, ...others].map(({ change }) => identityOf(change));

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

export interface OutboxOptions extends Pick<DeliveryOptions<PendingChange>, 'gatherMs' | 'oneAtATime' | 'signal'> {
	/** Puts the journals in the static data, which n8n writes to its database before it starts an execution. */
	readonly save: () => void;
}

/** Turns the changes of all feeds of a trigger into executions, each change once. */
export class Outbox {
	private readonly delivery: Delivery<PendingChange>;

	constructor(
		private readonly context: ITriggerFunctions,
		private readonly filter: EventFilter,
		private readonly options: OutboxOptions,
	) {
		this.delivery = new Delivery<PendingChange>({
			...options,
			emit: async (batch) => await this.emit(batch),
			onDelivered: (batch) => this.confirm(batch),
			onRefused: (error) =>
				context.logger.warn(`n8n did not start an execution for an event of Fondo; the trigger tries again. ${maskedMessageOf(error)}`),
		});
	}

	/** @param read the read of the lists that these changes come from, if they come from one */
	deliver(feed: ClientFeed, changes: readonly Change[], read?: ReadResult) {
		const receivedAt = clock.now();
		let pending: PendingChange[] = feed.take(changes).map((change) => ({ feed, change, receivedAt }));
		const isComplete = read !== undefined && read.refused === undefined;
		for (const batch of isComplete ? feed.journal.pendingBatches.takeUnconfirmed() : []) {
			const members = pending.filter(({ change }) => batch.includes(identityOf(change)));
			pending = pending.filter((one) => !members.includes(one));
			if (members.length > 0) this.delivery.addBatch(members.map((member) => ({ ...member, batch })));
			else feed.journal.pendingBatches.remove(batch);
		}
		this.delivery.add(feed, pending);
		if (isComplete) feed.journal.advance(read.changes, read.readAt);
	}

	/**
	 * Starts one execution for a batch of one client. Resolves when the execution ends, rejects when n8n did not start it. The journal is
	 * saved before, with these changes unconfirmed: if n8n dies in between, the next process delivers them again. If n8n dies after it
	 * started the execution, the deduplication key keeps n8n (2.41) from starting a second one.
	 */
	private async emit(pending: readonly PendingChange[]) {
		const { context, filter } = this;
		const [{ feed }] = pending;
		const batch = batchOf(pending);
		feed.journal.pendingBatches.add(batch);
		this.options.save();
		const key = createHash('sha256')
			.update(`${context.getWorkflow().id} ${context.getNode().id} ${batch.join(' ')}`)
			.digest('hex');
		const items = pending.map(({ change, receivedAt }) => ({ json: itemOf(filter, feed.clientId, change, receivedAt) }));
		if (reportsRefusals(context) || this.options.oneAtATime)
			await settled((done) => context.emit([items], undefined, done, key)).catch(async (error: unknown) =>
				isStopped(error) ? undefined : await Promise.reject(error),
			);
		else context.emit([items]);
	}

	private confirm(pending: readonly PendingChange[]) {
		const [{ feed }] = pending;
		for (const { change } of pending) feed.confirm(change);
		feed.journal.pendingBatches.remove(batchOf(pending));
	}
}
