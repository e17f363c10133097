import type { Middleware } from '../shared/http/request';
import { fingerprint, keyOf } from '../shared/writes/idempotencyKey';
import type { Memory } from '../shared/writes/memory';
import type { Connection } from '../shared/http/connection';
import { UserError } from '../shared/core/userError';
import { isDone, isRefused } from './certainty';

/** Keeps what is known of a call. Another process may write over it, so it is looked at again; what n8n cannot do then changes no outcome. */
async function keepFor(memory: Memory, ...keys: string[]) {
	for (let left = 3; left > 0 && (await memory.keepNew(keys))?.length; left -= 1);
}

/**
 * For what no list shows in time (payment instructions: Fondo lists only the deposits that come of them, days later). The
 * reference is kept in n8n's memory before the call, so it is handed over once; a call whose end is not known is never
 * repeated, and says so. Only a clear no of Fondo takes the reference out again.
 */
export const handOverOnce =
	(place: Connection, memory: Memory): Middleware =>
	(next) =>
	async (request) => {
		if (!request.lookup?.eventual) return await next(request);
		const begun = keyOf(place, request);
		const so = `${begun} ${fingerprint(request.body)}`;
		// Two, for to look at a key is to write it for a moment: what n8n, killed in that moment, leaves of one look is no yes.
		const done = [`${begun} done`, `${begun} done indeed`];
		if (!(await memory.keep(begun))) {
			if ((await memory.has(done[0])) && (await memory.has(done[1]))) {
				// What Fondo made of it is not known here, so nothing is shown of it but the receipt.
				if (await memory.has(so)) return { status: 200, headers: {}, body: {}, outcome: 'found' };
				throw new UserError(
					`The reference '${request.reference}' was already handed over with other payments`,
					'Nothing was sent. If these are new payments give them their own reference; if not, correct the values.',
				);
			}
			return {
				status: 0,
				headers: {},
				body: undefined,
				networkError: 'It was handed over before, and that call did not come to a clear end',
				outcome: 'unknown',
			};
		}
		if (request.alreadyBooked !== undefined) {
			await memory.forget(begun);
			throw new UserError(
				`Fondo has some payments of '${request.reference}' already, but not all`,
				`There: ${request.alreadyBooked.slice(0, 5).join(', ')}. Nothing was sent. If they belong to another instruction, give this one or its payments their own reference; if to this one, the others failed or are not drawn yet: see 'Get Payments', and hand over anew only those that failed, under a new reference.`,
			);
		}
		// Before the call, so that whoever looks at it while Fondo is at work, or later, knows what it was.
		await keepFor(memory, so);
		const answer = await next(request).catch(async (error: unknown) => {
			// It ended before the call, e.g. for want of a token.
			await memory.forget(begun, so);
			return await Promise.reject(error);
		});
		if (isDone(answer)) {
			await keepFor(memory, begun, so, ...done);
			return answer;
		}
		if (isRefused(answer)) {
			await memory.forget(begun, so);
			return answer;
		}
		await keepFor(memory, begun, so);
		return { ...answer, outcome: 'unknown' };
	};
