import { isObject } from '../../shared/core/isObject';
import { open, seal } from './sealedSecret';
import type { WebhookContext } from './webhookParameters';
import { hasManualRegistration } from './webhookParameters';

/** The webhook subscription of one trigger node, as n8n stores it in the static data of the node. Its keys never change. */
export interface Subscription {
	readonly id: string;
	/** The address that the node has registered. */
	readonly url: string;
	/** The `nodeKeyOf` of the node that owns it. A copied workflow carries the static data of the original. */
	readonly owner: string;
	/** The events that the node has registered, joined by commas. */
	readonly events?: string;
	/** How Finvis has first shown address and events, because it can write them differently. */
	readonly shown?: string;
	/** Finvis has shown the subscription as active, so it is verified. */
	readonly wasActive?: boolean;
	/** The encrypted secret. Finvis shows a secret when it creates the subscription, and never again. */
	readonly sealed?: string;
	/** The secret, as version 0.1.0 has stored it. */
	readonly secret?: string;
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

/** Subscriptions by listener, with the secret in clear. n8n saves a secret that arrives after publishing only with the next change of the workflow, so this process keeps it. */
const listeners = new Map<string, { readonly id?: string; readonly secret?: string }>();

/** The addresses at which n8n receives events now. They can differ from those of the stored subscriptions. */
const addresses = new Map<string, string>();

export const setAddress = (context: WebhookContext, url: string) => void addresses.set(nodeKeyOf(context), url);
export const currentAddress = (context: WebhookContext) => addresses.get(nodeKeyOf(context)) ?? storedSubscription(context)?.url;

export const isListening = (context: WebhookContext) => listeners.has(listenerKey(context));

/** Starts to listen with a subscription, whose secret n8n stores encrypted. */
export function startListening(context: WebhookContext, subscription: Subscription, secret: string | undefined, key: Buffer) {
	const { id, owner, sealed } = subscription;
	const isSealed = secret === undefined || (sealed !== undefined && open(sealed, key, owner) === secret);
	const stored: Subscription = { ...subscription, secret: undefined, sealed: isSealed ? sealed : seal(secret, key, owner) };
	context.getWorkflowStaticData('node').subscription = Object.fromEntries(
		Object.entries(stored).filter(([, value]) => value !== undefined),
	);
	listeners.set(listenerKey(context), { id, secret });
}

/** Listens with what n8n has stored, for when Finvis cannot be asked. */
export const listenAsStored = (context: WebhookContext) => void listeners.set(listenerKey(context), {});

export function stopListening(context: WebhookContext, mode: ListeningMode) {
	delete context.getWorkflowStaticData('node').subscription;
	listeners.delete(listenerKey(context, mode));
}

/** The secrets that are known without the credential. With a manual registration the static data is not read, because n8n would then save it at once although it is empty. */
export const knownSecrets = (context: WebhookContext): string[] =>
	hasManualRegistration(context)
		? []
		: [listeners.get(listenerKey(context))?.secret, storedSubscription(context)?.secret].filter((secret) => secret !== undefined);

/** The encrypted secret of the stored subscription; undefined when there is none, or when another key has encrypted it. */
export function openSecret(context: WebhookContext, key: Buffer): string | undefined {
	if (hasManualRegistration(context)) return undefined;
	const { sealed, owner } = storedSubscription(context) ?? {};
	return sealed === undefined || owner === undefined ? undefined : open(sealed, key, owner);
}

/** The secret of the stored subscription; undefined when it has none, null when it cannot be decrypted. */
export function secretOfStored(context: WebhookContext, { id, sealed, secret }: Subscription, key: Buffer): string | undefined | null {
	const listener = listeners.get(listenerKey(context));
	const known = (listener?.id === id ? listener.secret : undefined) ?? secret ?? openSecret(context, key);
	return known ?? (sealed === undefined ? undefined : null);
}
