import type { Wrapper } from '../shared/transport/call';
import { fingerprint, keyOf } from '../shared/transport/idempotency';
import type { Memory } from '../shared/transport/memory';
import type { Place } from '../shared/transport/place';
import { Refusal } from '../shared/transport/refusal';
import { isDone, isRefused } from './certainty';

/** Keeps what is known after a call. Another process may write over it, so it is looked at again; what n8n cannot do then changes no outcome. */
async function keepFor(memory: Memory, ...keys: string[]) {
	for (let left = 3; left > 0 && (await memory.keepNew(keys))?.length; left -= 1);
}

/**
 * For what no list shows in time (payment instructions: Fondo lists only the deposits that come of them, days later). The
 * reference is kept in n8n's memory before the call, so it is handed over once; a call whose end is not known is never
 * repeated, and says so. Only a clear no of Fondo takes the reference out again.
 */
export const handOverOnce =
	(place: Place, memory: Memory): Wrapper =>
	(next) =>
	async (request) => {
		if (!request.lookIn?.late) return await next(request);
		const begun = keyOf(place, request);
		const done = `${begun} done`;
		const doneSo = `${done} ${fingerprint(request.body)}`;
		if (!(await memory.keep(begun))) {
			// What Fondo made of it is not known here, so nothing is shown of it but the receipt.
			if (await memory.has(doneSo)) return { status: 200, headers: {}, body: {}, outcome: 'found' };
			if (await memory.has(done))
				throw new Refusal(
					`The reference '${request.reference}' was already handed over with other payments`,
					'Nothing was sent. If these are new payments give them their own reference; if not, correct the values.',
				);
			return {
				status: 0,
				headers: {},
				body: undefined,
				lost: 'It was handed over before, and that call did not come to a clear end',
				outcome: 'unknown',
			};
		}
		const answer = await next(request).catch(async (error: unknown) => {
			// It ended before the call, e.g. for want of a token.
			await memory.forget(begun);
			return await Promise.reject(error);
		});
		if (isDone(answer)) {
			await keepFor(memory, begun, done, doneSo);
			return answer;
		}
		if (isRefused(answer)) {
			await memory.forget(begun);
			return answer;
		}
		await keepFor(memory, begun);
		return { ...answer, outcome: 'unknown' };
	};
