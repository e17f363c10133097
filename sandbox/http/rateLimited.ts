import type { Operation } from 'openapi-backend';
import type { Fault } from '../faults';
import type { Allowance } from '../rateLimit';
import type { ApiName, Grant } from '../tokens';
import type { World } from '../world';
import type { Api } from './api';
import type { Answer } from './operation';
import { Refusal } from './refusal';

/** Counts the request; returns the headers to send, or throws 429. Token calls are not counted. */
export function rateLimited(api: ApiName, operation: Operation, grant: Grant, world: World): Record<string, string> {
	const limit = world.settings[api].rateLimit;
	if (limit === null || grant.clientId === '' || (operation.security ?? []).length === 0) return {};
	const allowance = world.limits.take(`${api}:${grant.clientId}`, limit);
	const headers = limitHeaders(api, allowance, world);
	if (allowance.allowed) return headers;
	throw tooMany(api, (allowance.resetAt - world.clock.real()) / 1000, headers, world);
}

/** An injected 429. */
export function throttled(api: Api, fault: Fault, world: World): Answer {
	const seconds = fault.retryAfter ?? 1;
	const allowance = { allowed: false, limit: 600, remaining: 0, resetAt: world.clock.real() + seconds * 1000 };
	return api.refuse(tooMany(api.name, seconds, { ...limitHeaders(api.name, allowance, world), ...fault.headers }, world));
}

function tooMany(api: ApiName, seconds: number, headers: Record<string, string>, world: World): Refusal {
	const wait: Record<string, string> =
		api === 'fondo' || world.settings.finvis.retryAfter ? { 'Retry-After': String(Math.ceil(seconds)) } : {};
	return new Refusal(429, 'throttled', 'Rate limit exceeded', { ...headers, ...wait });
}

function limitHeaders(api: ApiName, allowance: Allowance, world: World): Record<string, string> {
	if (api === 'fondo') return {};
	const { clock, settings } = world;
	const reset = settings.finvis.rateLimitReset === 'epoch' ? allowance.resetAt / 1000 : (allowance.resetAt - clock.real()) / 1000;
	return {
		'X-RateLimit-Limit': String(allowance.limit),
		'X-RateLimit-Remaining': String(allowance.remaining),
		'X-RateLimit-Reset': String(Math.ceil(reset)),
	};
}
