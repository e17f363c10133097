import { isObject } from '../../shared/core/isObject';
import type { WebhookContext } from './webhookParameters';
import { hasManualRegistration } from './webhookParameters';

/** The webhook subscription of one trigger node, as n8n stores it in the static data of the node. Its keys never change. */
export interface Subscription {
	readonly id: string;
	readonly url: string;
	/** Finvis shows the secret when it creates the subscription, and never again. */
	readonly secret?: string;
	/** The `nodeKeyOf` of the node that owns it. A copied workflow carries the static data of the original. */
	readonly owner: string;
}

/** Identifies one trigger node of one workflow. */
export const nodeKeyOf = (context: WebhookContext) => `${context.getWorkflow().id} ${context.getNode().id}`;

const isSubscriptionOf = (nodeKey: string, value: unknown): value is Subscription => isObject(value) && value.owner === nodeKey;

/** The subscription that n8n has stored for this node; undefined when there is none, or when it belongs to another node. */
export function storedSubscription(context: WebhookContext): Subscription | undefined {
	const { subscription } = context.getWorkflowStaticData('node');
	return isSubscriptionOf(nodeKeyOf(context), subscription) ? subscription : undefined;
}

/** A workflow in the editor listens beside the published one, at another address and with another secret. */
export type ListeningMode = 'test' | 'live';

const modeOf = (context: WebhookContext): ListeningMode => (context.getMode() === 'manual' ? 'test' : 'live');
const listenerKey = (context: WebhookContext, mode = modeOf(context)) => `${nodeKeyOf(context)} ${mode}`;

/** Secrets by listener. n8n saves a secret that arrives after publishing only with the next change of the workflow, so this process keeps it. */
const listeners = new Map<string, string | undefined>();

/** The addresses at which n8n receives events now. They can differ from those of the stored subscriptions. */
const addresses = new Map<string, string>();

export const setAddress = (context: WebhookContext, url: string) => void addresses.set(nodeKeyOf(context), url);
export const currentAddress = (context: WebhookContext) => addresses.get(nodeKeyOf(context)) ?? storedSubscription(context)?.url;

export const isListening = (context: WebhookContext) => listeners.has(listenerKey(context));

/** Starts to listen, with the subscription if it is known. */
export function startListening(context: WebhookContext, subscription: Subscription | undefined) {
	if (subscription !== undefined) context.getWorkflowStaticData('node').subscription = { ...subscription };
	listeners.set(listenerKey(context), subscription?.secret);
}

export function stopListening(context: WebhookContext, mode: ListeningMode) {
	delete context.getWorkflowStaticData('node').subscription;
	listeners.delete(listenerKey(context, mode));
}

/** Secrets of an automatic registration. With a manual one the static data is not read, because n8n would then save it at once although it is empty. */
export const registrationSecrets = (context: WebhookContext): string[] =>
	hasManualRegistration(context)
		? []
		: [listeners.get(listenerKey(context)), storedSubscription(context)?.secret].filter((secret) => typeof secret === 'string');
