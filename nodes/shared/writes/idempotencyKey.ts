import { createHash } from 'crypto';
import type { Connection } from '../http/connection';
import { UserError, REPORT_IT } from '../core/userError';
import type { ApiRequest, Middleware } from '../http/request';
import { isOk, isRead } from '../http/request';

const sha256 = (value: unknown) => createHash('sha256').update(JSON.stringify(value)).digest('hex');

const sorted = (value: unknown): unknown => {
	if (Array.isArray(value)) return value.map(sorted);
	if (typeof value !== 'object' || value === null) return value;
	return Object.fromEntries(
		Object.entries(value)
			.sort(([a], [b]) => (a < b ? -1 : 1))
			.map(([name, child]) => [name, sorted(child)]),
	);
};

/** Hash of a body, the same for the same content in any field order: tells whether two sends said the same. */
export const fingerprint = (body: unknown) => sha256(sorted(body ?? null));

/**
 * The Idempotency-Key of a write: a UUID made of host, tenant or client, operation and the user's reference, or the id of the
 * object acted on. Never of body, time, token, execution or attempt, so that every repeat of the same intent has the same key.
 */
export function keyOf({ baseUrl, identity }: Connection, { route, path = {}, reference }: ApiRequest): string {
	// Without either, every call of the operation would be the same intent, and all but the first do nothing.
	if (reference === undefined && Object.keys(path).length === 0)
		throw new UserError(`${route} has neither reference nor ID`, `This is a defect of this package. ${REPORT_IT}`);
	return uuidOf([new URL(baseUrl).host, identity, route, sorted(path), reference ?? null]);
}

/** A UUID that follows from a value: version 8 (own making) and the RFC 9562 variant. */
export function uuidOf(value: unknown): string {
	const hex = sha256(value);
	return [hex.slice(0, 8), hex.slice(8, 12), `8${hex.slice(13, 16)}`, `a${hex.slice(17, 20)}`, hex.slice(20, 32)].join('-');
}

/** Gives every write its key, outside the retry so that all tries share it, and tells a replayed answer from a first one. */
export const withKey =
	(place: Connection): Middleware =>
	(next) =>
	async (request) => {
		if (isRead(request)) return await next(request);
		const key = keyOf(place, request);
		const answer = await next({ ...request, key });
		// Not in the contract; sandboxes and other vendors mark replays so. Without it a replay reads as a first answer.
		const replayed = isOk(answer) && answer.headers['idempotent-replayed'] === 'true';
		return { ...answer, key, ...(replayed ? { outcome: 'replayed' as const } : {}) };
	};
