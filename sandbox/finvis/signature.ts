import { createHmac } from 'node:crypto';
import type { SignatureFormat } from '../state/settings';

/** HMAC-SHA256 of the raw body. Section 2.5 of contracts/NOTES.md assumes lower-case hex; a client must accept the other formats too. */
export function sign(secret: string, rawBody: string, format: SignatureFormat = 'hex'): string {
	const digest = createHmac('sha256', secret)
		.update(rawBody, 'utf8')
		.digest(format.endsWith('hex') ? 'hex' : 'base64');
	return format.startsWith('sha256=') ? `sha256=${digest}` : digest;
}
