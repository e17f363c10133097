import type { IWebhookFunctions } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';
import { clock } from '../../shared/core/clock';
import { trimmed } from '../../shared/http/environments';
import { sealingKeyOf } from './sealedSecret';
import { nodeKeyOf } from './storedSubscription';
import type { WebhookContext } from './webhookParameters';

/** What a credential contributes to the verification of webhooks. */
export interface SigningKeys {
	/** The secrets in the credential that are long enough. There are several while a new secret replaces an old one. */
	readonly secrets: readonly string[];
	/** How many parts of the field are too short, so that they can be guessed. */
	readonly tooShort: number;
	/** Decrypts the secret of a registration. */
	readonly sealingKey: Buffer;
}

const MIN_LENGTH = 16;

/** Reads the credential. Secrets are separated by commas or lines only, because a secret can contain spaces. */
export async function signingKeys(context: WebhookContext): Promise<SigningKeys> {
	const { webhookSecret, clientSecret } = await context.getCredentials('finvisApi');
	const parts = String(webhookSecret ?? '')
		.split(/[,\r\n]/)
		.map(trimmed)
		.filter(Boolean);
	const secrets = parts.filter(({ length }) => length >= MIN_LENGTH);
	return { secrets, tooShort: parts.length - secrets.length, sealingKey: sealingKeyOf(trimmed(clientSecret)) };
}

/** The same for publishing. Throws when a secret is too short. */
export async function acceptableKeys(context: WebhookContext): Promise<SigningKeys> {
	const keys = await signingKeys(context);
	if (keys.tooShort === 0) return keys;
	throw new NodeOperationError(
		context.getNode(),
		`A part of 'Webhook Signing Secret' in the credential has fewer than ${MIN_LENGTH} characters`,
		{
			description:
				'A short secret can be guessed, so the node does not use it. Separate several secrets by commas or lines, and write nothing else there.',
		},
	);
}

/** How long keys that fit are used before the credential is read again. n8n takes long to decrypt a credential. */
const TRUSTED_MS = 60_000;
/** The shortest time between two reads while no key fits, as in a flood of forgeries. */
const READ_EVERY_MS = 10_000;
const lastReads = new Map<string, { readonly at: number; readonly keys: Promise<SigningKeys> }>();

/** What `attempt` finds with the keys of the credential; undefined when they do not fit. Throws when n8n cannot read the credential. */
export async function withSigningKeys<T>(
	context: IWebhookFunctions,
	attempt: (keys: SigningKeys) => T | undefined,
): Promise<T | undefined> {
	const nodeKey = nodeKeyOf(context);
	const lastRead = lastReads.get(nodeKey);
	const age = lastRead === undefined ? Infinity : clock.now() - lastRead.at;
	if (lastRead !== undefined && age < TRUSTED_MS) {
		const found = attempt(await lastRead.keys);
		if (found !== undefined) return found;
	}
	if (age < READ_EVERY_MS) return undefined;
	const keys = signingKeys(context);
	lastReads.set(nodeKey, { at: clock.now(), keys });
	return await keys.then(attempt, async (error: unknown) => {
		lastReads.delete(nodeKey);
		return await Promise.reject(error);
	});
}
