import { clock } from '../core/clock';
import { waitBeforeRetry } from './retryAfter';
import type { ApiResponse, ApiRequest, Middleware } from './request';
import { isOk, isRead } from './request';

/** Wall-clock time for all tries of one call together. */
export const BUDGET_MS = 60_000;
const READ_TRIES = 4;
const KEYED_TRIES = 3;
/** A key whose first call is still being worked on is refused until that has ended, also when another run made it. */
const CONFLICT_TRIES = 5;

/** Nobody but the API knows whether it executed this. */
export const isDoubtful = ({ status, networkError, notSent }: ApiResponse) =>
	!notSent && (networkError !== undefined || status === 408 || status >= 500);

/**
 * Whether a call may be made again: only when a repeat cannot execute anything twice.
 */
export function mayRetry(request: ApiRequest, answer: ApiResponse, attempt: number): boolean {
	// Refused before any effect; the time budget ends this.
	if (answer.status === 429) return true;
	if (answer.notSent) return attempt < READ_TRIES;
	if (answer.status === 409 && request.key !== undefined) return attempt < CONFLICT_TRIES;
	// Fondo calls GET and DELETE idempotent (contracts/NOTES.md 1.1); of other writes only keyed ones are.
	const repeatable = request.key !== undefined || request.route.startsWith('DELETE ');
	return isDoubtful(answer) && attempt < (isRead(request) ? READ_TRIES : repeatable ? KEYED_TRIES : 1);
}

/**
 * Tries again within one time budget; a wait beyond it is given back as `waitMs` instead of being slept.
 * A write of which an earlier try got lost and none succeeded has the outcome `unknown`, whatever the last answer says.
 */
export const retry =
	(signal?: AbortSignal): Middleware =>
	(next) =>
	async (request) => {
		const deadline = request.deadline ?? clock.now() + BUDGET_MS;
		let doubt = false;
		for (let attempt = 1; ; attempt += 1) {
			const answer = await next({ ...request, deadline }).catch(
				// A later try that is not let in, e.g. for want of a token, tells nothing of the earlier one.
				async (error: Error): Promise<ApiResponse> =>
					doubt
						? { status: 0, headers: {}, body: undefined, networkError: error.message.replace(/\.$/, ''), notSent: true }
						: await Promise.reject(error),
			);
			const result: ApiResponse = {
				...answer,
				attempts: attempt,
				...(doubt && !isOk(answer) ? { outcome: 'unknown', notSent: false } : {}),
			};
			if (!mayRetry(request, answer, attempt)) return result;
			const waitMs = waitBeforeRetry(answer, attempt, clock.now(), Math.random());
			if (clock.now() + waitMs > deadline) return { ...result, waitMs };
			doubt ||= !isRead(request) && isDoubtful(answer);
			const isStopped = await clock.sleep(waitMs, signal).then(
				() => false,
				async (error: unknown) => doubt || (await Promise.reject(error)),
			);
			// Who stops the execution meanwhile does not undo the try that got lost.
			if (isStopped) return { ...result, outcome: 'unknown', notSent: false };
		}
	};
