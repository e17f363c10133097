import type { Clock } from './clock';

export interface RateLimit {
	requests: number;
	seconds: number;
}

/** State of a client's window after one request. */
export interface RateLimitState {
	allowed: boolean;
	limit: number;
	remaining: number;
	/** End of the window, as real time in milliseconds. */
	resetAt: number;
}

/** Fixed windows per client, in real time. */
export class RateLimiter {
	private readonly windows = new Map<string, { endsAt: number; used: number }>();

	constructor(private readonly clock: Clock) {}

	take(client: string, limit: RateLimit): RateLimitState {
		const now = this.clock.real();
		const known = this.windows.get(client);
		const window = known === undefined || known.endsAt <= now ? { endsAt: now + limit.seconds * 1000, used: 0 } : known;
		window.used += 1;
		this.windows.set(client, window);
		return {
			allowed: window.used <= limit.requests,
			limit: limit.requests,
			remaining: Math.max(0, limit.requests - window.used),
			resetAt: window.endsAt,
		};
	}
}
