import { clock } from './clock';
import { waitBeforeRetry } from './retryAfter';
import type { Answer, ApiRequest, Wrapper } from './call';
import { isOk, isRead } from './call';

/** Wall-clock time for all tries of one call together. */
export const BUDGET_MS = 60_000;
const READ_TRIES = 4;
const KEYED_TRIES = 3;

/** Nobody but the API knows whether it executed this. */
export const isDoubtful = ({ status, lost, unsent }: Answer) => !unsent && (lost !== undefined || status === 408 || status >= 500);

/**
 * Whether a call may be made again: only when a repeat cannot execute anything twice.
 * @param doubt an earlier try may have been executed, or may still be worked on
 */
export function mayRetry(request: ApiRequest, answer: Answer, attempt: number, doubt = false): boolean {
	// Refused before any effect; the time budget ends this.
	if (answer.status === 429) return true;
	if (answer.unsent) return attempt < READ_TRIES;
	// A key whose first try is still being worked on meets a conflict with itself.
	const passing = isDoubtful(answer) || (answer.status === 409 && doubt);
	// Fondo calls GET and DELETE idempotent (contracts/NOTES.md 1.1); of other writes only keyed ones are.
	const repeatable = request.key !== undefined || request.route.startsWith('DELETE ');
	return passing && attempt < (isRead(request) ? READ_TRIES : repeatable ? KEYED_TRIES : 1);
}

/**
 * Tries again within one time budget; a wait beyond it is given back as `waitMs` instead of being slept.
 * A write of which an earlier try got lost and none succeeded has the outcome `unknown`, whatever the last answer says.
 */
export const retry =
	(signal?: AbortSignal): Wrapper =>
	(next) =>
	async (request) => {
		const deadline = request.deadline ?? clock.now() + BUDGET_MS;
		let doubt = false;
		for (let attempt = 1; ; attempt += 1) {
			const answer = await next({ ...request, deadline });
			const result: Answer = { ...answer, attempts: attempt, ...(doubt && !isOk(answer) ? { outcome: 'unknown', unsent: false } : {}) };
			if (!mayRetry(request, answer, attempt, doubt)) return result;
			const waitMs = waitBeforeRetry(answer, attempt, clock.now(), Math.random());
			if (clock.now() + waitMs > deadline) return { ...result, waitMs };
			doubt ||= !isRead(request) && isDoubtful(answer);
			await clock.sleep(waitMs, signal);
		}
	};
