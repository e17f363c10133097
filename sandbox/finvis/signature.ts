import { createHmac } from 'node:crypto';

/** Lower case hex HMAC-SHA256 over the raw body, as NOTES.md 2.5 assumes. */
export function sign(secret: string, rawBody: string): string {
	return createHmac('sha256', secret).update(rawBody, 'utf8').digest('hex');
}
