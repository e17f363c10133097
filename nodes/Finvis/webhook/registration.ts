import type { IHookFunctions, ITriggerFunctions } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';
import type { Api } from '../../shared/client';
import { withLock } from '../../shared/core/keyedLock';
import { maskedMessageOf } from '../../shared/triggers/failedExecution';
import { acceptableKeys } from './credentialSecrets';
import { listenAsStored, nodeKeyOf, setAddress, stopListening, storedSubscription } from './storedSubscription';
import type { WantedSubscription } from './subscriptions';
import { createSubscription, deleteSubscriptions, keepValidSubscription, webhookClient } from './subscriptions';
import type { WebhookContext } from './webhookParameters';
import { chosenEvents, eventsOf, hasManualRegistration } from './webhookParameters';

/** The key of the lock that registration and monitor share, so that neither creates what the other has just deleted. */
export const registrationLock = (context: WebhookContext) => `finvis webhook ${nodeKeyOf(context)}`;

/** Whether n8n activates the workflow by itself, at its start. A trigger that throws then is not retried by n8n. */
export const isUnattended = (activation: string) => ['init', 'leadershipChange'].includes(activation);

/** The addresses of workflows in the editor. When n8n deletes a webhook, it does not say whether it is one of them. */
const testAddresses = new Set<string>();

function wantedSubscription(context: IHookFunctions, events: readonly string[]): WantedSubscription {
	const url = context.getNodeWebhookUrl('default');
	if (url === undefined)
		throw new NodeOperationError(context.getNode(), 'n8n has no address for this webhook', {
			description: 'Set WEBHOOK_URL of n8n to its public https address, restart n8n, and publish again.',
		});
	const isTest = context.getMode() === 'manual';
	if (isTest) testAddresses.add(url);
	else if (!testAddresses.has(url)) setAddress(context, url);
	// A workflow in the editor listens at another address and must not touch the subscription of the published workflow.
	return { url, events, stored: isTest ? undefined : storedSubscription(context) };
}

/** Runs a task of the registration. At n8n start it logs a failure and returns `fallback`, because the monitor tries again. */
async function runOrLeaveToMonitor(context: IHookFunctions, fallback: boolean, task: () => Promise<boolean>): Promise<boolean> {
	const running = withLock(registrationLock(context), task);
	if (!isUnattended(context.getActivationMode())) return await running;
	return await running.catch((error: unknown) => {
		context.logger.warn(
			`The webhook of '${context.getNode().name}' at Finvis could not be checked: ${maskedMessageOf(error)}. The node tries again.`,
		);
		listenAsStored(context);
		return fallback;
	});
}

function requireSecret(context: IHookFunctions, secrets: readonly string[]): true {
	if (secrets.length > 0) return true;
	throw new NodeOperationError(
		context.getNode(),
		"The signing secret of the webhook is missing. Put it into 'Webhook Signing Secret' of the credential.",
		{ description: 'Without the secret, the node cannot distinguish events from forgeries and refuses them all.' },
	);
}

/** n8n's `checkExists`: whether Finvis has a valid subscription for this node. */
export const isRegistered = async (context: IHookFunctions, api: Api) =>
	await runOrLeaveToMonitor(context, true, async () => {
		const wanted = wantedSubscription(context, chosenEvents(context));
		const { secrets } = await acceptableKeys(context);
		if (hasManualRegistration(context)) return requireSecret(context, secrets);
		return await keepValidSubscription(context, await webhookClient(context, api), wanted);
	});

/** Nodes whose subscription was created again at n8n start. The monitor reports them, because a registration cannot. */
const recreatedAtStart = new Set<string>();

/** Whether the subscription was created again at n8n start; true once for each time. */
export const takeRecreatedAtStart = (context: ITriggerFunctions) => recreatedAtStart.delete(nodeKeyOf(context));

/** n8n's `create`: creates the subscription. */
export const register = async (context: IHookFunctions, api: Api) =>
	await runOrLeaveToMonitor(context, false, async () => {
		await createSubscription(context, await webhookClient(context, api), wantedSubscription(context, chosenEvents(context)));
		if (isUnattended(context.getActivationMode())) recreatedAtStart.add(nodeKeyOf(context));
		return true;
	});

/** n8n's `delete`: deletes the subscription, also when n8n has lost the static data. */
export const unregister = async (context: IHookFunctions, api: Api) =>
	await withLock(registrationLock(context), async () => {
		if (hasManualRegistration(context)) return true;
		const wanted = wantedSubscription(context, eventsOf(context));
		const isTest = testAddresses.has(wanted.url);
		const deleting = webhookClient(context, api).then(async (send) => await deleteSubscriptions(send, wanted));
		await deleting.catch(async (error: unknown) => {
			// When the end of listening fails, n8n 2.41 lets no node listen in the editor until n8n restarts.
			if (!isTest) return await Promise.reject(error);
			context.logger.warn(`The test webhook of '${context.getNode().name}' could not be removed at Finvis: ${maskedMessageOf(error)}`);
		});
		stopListening(context, isTest ? 'test' : 'live');
		return true;
	});
