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

/** Hash of a body. Two bodies with the same content have the same hash, in any order of fields. */
export const fingerprint = (body: unknown) => sha256(sorted(body ?? null));

/**
 * The Idempotency-Key of a write: a UUID derived from host, tenant or client, operation, and the user's reference or the ID of the
 * object. It never depends on body, time, token, execution or attempt, so every repeat of the same intent has the same key.
 */
export function keyOf({ baseUrl, identity }: Connection, { route, path = {}, reference }: ApiRequest): string {
	// Without either, every call of the operation has the same key, and the API executes only the first.
	if (reference === undefined && Object.keys(path).length === 0)
		throw new UserError(`${route} has neither reference nor ID`, `This is a defect of this package. ${REPORT_IT}`);
	return uuidOf([new URL(baseUrl).host, identity, route, sorted(path), reference ?? null]);
}

/** A UUID derived from a value: version 8 (custom) and variant of RFC 9562. */
export function uuidOf(value: unknown): string {
	const hex = sha256(value);
	return [hex.slice(0, 8), hex.slice(8, 12), `8${hex.slice(13, 16)}`, `a${hex.slice(17, 20)}`, hex.slice(20, 32)].join('-');
}

/** Sets the key of every write, outside the retry so that all tries share it, and marks a replayed response. */
export const withKey =
	(connection: Connection): Middleware =>
	(next) =>
	async (request) => {
		if (isRead(request)) return await next(request);
		const key = keyOf(connection, request);
		const response = await next({ ...request, key });
		// Not in the contract, but sandboxes and other vendors mark replays with this header. Without it a replay looks like a first response.
		const replayed = isOk(response) && response.headers['idempotent-replayed'] === 'true';
		return { ...response, key, ...(replayed ? { outcome: 'replayed' as const } : {}) };
	};
