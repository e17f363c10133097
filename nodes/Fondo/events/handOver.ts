import { createHash } from 'crypto';
import type { IRun, ITriggerFunctions } from 'n8n-workflow';
import type { Change } from './change';
import { identityOf } from './change';
import type { Wanted } from './wanted';
import { itemOf } from './wanted';
import type { Watch } from './watch';

/** A change on its way into an execution. */
export interface Told {
	readonly watch: Watch;
	readonly change: Change;
	/** ms since 1970 */
	readonly receivedAt: number;
}

type DonePromise = NonNullable<Parameters<ITriggerFunctions['emit']>[2]>;

/** Calls with a promise that n8n settles when the execution has ended. */
const settled = async (begin: (done: DonePromise) => void) =>
	await new Promise<IRun | undefined>((resolve, reject) => {
		const promise = new Promise<IRun>(() => undefined);
		begin({ promise, resolve, reject });
	});

/** n8n rejects with this when somebody stops the execution: it was started, and that is all we promise. */
const isStopped = (error: unknown) => error instanceof Error && error.constructor.name.includes('Cancel');

/**
 * Starts one execution with these; settles when it has ended, rejects when n8n did not start it. n8n 2.41 starts none twice for the
 * same key, which is what keeps an event single when n8n dies between starting an execution and writing down that it did.
 */
export const handOverTo = (context: ITriggerFunctions, wanted: Wanted) => async (batch: readonly Told[]) => {
	const identities = batch.map(({ change }) => identityOf(change)).join(' ');
	const key = createHash('sha256').update(`${context.getWorkflow().id} ${context.getNode().id} ${identities}`).digest('hex');
	const items = batch.map(({ watch, change, receivedAt }) => ({ json: itemOf(wanted, watch.clientId, change, receivedAt) }));
	await settled((done) => context.emit([items], undefined, done, key)).catch(async (error: unknown) =>
		isStopped(error) ? undefined : await Promise.reject(error),
	);
	for (const { watch, change } of batch) watch.done(change);
};
