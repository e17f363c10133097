import type { ITriggerFunctions, ITriggerResponse } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';
import { maskedMessageOf, saveFailedExecution } from '../../shared/triggers/failedExecution';
import { withLock } from '../../shared/core/keyedLock';
import { clock } from '../../shared/core/clock';
import { eventsOf, isManual } from './webhookParameters';
import { isUnattended, lineOf, wasMadeAtStart } from './registration';
import { addressNow, isOn, keptOf } from './secrets';
import { adopt, finvisFor, subscribe } from './subscriptions';

const MINUTE = 60_000;
const EVERY = 15 * MINUTE;

/** True when the subscription was gone or was changed, and had to be made anew. */
const repaired = async (context: ITriggerFunctions, signal: AbortSignal) =>
	await withLock(lineOf(context), async () => {
		const url = addressNow(context);
		if (signal.aborted || url === undefined || !isOn(context)) return false;
		const send = await finvisFor(context);
		const wanted = { url, events: eventsOf(context), kept: keptOf(context) };
		if (await adopt(context, send, wanted)) return false;
		await subscribe(context, send, wanted);
		return true;
	});

const loss = (context: ITriggerFunctions, from: string) =>
	new NodeOperationError(context.getNode(), 'Finvis no longer had the webhook of this workflow; it was made anew', {
		description: `Events from ${from} to ${new Date(clock.now()).toISOString()} may not have started the workflow: compare with the payment batches and transactions of that time. If your n8n has separate webhook processes, unpublish and publish the workflow, so that they learn the new signing secret.`,
	});

async function lookForEver(context: ITriggerFunctions, signal: AbortSignal): Promise<void> {
	let lastSeen = clock.now();
	let wait = isUnattended(context.getActivationMode()) ? MINUTE : EVERY;
	for (;;) {
		await clock.sleep(wait, signal).catch(() => undefined);
		if (signal.aborted) return;
		if (wasMadeAtStart(context)) saveFailedExecution(context, loss(context, 'the time when n8n was off'));
		wait = await repaired(context, signal).then(
			(wasRepaired) => {
				if (wasRepaired) saveFailedExecution(context, loss(context, new Date(lastSeen).toISOString()));
				lastSeen = clock.now();
				return EVERY;
			},
			(error: unknown) => {
				context.logger.warn(
					`The webhook of '${context.getNode().name}' at Finvis could not be checked: ${maskedMessageOf(error)}. It is tried again.`,
				);
				return MINUTE;
			},
		);
	}
}

/**
 * n8n asks for a webhook's registration when it starts only where the node has a trigger as well, and never later. So this
 * trigger looks from time to time whether Finvis still has the subscription. It does not emit, and is never called in the editor.
 */
export async function monitor(context: ITriggerFunctions): Promise<ITriggerResponse> {
	const stopping = new AbortController();
	if (!isManual(context)) lookForEver(context, stopping.signal).catch((error: unknown) => context.logger.error(maskedMessageOf(error)));
	return { closeFunction: async () => stopping.abort() };
}
