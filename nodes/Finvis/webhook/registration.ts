import type { IHookFunctions, ITriggerFunctions } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';
import { maskedMessageOf } from '../../shared/triggers/failedExecution';
import { withLock } from '../../shared/core/keyedLock';
import { chosenEvents, eventsOf, isManual } from './webhookParameters';
import { credentialSecrets, forget, keep, keptOf, listensAt, ownerOf } from './secrets';
import type { WantedSubscription } from './subscriptions';
import { adopt, finvisFor, lookUp, remove, subscribe } from './subscriptions';

/** Registration and watch of one node stand in line, so that none makes what the other has just removed. */
export const lineOf = (context: Parameters<typeof ownerOf>[0]) => `finvis webhook ${ownerOf(context)}`;

/** When n8n starts nobody looks, and a trigger that throws then is dead for good. */
export const isUnattended = (activation: string) => ['init', 'leadershipChange'].includes(activation);

/** Where the editor listens: n8n does not tell when what it wants removed is that. */
const testAddresses = new Set<string>();

function wantedBy(context: IHookFunctions, events: readonly string[]): WantedSubscription {
	const url = context.getNodeWebhookUrl('default');
	if (url === undefined)
		throw new NodeOperationError(context.getNode(), 'n8n has no address for this webhook', {
			description: 'Set WEBHOOK_URL of n8n to its public https address, restart n8n, and publish again.',
		});
	const isTest = context.getMode() === 'manual';
	if (isTest) testAddresses.add(url);
	else if (!testAddresses.has(url)) listensAt(context, url);
	// Listening in the editor has another address and must not touch what the published workflow has.
	return { url, events, kept: isTest ? undefined : keptOf(context) };
}

/** Unattended trouble is logged, and the watch tries again. */
async function orLater(context: IHookFunctions, otherwise: boolean, task: () => Promise<boolean>): Promise<boolean> {
	const inTurn = withLock(lineOf(context), task);
	if (!isUnattended(context.getActivationMode())) return await inTurn;
	return await inTurn.catch((error: unknown) => {
		context.logger.warn(
			`The webhook of '${context.getNode().name}' at Finvis could not be checked: ${maskedMessageOf(error)}. It is tried again.`,
		);
		keep(context, keptOf(context));
		return otherwise;
	});
}

async function requireSecret(context: IHookFunctions): Promise<boolean> {
	if ((await credentialSecrets(context)).length > 0) return true;
	throw new NodeOperationError(
		context.getNode(),
		"The signing secret of the webhook is missing. Put it into 'Webhook Signing Secret' of the credential.",
		{ description: 'Without it every event would be refused, because it cannot be told from a forgery.' },
	);
}

export const isRegistered = async (context: IHookFunctions) =>
	await orLater(context, true, async () => {
		const wanted = wantedBy(context, chosenEvents(context));
		if (isManual(context)) return await requireSecret(context);
		return await adopt(context, await finvisFor(context), wanted);
	});

/** Made anew when n8n started: the watch tells of it, for a registration cannot. */
const madeAtStart = new Set<string>();

export const wasMadeAtStart = (context: ITriggerFunctions) => madeAtStart.delete(ownerOf(context));

export const register = async (context: IHookFunctions) =>
	await orLater(context, false, async () => {
		await subscribe(context, await finvisFor(context), wantedBy(context, chosenEvents(context)));
		if (isUnattended(context.getActivationMode())) madeAtStart.add(ownerOf(context));
		return true;
	});

async function takeAway(context: IHookFunctions, wanted: WantedSubscription) {
	const send = await finvisFor(context);
	const { right, wrong } = await lookUp(send, wanted);
	await remove(send, right === undefined ? wrong : [...wrong, String(right.id)]);
}

/** Removes what is ours, also when n8n has kept nothing of it; what is gone already is done. */
export const unregister = async (context: IHookFunctions) =>
	await withLock(lineOf(context), async () => {
		if (isManual(context)) return true;
		const wanted = wantedBy(context, eventsOf(context));
		const isTest = testAddresses.has(wanted.url);
		await takeAway(context, wanted).catch(async (error: unknown) => {
			// n8n 2.41 lets no node listen any more, until it is restarted, when the end of listening fails.
			if (!isTest) return await Promise.reject(error);
			context.logger.warn(`The test webhook of '${context.getNode().name}' could not be removed at Finvis: ${maskedMessageOf(error)}`);
		});
		forget(context, isTest ? 'test' : 'live');
		return true;
	});
