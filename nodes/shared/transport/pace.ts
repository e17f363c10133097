import { clock } from './clock';
import { resetMs } from './retryAfter';
import type { Wrapper } from './send';

/** From this share of the limit on, the rest is spread over the time to the reset. */
const SLOW_DOWN_AT = 0.1;

/** Waits before the limit that the API's `X-RateLimit-*` headers tell, instead of running into it. One state per client. */
export function pace(signal?: AbortSignal): Wrapper {
	let limit = Infinity;
	let remaining = Infinity;
	let resetAt = 0;

	const waitMs = () => {
		const left = resetAt - clock.now();
		if (left <= 0) return 0;
		if (remaining <= 0) return left;
		return remaining <= limit * SLOW_DOWN_AT ? left / (remaining + 1) : 0;
	};

	return (next) => async (request) => {
		const wait = waitMs();
		// Beyond the budget the call goes out: the API's own answer then names the time.
		if (wait > 0 && clock.now() + wait <= (request.deadline ?? Infinity)) await clock.sleep(wait, signal);
		if (clock.now() >= resetAt) remaining = limit;
		remaining -= 1;
		const answer = await next(request);
		const told = Number(answer.headers['x-ratelimit-remaining'] ?? NaN);
		const left = resetMs(answer.headers['x-ratelimit-reset'], clock.now());
		if (Number.isNaN(told) || left === undefined) return answer;
		limit = Number(answer.headers['x-ratelimit-limit'] ?? limit);
		const newResetAt = clock.now() + left;
		// Answers overtake each other: within one window the smallest count is the true one.
		remaining = newResetAt > resetAt + 1_000 ? told : Math.min(remaining, told);
		resetAt = Math.max(resetAt, newResetAt);
		return answer;
	};
}
