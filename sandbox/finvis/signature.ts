import { createHmac } from 'node:crypto';

export const SIGNATURE_FORMATS = ['hex', 'base64', 'sha256=hex', 'sha256=base64'] as const;
export type SignatureFormat = (typeof SIGNATURE_FORMATS)[number];

/** HMAC-SHA256 over the raw body; lower case hex is what NOTES.md 2.5 assumes, the others are what it wants a client to survive. */
export function sign(secret: string, rawBody: string, format: SignatureFormat = 'hex'): string {
	const digest = createHmac('sha256', secret)
		.update(rawBody, 'utf8')
		.digest(format.endsWith('hex') ? 'hex' : 'base64');
	return format.startsWith('sha256=') ? `sha256=${digest}` : digest;
}
