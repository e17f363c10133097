import type { ApiResponse, ApiRequest, Middleware } from '../http/request';
import { isAct, isRead } from '../http/request';
import { isSuccess, outcomeOf } from '../http/errors';
import { fingerprint, keyOf } from './idempotencyKey';
import type { Connection } from '../http/connection';
import { UserError } from '../core/userError';

/** The largest number of writes to remember. The oldest are dropped first. */
const MOST = 20_000;
interface Sent {
	/** The Idempotency-Key of the call. */
	readonly key: ApiResponse['key'];
	/** The API has confirmed that it executed the write. */
	readonly isDone: boolean;
}

/** The writes of this process that the API has executed or may have executed. */
const sent = new Map<string, Sent>();

function remember(write: string, one: Sent): void {
	sent.delete(write);
	sent.set(write, one);
	for (const oldest of sent.keys()) {
		if (sent.size <= MOST) return;
		sent.delete(oldest);
	}
}

/** Outcomes of calls that changed nothing. They prove nothing about an earlier call. */
const ONLY_CHECKED = ['validated', 'rehearsed'];

/** A call that creates an object without a reference has a new intent each time, and a check changes nothing. */
const canBeKnownAgain = (request: ApiRequest, { checkQuery = '' }: Connection) =>
	!isRead(request) && request.query?.[checkQuery] !== 'true' && (request.reference !== undefined || isAct(request));

/** Identifies a write: by its reference, or by its object and its content when it has no reference. */
const writeOf = (connection: Connection, request: ApiRequest) =>
	request.reference === undefined ? `${keyOf(connection, request)} ${fingerprint(request.body)}` : keyOf(connection, request);

/**
 * Reports `unknown`, not `rejected`, when a call fails and an earlier call for the same write was executed or may have been. The later
 * failure proves nothing about the earlier call, and n8n shows only the last try of Retry On Fail.
 */
export const keepDoubt =
	(connection: Connection): Middleware =>
	(next) =>
	async (request) => {
		if (!canBeKnownAgain(request, connection)) return await next(request);
		const write = writeOf(connection, request);
		const response = await next(request).catch(async (error: unknown): Promise<ApiResponse> => {
			// A UserError is about the values or follows a look-up. Every other error means that the call was never sent.
			if (error instanceof UserError || !sent.has(write)) return await Promise.reject(error);
			const networkError = (error as Error).message.replace(/\.$/, '');
			return { status: 0, headers: {}, body: undefined, networkError, outcome: 'unknown', key: sent.get(write)?.key };
		});
		const isDone = isSuccess(request, response);
		const mayBeDone = isDone ? !ONLY_CHECKED.includes(response.outcome ?? '') : outcomeOf(request, response) === 'unknown';
		if (mayBeDone) remember(write, { key: response.key, isDone });
		const known = sent.get(write);
		if (isDone || known === undefined) return response;
		// The write was executed, and this call has the same reference with other values.
		if (known.isDone && response.status === 409 && !response.notSent && request.reference !== undefined) return response;
		return { ...response, outcome: 'unknown', notSent: false };
	};
