import type { Incoming } from './pipeline';
import { Refusal } from './refusal';

/** Form or JSON by content type; a missing body is undefined. */
export function parseBody({ headers, body }: Pick<Incoming, 'headers' | 'body'>): unknown {
	if (body === undefined || body.length === 0) return undefined;
	const text = body.toString('utf8');
	if (String(headers['content-type']).startsWith('application/x-www-form-urlencoded')) {
		return Object.fromEntries(new URLSearchParams(text));
	}
	try {
		return JSON.parse(text);
	} catch {
		throw new Refusal(400, 'invalid_request', 'The body is not valid JSON');
	}
}
