import { createHash } from 'crypto';
import { foldId, foldLookAlikes } from '../core/lookAlikes';
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

/** Host, tenant or client, operation, and the reference or the ID of the object acted on: what makes two calls the same intent. */
function intentOf({ baseUrl, identity }: Connection, { route, path = {}, reference }: ApiRequest, isLegacy = false) {
	// Without either, every call of the operation would be the same intent, and all but the first do nothing.
	if (reference === undefined && Object.keys(path).length === 0)
		throw new UserError(`${route} has neither reference nor ID`, `This is a defect of this package. ${REPORT_IT}`);
	const ids = Object.fromEntries(Object.entries(path).map(([name, id]) => [name, isLegacy ? id : foldId(id)]));
	const named = reference === undefined ? null : isLegacy ? reference : foldLookAlikes(reference);
	return [new URL(baseUrl).host, identity, route, sorted(ids), named];
}

/**
 * The Idempotency-Key of a write: a UUID of host, tenant or client, operation and reference, or the ID of the object acted on.
 * It never depends on body, time, token, execution or attempt, so every repeat of the same intent has the same key. It has the
 * form of version 4, because a vendor may accept no other (RFC 9562, 5.4).
 */
export const keyOf = (connection: Connection, request: ApiRequest) => uuidOf(intentOf(connection, request), 4);

/** The key of the same write in version 0.1.0, under which n8n's memory may have marks. */
export const legacyKeyOf = (connection: Connection, request: ApiRequest) => uuidOf(intentOf(connection, request, true));

/** A UUID that follows from a value, by default of version 8 (own making), with the variant of RFC 9562. */
export function uuidOf(value: unknown, version: 4 | 8 = 8): string {
	const hex = sha256(value);
	return [hex.slice(0, 8), hex.slice(8, 12), `${version}${hex.slice(13, 16)}`, `a${hex.slice(17, 20)}`, hex.slice(20, 32)].join('-');
}

/** What the record of writes keeps a reference under: it is unique for the API and the credential, over operations and clients, unless `scope` narrows it. */
export const referenceKey = (host: string, identity: string, reference: string, scope: unknown = null) =>
	uuidOf([host, identity, 'reference', reference, scope]);

/** Gives every write its key, outside the retry so that all tries share it, and marks a replayed response. */
export const withKey =
	(connection: Connection): Middleware =>
	(next) =>
	async (request) => {
		if (isRead(request)) return await next(request);
		const key = keyOf(connection, request);
		const response = await next({ ...request, key });
		// Not in the contract; the sandbox and other vendors mark replays so. Without it a replay reads as a first response.
		const isReplayed = isOk(response) && response.outcome === undefined && response.headers['idempotent-replayed'] === 'true';
		return { ...response, key, ...(isReplayed ? { outcome: 'replayed' as const } : {}) };
	};
