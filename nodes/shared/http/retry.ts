import { clock } from '../core/clock';
import { waitBeforeRetry } from './retryAfter';
import type { ApiResponse, ApiRequest, Middleware } from './request';
import { isOk, isRead } from './request';

/** Wall-clock budget for all attempts of one call. */
export const BUDGET_MS = 60_000;
const READ_TRIES = 4;
const DELETE_TRIES = 3;
/** The API answers 409 while it still works on an earlier call with the same key, which may belong to another run. */
const CONFLICT_TRIES = 5;

/** Whether the API may have executed the call although its response does not say so. */
export const isDoubtful = ({ status, networkError, notSent }: ApiResponse) =>
	!notSent && (networkError !== undefined || status === 408 || status >= 500);

/** Servers refer so to the result of an executed write. 301, 307 and 308 say that the address has moved and that nothing was executed. */
export const refersToResult = ({ status }: Pick<ApiResponse, 'status'>) => status === 302 || status === 303;

/**
 * Whether a call may be repeated: only when the repeat cannot execute anything twice. `attempt` counts from 1.
 */
export function mayRetry(request: ApiRequest, response: ApiResponse, attempt: number): boolean {
	// The API refused before any effect. The time budget limits these attempts.
	if (response.status === 429) return true;
	if (response.notSent) return attempt < READ_TRIES;
	if (response.status === 409 && request.key !== undefined) return attempt < CONFLICT_TRIES;
	// Fondo calls GET and DELETE idempotent (contracts/NOTES.md 1.1). No other write is repeated after a lost response, whatever its
	// key: a vendor can forget or ignore keys, and the record of writes looks instead.
	const tries = isRead(request) ? READ_TRIES : request.route.startsWith('DELETE ') ? DELETE_TRIES : 1;
	return isDoubtful(response) && attempt < tries;
}

/**
 * Middleware that repeats calls within one time budget; it returns a longer wait as `waitMs`. A write has the outcome `unknown` when
 * the response to an attempt is missing and no later attempt succeeds, whatever the last response says.
 */
export const retry =
	(signal?: AbortSignal): Middleware =>
	(next) =>
	async (request) => {
		const deadline = request.deadline ?? clock.now() + BUDGET_MS;
		let doubt = false;
		for (let attempt = 1; ; attempt += 1) {
			const response = await next({ ...request, deadline }).catch(
				// A later attempt that cannot start, e.g. without a token, does not show what became of the earlier one.
				async (error: Error): Promise<ApiResponse> =>
					doubt
						? { status: 0, headers: {}, body: undefined, networkError: error.message.replace(/\.$/, ''), notSent: true }
						: await Promise.reject(error),
			);
			const result: ApiResponse = {
				...response,
				attempts: attempt,
				...(doubt && !isOk(response) ? { outcome: 'unknown', notSent: false } : {}),
			};
			if (!mayRetry(request, response, attempt)) return result;
			const waitMs = waitBeforeRetry(response, attempt, clock.now(), Math.random());
			if (clock.now() + waitMs > deadline) return { ...result, waitMs };
			doubt ||= !isRead(request) && isDoubtful(response);
			const isStopped = await clock.sleep(waitMs, signal).then(
				() => false,
				async (error: unknown) => doubt || (await Promise.reject(error)),
			);
			// Stopping the execution does not undo the attempt without a response.
			if (isStopped) return { ...result, outcome: 'unknown', notSent: false };
		}
	};
