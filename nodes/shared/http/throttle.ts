import { clock } from '../core/clock';
import { resetMs } from './retryAfter';
import type { ApiResponse, Middleware } from './request';

/** At or below this share of the limit, the remaining calls are spread over the time until the reset. */
const SLOW_DOWN_AT = 0.1;
/** Reset times of one window differ by less than this. */
const ROUNDING_MS = 1_000;

/** Middleware that waits before the rate limit of the `X-RateLimit-*` headers is reached. Each client has its own state. */
export function throttle(signal?: AbortSignal): Middleware {
	let limit = Infinity;
	/** The lowest `remaining` of this window. */
	let remaining = Infinity;
	/** End of the window: the earliest reported reset, because a reset in whole seconds is rounded up. */
	let resetAt = 0;
	let inFlight = 0;
	let queue: Promise<unknown> = Promise.resolve();

	const waitMs = () => {
		const left = resetAt - clock.now();
		// `remaining` may not include the calls in flight.
		const room = remaining - inFlight;
		if (left <= 0) return 0;
		if (room <= 0) return left;
		return room <= limit * SLOW_DOWN_AT ? left / (room + 1) : 0;
	};

	const take = async (deadline = Infinity) => {
		const wait = waitMs();
		// If the wait exceeds the budget, send the call: the API's response then contains the time.
		if (wait > 0 && clock.now() + wait <= deadline) await clock.sleep(wait, signal);
		if (clock.now() >= resetAt) remaining = limit;
		inFlight += 1;
	};

	const learn = ({ headers }: ApiResponse, sentAt: number) => {
		const reported = Number(headers['x-ratelimit-remaining'] ?? NaN);
		const left = resetMs(headers['x-ratelimit-reset'], clock.now());
		if (Number.isNaN(reported) || left === undefined) return;
		limit = Number(headers['x-ratelimit-limit'] ?? limit);
		const reportedResetAt = clock.now() + left;
		if (sentAt >= resetAt || reportedResetAt >= resetAt + ROUNDING_MS) {
			remaining = reported;
			resetAt = reportedResetAt;
			return;
		}
		// Responses can arrive out of order, so the lowest count of a window is the current one.
		remaining = Math.min(remaining, reported);
		if (reportedResetAt > resetAt - ROUNDING_MS) resetAt = Math.min(resetAt, reportedResetAt);
	};

	return (next) => async (request) => {
		// One at a time: concurrent calls would all wait the same time and then take the same remaining call.
		const taken = queue.then(async () => await take(request.deadline));
		queue = taken.catch(() => undefined);
		await taken;
		const sentAt = clock.now();
		try {
			const response = await next(request);
			learn(response, sentAt);
			return response;
		} finally {
			inFlight -= 1;
		}
	};
}
