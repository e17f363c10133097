import { clock } from './clock';
import { waitBeforeRetry } from './retryAfter';
import type { Answer, ApiRequest, Wrapper } from './send';
import { isRead } from './send';

/** Wall-clock time for all tries of one call together. */
export const BUDGET_MS = 60_000;
const READ_TRIES = 4;
const KEYED_TRIES = 3;

/** Whether a call may be made again: only when a repeat cannot execute anything twice. */
export function mayRetry(request: ApiRequest, { status, lost, unsent }: Answer, attempt: number): boolean {
	// Refused before any effect; the time budget ends this.
	if (status === 429) return true;
	if (unsent) return attempt < READ_TRIES;
	const passing = lost !== undefined || status === 408 || status >= 500;
	// Fondo calls GET and DELETE idempotent (contracts/NOTES.md 1.1); of other writes only keyed ones are.
	const repeatable = request.key !== undefined || request.route.startsWith('DELETE ');
	return passing && attempt < (isRead(request) ? READ_TRIES : repeatable ? KEYED_TRIES : 1);
}

/** Tries again within one time budget; a wait beyond it is given back as `waitMs` instead of being slept. */
export const retry =
	(signal?: AbortSignal): Wrapper =>
	(next) =>
	async (request) => {
		const deadline = request.deadline ?? clock.now() + BUDGET_MS;
		for (let attempt = 1; ; attempt += 1) {
			const answer = await next({ ...request, deadline });
			if (!mayRetry(request, answer, attempt)) return { ...answer, attempts: attempt };
			const waitMs = waitBeforeRetry(answer, attempt, clock.now(), Math.random());
			if (clock.now() + waitMs > deadline) return { ...answer, attempts: attempt, waitMs };
			await clock.sleep(waitMs, signal);
		}
	};
