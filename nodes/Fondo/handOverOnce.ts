import type { Middleware } from '../shared/http/request';
import { fingerprint, keyOf } from '../shared/writes/idempotencyKey';
import type { Memory } from '../shared/writes/memory';
import type { Connection } from '../shared/http/connection';
import { UserError } from '../shared/core/userError';
import { isDone, isRefused } from './certainty';

/** Stores marks, and checks that they are stored, because another process can overwrite them. A failure of n8n here changes no outcome. */
async function keepFor(memory: Memory, ...keys: string[]) {
	for (let left = 3; left > 0 && (await memory.keepNew(keys))?.length; left -= 1);
}

/**
 * Sends an object once that no list shows in time: Fondo lists only the deposits of a payment instruction, days later. The node stores
 * the reference in n8n's memory before the call. It never repeats a call with an unknown result, and reports the outcome `unknown`.
 * It removes the reference only when Fondo refuses the call or the call was never sent.
 */
export const handOverOnce =
	(connection: Connection, memory: Memory): Middleware =>
	(next) =>
	async (request) => {
		if (!request.lookup?.eventual) return await next(request);
		const begun = keyOf(connection, request);
		const contentKey = `${begun} ${fingerprint(request.body)}`;
		// Two marks, because `has` stores a mark for a moment. When n8n is killed in that moment, one mark remains and proves nothing.
		const done = [`${begun} done`, `${begun} done indeed`];
		if (!(await memory.keep(begun))) {
			if ((await memory.has(done[0])) && (await memory.has(done[1]))) {
				// The body is empty, because the node does not know the object that Fondo created.
				if (await memory.has(contentKey)) return { status: 200, headers: {}, body: {}, outcome: 'found' };
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
		// Stored before the call, so that a run that comes during the call, or after a crash, knows the content.
		await keepFor(memory, contentKey);
		const response = await next(request).catch(async (error: unknown) => {
			// The call was never sent, for example because the node got no token.
			await memory.forget(begun, contentKey);
			return await Promise.reject(error);
		});
		if (isDone(response)) {
			await keepFor(memory, begun, contentKey, ...done);
			return response;
		}
		if (isRefused(response)) {
			await memory.forget(begun, contentKey);
			return response;
		}
		await keepFor(memory, begun, contentKey);
		return { ...response, outcome: 'unknown' };
	};
