import type { HandlerResponse } from '../http/api';
import { HttpError } from '../http/httpError';

interface FirstRequest {
	request: string;
	body: unknown;
	response?: HandlerResponse;
}

/** Keeps the first response to each key. It keeps successful responses only, so a caller can correct a refused write and send it again. */
export class Idempotency {
	private readonly requests = new Map<string, FirstRequest>();

	async once(
		key: string,
		request: string,
		body: unknown,
		handle: () => HandlerResponse | Promise<HandlerResponse>,
	): Promise<HandlerResponse> {
		const first = this.requests.get(key);
		if (first !== undefined) return replay(first, request, body);
		const entry: FirstRequest = { request, body };
		this.requests.set(key, entry);
		try {
			const response = await handle();
			if (response.status >= 200 && response.status < 300) entry.response = response;
			return response;
		} finally {
			if (entry.response === undefined) this.requests.delete(key);
		}
	}
}

function replay(first: FirstRequest, request: string, body: unknown): HandlerResponse {
	if (first.request !== request) {
		throw new HttpError(409, 'idempotency_key_reused', `The Idempotency-Key was used for ${first.request}, not for ${request}`);
	}
	const fields = differingFields(first.body, body);
	if (fields.length > 0) {
		throw new HttpError(
			409,
			'idempotency_key_reused',
			`The Idempotency-Key was used with another body; different fields: ${fields.join(', ')}`,
		);
	}
	if (first.response === undefined) {
		throw new HttpError(409, 'idempotency_in_progress', 'The first request with this Idempotency-Key is still running');
	}
	return { ...first.response, headers: { ...first.response.headers, 'Idempotent-Replayed': 'true' } };
}

function differingFields(one: unknown, other: unknown): string[] {
	const [a, b] = [fieldsOf(one), fieldsOf(other)];
	return [...new Set([...Object.keys(a), ...Object.keys(b)])].filter((name) => canonical(a[name]) !== canonical(b[name]));
}

function fieldsOf(body: unknown): Record<string, unknown> {
	if (body === undefined || body === null) return {};
	return typeof body === 'object' && !Array.isArray(body) ? { ...body } : { body };
}

/** JSON with sorted keys, so that the order of fields makes no difference. */
function canonical(value: unknown): string {
	return (
		JSON.stringify(value, (_key, part: unknown) =>
			typeof part === 'object' && part !== null && !Array.isArray(part)
				? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
				: part,
		) ?? ''
	);
}
