import type { HandlerResponse } from '../http/api';
import { HttpError } from '../http/httpError';
import type { Behaviour } from '../vendors/position';

interface FirstRequest {
	/** Real time in milliseconds. */
	at: number;
	request: string;
	body: unknown;
	response?: HandlerResponse;
}

interface KeyedRequest {
	key: string;
	/** Method and path. */
	request: string;
	body: unknown;
	/** Real time in milliseconds, because callers repeat in real time. */
	now: number;
	vendor: Behaviour;
}

const CODES = { 400: 'invalid', 409: 'idempotency_key_reused', 422: 'idempotency_key_reused' };

/** Keeps the first response to each key. It keeps no refusal unless the vendor does, so a caller can correct a write and send it again. */
export class Idempotency {
	private readonly requests = new Map<string, FirstRequest>();

	async once(keyed: KeyedRequest, handle: () => HandlerResponse | Promise<HandlerResponse>): Promise<HandlerResponse> {
		const { key, request, body, now, vendor } = keyed;
		if (vendor.keyLifetime === 0) return await handle();
		const first = this.requests.get(key);
		if (first !== undefined && now < first.at + vendor.keyLifetime) return replay(first, keyed);
		const entry: FirstRequest = { at: now, request, body };
		this.requests.set(key, entry);
		try {
			const response = await handle();
			const isKept = response.status < 400 || (response.status < 500 && vendor.keysKeepRefusals);
			if (isKept) entry.response = response;
			return response;
		} finally {
			if (entry.response === undefined) this.requests.delete(key);
		}
	}
}

function replay(first: FirstRequest, { request, body, now, vendor }: KeyedRequest): HandlerResponse {
	const { keyWithOtherBody, keyUnderWay } = vendor;
	if (first.response === undefined || now < first.at + keyUnderWay) {
		throw new HttpError(409, 'idempotency_in_progress', 'The first request with this Idempotency-Key is still running');
	}
	const difference = differenceOf(first, request, body);
	if (difference !== undefined && keyWithOtherBody !== 'first answer') {
		throw new HttpError(keyWithOtherBody, CODES[keyWithOtherBody], `The Idempotency-Key was used ${difference}`);
	}
	return { ...first.response, headers: { ...first.response.headers, 'Idempotent-Replayed': 'true' } };
}

function differenceOf(first: FirstRequest, request: string, body: unknown): string | undefined {
	if (first.request !== request) return `for ${first.request}, not for ${request}`;
	const fields = differingFields(first.body, body);
	return fields.length === 0 ? undefined : `with another body; different fields: ${fields.join(', ')}`;
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
