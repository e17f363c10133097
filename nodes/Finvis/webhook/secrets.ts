import type { IHookFunctions, ITriggerFunctions, IWebhookFunctions } from 'n8n-workflow';
import { clock } from '../../shared/core/clock';
import { isManual } from './webhookParameters';

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

/** n8n takes long to decrypt a credential: a secret that fits is read again after the longer time, in a flood of forgeries after the shorter. */
const TRUSTED_MS = 60_000;
const READ_EVERY_MS = 10_000;
const lately = new Map<string, { readonly at: number; readonly secrets: Promise<string[]> }>();

/** Whether one of the credential's secrets fits. */
export async function isCredentialSecret(context: IWebhookFunctions, fits: (secret: string) => boolean): Promise<boolean> {
	const owner = ownerOf(context);
	const known = lately.get(owner);
	const age = known === undefined ? Infinity : clock.now() - known.at;
	if (known !== undefined && age < TRUSTED_MS && (await known.secrets).some(fits)) return true;
	if (age < READ_EVERY_MS) return false;
	const secrets = credentialSecrets(context);
	lately.set(owner, { at: clock.now(), secrets });
	return await secrets.then(
		(all) => all.some(fits),
		async (error: unknown) => {
			lately.delete(owner);
			return await Promise.reject(error);
		},
	);
}

/** Secrets that came with the registration; not looked for where there was none, for n8n would store at once that it keeps nothing. */
export const registrationSecrets = (context: Context): string[] =>
	isManual(context) ? [] : [known.get(keyOf(context)), keptOf(context)?.secret].filter((secret) => typeof secret === 'string');
