import type { Answer, ApiRequest, Wrapper } from './call';
import { isRead } from './call';
import { isSuccess, outcomeOf } from './errors';
import { keyOf } from './idempotency';
import type { Place } from './place';
import { Refusal } from './refusal';

/** Writes that are remembered; beyond this many the oldest are dropped. */
const MOST = 20_000;
/** Writes of this process that were executed or may have been, with the Idempotency-Key under which they were sent. */
const sent = new Map<string, Answer['key']>();

function remember(write: string, key: Answer['key']): void {
	sent.delete(write);
	sent.set(write, key);
	for (const oldest of sent.keys()) {
		if (sent.size <= MOST) return;
		sent.delete(oldest);
	}
}

/** Nothing was done in these, so they tell nothing of an earlier call. */
const ONLY_CHECKED = ['validated', 'rehearsed'];

const canBeKnownAgain = (request: ApiRequest) =>
	!isRead(request) && (request.reference !== undefined || Object.keys(request.path ?? {}).length > 0);

/**
 * A write that was executed, or may have been, is not called rejected by a later call that is refused or gets no answer: that
 * tells nothing of the earlier one, and of all tries of Retry On Fail n8n shows the last alone.
 */
export const keepDoubt =
	(place: Place): Wrapper =>
	(next) =>
	async (request) => {
		if (!canBeKnownAgain(request)) return await next(request);
		const write = keyOf(place, request);
		const answer = await next(request).catch(async (error: unknown): Promise<Answer> => {
			// A Refusal has looked, or is about values; everything else ended before the call.
			if (error instanceof Refusal || !sent.has(write)) return await Promise.reject(error);
			const lost = (error as Error).message.replace(/\.$/, '');
			return { status: 0, headers: {}, body: undefined, lost, outcome: 'unknown', key: sent.get(write) };
		});
		const isDone = isSuccess(request, answer);
		const mayBeDone = isDone ? !ONLY_CHECKED.includes(answer.outcome ?? '') : outcomeOf(request, answer) === 'unknown';
		if (mayBeDone) remember(write, answer.key);
		return isDone || !sent.has(write) ? answer : { ...answer, outcome: 'unknown', unsent: false };
	};
