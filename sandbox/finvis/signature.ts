import { createHmac } from 'node:crypto';
import type { Clock } from '../state/clock';
import type { SignatureFormat } from '../state/settings';
import type { Behaviour } from '../vendors/position';

/** HMAC-SHA256 of the raw body. Section 2.5 of contracts/NOTES.md assumes lower-case hex; a client must accept the other formats too. */
export function sign(secret: string, rawBody: string, format: SignatureFormat = 'hex'): string {
	const digest = createHmac('sha256', secret)
		.update(rawBody, 'utf8')
		.digest(format.endsWith('hex') ? 'hex' : 'base64');
	return format.startsWith('sha256=') ? `sha256=${digest}` : digest;
}

interface SigningContext {
	readonly clock: Clock;
	readonly vendor: Behaviour;
	readonly settings: { readonly webhookSignature: SignatureFormat };
}

/** The signature of a webhook as the vendor positions write it, or in the format of the settings. */
export function signatureOf(secret: string, rawBody: string, { clock, vendor, settings }: SigningContext): string {
	if (vendor.webhookSignature === undefined) return sign(secret, rawBody, settings.webhookSignature);
	return vendor.webhookSignature(rawBody, clock.now(), (text, encoding, which = 'current') =>
		sign(which === 'current' ? secret : `${secret} before`, text, encoding),
	);
}
