import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { WebhookMessage } from '../state/deliveries';
import { SIGNATURE_FORMATS } from '../state/settings';
import type { FinvisContext } from './context';
import { sign } from './signature';

const redeliverySchema = z.strictObject({
	/** Changes the message as an attacker would. */
	tamper: z.enum(['body', 'signature', 'unsigned', 'secret']).optional(),
	/** Format of a new signature; without it, the message keeps its first signature. */
	format: z.enum(SIGNATURE_FORMATS).optional(),
});

export type Redelivery = z.input<typeof redeliverySchema>;

/** The same message with the same id, optionally with a new signature or tampered with. */
export function redeliveryMessage(context: FinvisContext, message: WebhookMessage, input: Redelivery): WebhookMessage {
	const { tamper, format } = redeliverySchema.parse(input);
	const { id, webhookId, url, event, body } = message;
	const copy = { id, webhookId, url, event, body };
	if (tamper === 'unsigned') return copy;
	if (tamper === 'secret') return { ...copy, signature: sign(randomBytes(24).toString('hex'), body, format) };
	const signature = format === undefined ? message.signature : sign(secretOf(context, message), body, format);
	if (tamper === 'body') return { ...copy, signature, body: body.replace(/}$/, ',"tampered":true}') };
	return tamper === 'signature' ? { ...copy, signature: alterSignature(signature) } : { ...copy, signature };
}

function secretOf(context: FinvisContext, { id, webhookId = '' }: WebhookMessage): string {
	const hooks = context.store.all().flatMap(({ webhooks }) => webhooks.get(webhookId) ?? []);
	const secret = hooks[0]?.secret;
	if (secret === undefined) throw new Error(`The delivery ${id} cannot get a new signature: its webhook is deleted, or it never had one`);
	return secret;
}

/** The signature with another first character, which is valid in hex and in base64. */
function alterSignature(signature: string | undefined): string {
	if (signature === undefined) throw new Error('The delivery has no signature to alter');
	return signature.replace(/^(sha256=)?(.)/, (_all, prefix = '', first) => `${prefix}${first === '0' ? '1' : '0'}`);
}
