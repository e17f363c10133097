import { clock } from '../core/clock';
import { resetMs } from './retryAfter';
import type { ApiResponse, Middleware } from './request';

/** From this share of the limit on, the rest is spread over the time to the reset. */
const SLOW_DOWN_AT = 0.1;
/** Resets of one window differ by less than this. */
const ROUNDING_MS = 1_000;

/** Waits before the limit that the API's `X-RateLimit-*` headers tell, instead of running into it. One state per client. */
export function throttle(signal?: AbortSignal): Middleware {
	let limit = Infinity;
	/** The fewest calls that an answer of this window said are left. */
	let remaining = Infinity;
	/** The window ends no later than this: a reset in whole seconds is rounded up, so the earliest of those that were told is nearest. */
	let resetAt = 0;
	let underWay = 0;
	let turn: Promise<unknown> = Promise.resolve();

	const waitMs = () => {
		const left = resetAt - clock.now();
		// Calls under way may not be counted yet in what we were told.
		const room = remaining - underWay;
		if (left <= 0) return 0;
		if (room <= 0) return left;
		return room <= limit * SLOW_DOWN_AT ? left / (room + 1) : 0;
	};

	const take = async (deadline = Infinity) => {
		const wait = waitMs();
		// Beyond the budget the call goes out: the API's own answer then names the time.
		if (wait > 0 && clock.now() + wait <= deadline) await clock.sleep(wait, signal);
		if (clock.now() >= resetAt) remaining = limit;
		underWay += 1;
	};

	const learn = ({ headers }: ApiResponse, sentAt: number) => {
		const told = Number(headers['x-ratelimit-remaining'] ?? NaN);
		const left = resetMs(headers['x-ratelimit-reset'], clock.now());
		if (Number.isNaN(told) || left === undefined) return;
		limit = Number(headers['x-ratelimit-limit'] ?? limit);
		const toldResetAt = clock.now() + left;
		if (sentAt >= resetAt || toldResetAt >= resetAt + ROUNDING_MS) {
			remaining = told;
			resetAt = toldResetAt;
			return;
		}
		// Answers overtake each other: within one window the smallest count is the true one.
		remaining = Math.min(remaining, told);
		if (toldResetAt > resetAt - ROUNDING_MS) resetAt = Math.min(resetAt, toldResetAt);
	};

	return (next) => async (request) => {
		// One after the other, or all that run at once would wait the same time and then take the same room.
		const taken = turn.then(async () => await take(request.deadline));
		turn = taken.catch(() => undefined);
		await taken;
		const sentAt = clock.now();
		try {
			const answer = await next(request);
			learn(answer, sentAt);
			return answer;
		} finally {
			underWay -= 1;
		}
	};
}
