import type { IHookFunctions, ITriggerFunctions, IWebhookFunctions } from 'n8n-workflow';
import { clock } from '../../shared/transport/clock';

type Context = IHookFunctions | ITriggerFunctions | IWebhookFunctions;

/** Our subscription as n8n keeps it with the node. */
export interface Subscription {
	readonly id: string;
	readonly url: string;
	/** Shown by Finvis when the subscription is made, and never again. */
	readonly secret?: string;
	/** A copied workflow brings the static data of the original along. */
	readonly owner: string;
}

export const ownerOf = (context: Context) => `${context.getWorkflow().id} ${context.getNode().id}`;

export function keptOf(context: Context): Subscription | undefined {
	const { subscription } = context.getWorkflowStaticData('node') as { subscription?: Subscription };
	return subscription?.owner === ownerOf(context) ? subscription : undefined;
}

/** Secrets of this process: n8n saves one that was got after publishing only with the next change of the workflow. */
const known = new Map<string, string | undefined>();
type Listening = 'test' | 'live';
const listeningOf = (context: Context): Listening => (context.getMode() === 'manual' ? 'test' : 'live');
const keyOf = (context: Context, listening = listeningOf(context)) => `${ownerOf(context)} ${listening}`;

/** Where n8n is reached now, which need not be where it was when the subscription was made. */
const addresses = new Map<string, string>();

export const listensAt = (context: Context, url: string) => void addresses.set(ownerOf(context), url);
export const addressNow = (context: Context) => addresses.get(ownerOf(context)) ?? keptOf(context)?.url;

export const isOn = (context: Context) => known.has(keyOf(context));

/** From now on the workflow listens, with what is known of its subscription. */
export function keep(context: Context, subscription: Subscription | undefined) {
	if (subscription !== undefined) context.getWorkflowStaticData('node').subscription = { ...subscription };
	known.set(keyOf(context), subscription?.secret);
}

export function forget(context: Context, listening: Listening) {
	delete context.getWorkflowStaticData('node').subscription;
	known.delete(keyOf(context, listening));
}

/** Several while a secret is exchanged, separated by commas or spaces. */
export async function credentialSecrets(context: Context): Promise<string[]> {
	const { webhookSecret } = await context.getCredentials('finvisApi');
	return String(webhookSecret ?? '')
		.split(/[\s,]+/)
		.filter(Boolean);
}

/** n8n takes long to decrypt a credential: in a flood of forgeries it is read once in this time. */
const READ_EVERY_MS = 10_000;
const lately = new Map<string, { readonly until: number; readonly secrets: Promise<string[]> }>();

export async function recentCredentialSecrets(context: IWebhookFunctions): Promise<string[]> {
	const owner = ownerOf(context);
	const known = lately.get(owner);
	if (known !== undefined && known.until > clock.now()) return await known.secrets;
	const secrets = credentialSecrets(context);
	lately.set(owner, { until: clock.now() + READ_EVERY_MS, secrets });
	return await secrets.catch(async (error: unknown) => {
		lately.delete(owner);
		return await Promise.reject(error);
	});
}

/** Secrets that came with the registration. */
export const registrationSecrets = (context: Context): string[] =>
	[known.get(keyOf(context)), keptOf(context)?.secret].filter((secret) => typeof secret === 'string');
