import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { Parcel } from '../deliveries';
import type { World } from '../world';
import { sign, SIGNATURE_FORMATS } from './signature';

export const redeliverySchema = z.strictObject({
	/** What somebody on the way, or somebody who knows no secret, makes of it. */
	tamper: z.enum(['body', 'signature', 'unsigned', 'secret']).optional(),
	/** Signs anew; without it the signature stays that of the first delivery. */
	format: z.enum(SIGNATURE_FORMATS).optional(),
});

export type Redelivery = z.input<typeof redeliverySchema>;

/** The same event as a parcel of the same id, signed anew or tampered with. */
export function repeated(world: World, parcel: Parcel, input: Redelivery): Parcel {
	const { tamper, format } = redeliverySchema.parse(input);
	const { id, webhookId, url, event, body } = parcel;
	const copy = { id, webhookId, url, event, body };
	if (tamper === 'unsigned') return copy;
	if (tamper === 'secret') return { ...copy, signature: sign(randomBytes(24).toString('hex'), body, format) };
	const signature = format === undefined ? parcel.signature : sign(secretOf(world, parcel), body, format);
	if (tamper === 'body') return { ...copy, signature, body: body.replace(/}$/, ',"tampered":true}') };
	return tamper === 'signature' ? { ...copy, signature: altered(signature) } : { ...copy, signature };
}

function secretOf(world: World, { id, webhookId = '' }: Parcel): string {
	const hook = world.finvis.all().flatMap(({ webhooks }) => webhooks.get(webhookId) ?? []);
	const [secret] = hook.map((one) => one.secret);
	if (secret === undefined) throw new Error(`The delivery ${id} cannot be signed anew: its webhook is gone, or it never had one`);
	return secret;
}

/** Another first character, which is a digit of hex and of base64 alike. */
function altered(signature: string | undefined): string {
	if (signature === undefined) throw new Error('The delivery has no signature that could be altered');
	return signature.replace(/^(sha256=)?(.)/, (_all, prefix = '', first) => `${prefix}${first === '0' ? '1' : '0'}`);
}
