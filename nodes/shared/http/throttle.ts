import { clock } from '../core/clock';
import { rateLimitIn, resetMs } from './retryAfter';
import type { ApiResponse, Middleware } from './request';

/** At or below this share of the limit, the remaining calls are spread over the time until the reset. */
const SLOW_DOWN_AT = 0.1;
/** Reset times of one window differ by less than this. */
const ROUNDING_MS = 1_000;

/** What the responses of one connection say of its rate limit; times in ms since 1970. */
export interface RateLimit {
	limit: number;
	/** The lowest `remaining` of this window. */
	remaining: number;
	/** End of the window: the earliest reported reset, because a reset in whole seconds is rounded up. */
	resetAt: number;
	inFlight: number;
	queue: Promise<unknown>;
}

export const newRateLimit = (): RateLimit => ({ limit: Infinity, remaining: Infinity, resetAt: 0, inFlight: 0, queue: Promise.resolve() });

/** Middleware that waits before the rate limit that the headers name is reached. All runs of a connection share the state. */
export function throttle(state: RateLimit, signal?: AbortSignal): Middleware {
	const waitMs = () => {
		const left = state.resetAt - clock.now();
		// `remaining` may not include the calls in flight.
		const room = state.remaining - state.inFlight;
		if (left <= 0) return 0;
		if (room <= 0) return left;
		return room <= state.limit * SLOW_DOWN_AT ? left / (room + 1) : 0;
	};

	const take = async (deadline = Infinity) => {
		const wait = waitMs();
		// If the wait exceeds the budget, send the call: the API's response then contains the time.
		if (wait > 0 && clock.now() + wait <= deadline) await clock.sleep(wait, signal);
		if (clock.now() >= state.resetAt) state.remaining = state.limit;
		state.inFlight += 1;
	};

	const learn = ({ headers }: ApiResponse, sentAt: number) => {
		const { limit, remaining, reset } = rateLimitIn(headers);
		const reported = Number(remaining ?? NaN);
		const left = resetMs(reset, clock.now());
		if (Number.isNaN(reported) || left === undefined) return;
		state.limit = Number(limit ?? state.limit);
		const reportedResetAt = clock.now() + left;
		if (sentAt >= state.resetAt || reportedResetAt >= state.resetAt + ROUNDING_MS) {
			state.remaining = reported;
			state.resetAt = reportedResetAt;
			return;
		}
		// Responses can arrive out of order, so the lowest count of a window is the current one.
		state.remaining = Math.min(state.remaining, reported);
		if (reportedResetAt > state.resetAt - ROUNDING_MS) state.resetAt = Math.min(state.resetAt, reportedResetAt);
	};

	return (next) => async (request) => {
		// One at a time: concurrent calls would all wait the same time and then take the same remaining call.
		const taken = state.queue.then(async () => await take(request.deadline));
		state.queue = taken.catch(() => undefined);
		await taken;
		const sentAt = clock.now();
		try {
			const response = await next(request);
			learn(response, sentAt);
			return response;
		} finally {
			state.inFlight -= 1;
		}
	};
}
