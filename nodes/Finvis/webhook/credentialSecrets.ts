import type { IWebhookFunctions } from 'n8n-workflow';
import { clock } from '../../shared/core/clock';
import { nodeKeyOf } from './storedSubscription';
import type { WebhookContext } from './webhookParameters';

/** The secrets in the credential, separated by commas or spaces. There are several while a new secret replaces an old one. */
export async function credentialSecrets(context: WebhookContext): Promise<string[]> {
	const { webhookSecret } = await context.getCredentials('finvisApi');
	return String(webhookSecret ?? '')
		.split(/[\s,]+/)
		.filter(Boolean);
}

/** How long a secret that matches is used before the credential is read again. n8n takes long to decrypt a credential. */
const TRUSTED_MS = 60_000;
/** The shortest time between two reads while no secret matches, as in a flood of forgeries. */
const READ_EVERY_MS = 10_000;
const lastReads = new Map<string, { readonly at: number; readonly secrets: Promise<string[]> }>();

/** Whether one of the secrets in the credential matches. Throws when n8n cannot read the credential. */
export async function isCredentialSecret(context: IWebhookFunctions, matches: (secret: string) => boolean): Promise<boolean> {
	const nodeKey = nodeKeyOf(context);
	const lastRead = lastReads.get(nodeKey);
	const age = lastRead === undefined ? Infinity : clock.now() - lastRead.at;
	if (lastRead !== undefined && age < TRUSTED_MS && (await lastRead.secrets).some(matches)) return true;
	if (age < READ_EVERY_MS) return false;
	const secrets = credentialSecrets(context);
	lastReads.set(nodeKey, { at: clock.now(), secrets });
	return await secrets.then(
		(all) => all.some(matches),
		async (error: unknown) => {
			lastReads.delete(nodeKey);
			return await Promise.reject(error);
		},
	);
}
