import type { Operation } from 'openapi-backend';
import type { Fault } from '../state/faults';
import type { RateLimiter } from '../state/rateLimiter';
import type { Grant } from '../state/tokens';
import type { Api, ApiContext, HandlerResponse } from './api';
import { HttpError } from './httpError';
import { errorAsVendor } from './vendorLayer';

/** Counts the request and returns the headers to send; throws a 429 above the limit. Requests for a token do not count. */
export function checkRateLimit<Context extends ApiContext>(
	api: Api<Context>,
	operation: Operation,
	grant: Grant,
	context: Context,
	rateLimiter: RateLimiter,
): Record<string, string> {
	const limit = context.settings.rateLimit;
	if (limit === null || grant.clientId === '' || (operation.security ?? []).length === 0) return {};
	const rateLimit = rateLimiter.take(`${api.name}:${grant.clientId}`, limit);
	const headers = api.rateLimitHeaders?.(rateLimit, context) ?? {};
	if (rateLimit.allowed) return headers;
	throw tooManyRequests(api, (rateLimit.resetAt - context.clock.real()) / 1000, headers, context);
}

/** A 429 that a fault injects. */
export function injectedRateLimit<Context extends ApiContext>(api: Api<Context>, fault: Fault, context: Context): HandlerResponse {
	const seconds = fault.retryAfter ?? 1;
	const rateLimit = { allowed: false, limit: 600, remaining: 0, resetAt: context.clock.real() + seconds * 1000 };
	const headers = { ...api.rateLimitHeaders?.(rateLimit, context), ...fault.headers };
	return errorAsVendor(api, tooManyRequests(api, seconds, headers, context), context);
}

function tooManyRequests<Context extends ApiContext>(
	api: Api<Context>,
	seconds: number,
	headers: Record<string, string>,
	context: Context,
): HttpError {
	const now = context.clock.real();
	const asVendor = context.vendor.throttleHeaders(now + seconds * 1000, now);
	if (asVendor !== undefined) return new HttpError(429, 'throttled', 'Rate limit exceeded', { ...asVendor });
	const retryAfter: Record<string, string> = (api.sendsRetryAfter?.(context) ?? true) ? { 'Retry-After': String(Math.ceil(seconds)) } : {};
	return new HttpError(429, 'throttled', 'Rate limit exceeded', { ...headers, ...retryAfter });
}
