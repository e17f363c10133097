import type { ITriggerFunctions, ITriggerResponse } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';
import type { Api } from '../../shared/client';
import { clock } from '../../shared/core/clock';
import { withLock } from '../../shared/core/keyedLock';
import { maskedMessageOf, saveFailedExecution } from '../../shared/triggers/failedExecution';
import { isUnattended, registrationLock, takeRecreatedAtStart } from './registration';
import { currentAddress, isListening, storedSubscription } from './storedSubscription';
import { createSubscription, keepValidSubscription, webhookClient } from './subscriptions';
import { eventsOf, hasManualRegistration } from './webhookParameters';

const RETRY_MS = 60_000;
const CHECK_MS = 15 * 60_000;

/** Checks the subscription at Finvis, and creates it again if it is missing or changed. Returns whether it did so. */
const repair = async (context: ITriggerFunctions, api: Api, signal: AbortSignal) =>
	await withLock(registrationLock(context), async () => {
		const url = currentAddress(context);
		if (signal.aborted || url === undefined || !isListening(context)) return false;
		const send = await webhookClient(context, api);
		const wanted = { url, events: eventsOf(context), stored: storedSubscription(context) };
		if (await keepValidSubscription(context, send, wanted)) return false;
		await createSubscription(context, send, wanted);
		return true;
	});

const missedEventsError = (context: ITriggerFunctions, from: string) =>
	new NodeOperationError(context.getNode(), 'Finvis no longer had a valid webhook of this workflow; the node registered it again', {
		description: `Events from ${from} to ${new Date(clock.now()).toISOString()} may not have started the workflow: compare with the payment batches and transactions of that time. If your n8n has separate webhook processes, unpublish and publish the workflow, so that they learn the new signing secret.`,
	});

async function checkUntilAborted(context: ITriggerFunctions, api: Api, signal: AbortSignal): Promise<void> {
	let lastSeen = clock.now();
	let wait = isUnattended(context.getActivationMode()) ? RETRY_MS : CHECK_MS;
	for (;;) {
		await clock.sleep(wait, signal).catch(() => undefined);
		if (signal.aborted) return;
		if (takeRecreatedAtStart(context)) saveFailedExecution(context, missedEventsError(context, 'the time when n8n was off'));
		wait = await repair(context, api, signal).then(
			(wasRepaired) => {
				if (wasRepaired) saveFailedExecution(context, missedEventsError(context, new Date(lastSeen).toISOString()));
				lastSeen = clock.now();
				return CHECK_MS;
			},
			(error: unknown) => {
				context.logger.warn(
					`The webhook of '${context.getNode().name}' at Finvis could not be checked: ${maskedMessageOf(error)}. The node tries again.`,
				);
				return RETRY_MS;
			},
		);
	}
}

/**
 * Checks at intervals that Finvis still has the subscription. n8n itself checks a webhook only at its start, and only if the node
 * also has a trigger. This trigger does not emit, and n8n never calls it in the editor.
 */
export async function monitor(context: ITriggerFunctions, api: Api): Promise<ITriggerResponse> {
	const stopping = new AbortController();
	if (!hasManualRegistration(context))
		checkUntilAborted(context, api, stopping.signal).catch((error: unknown) => context.logger.error(maskedMessageOf(error)));
	return { closeFunction: async () => stopping.abort() };
}
