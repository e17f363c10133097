import type { Answer, ApiRequest, Wrapper } from './call';
import { isRead } from './call';
import { isSuccess, outcomeOf } from './errors';
import { keyOf } from './idempotency';
import type { Place } from './place';
import { Refusal } from './refusal';

/** Writes that are remembered; beyond this many the oldest are dropped. */
const MOST = 20_000;
interface Sent {
	/** The Idempotency-Key under which it was sent. */
	readonly key: Answer['key'];
	/** The API has told that it was executed. */
	readonly isDone: boolean;
}

/** Writes of this process that were executed or may have been. */
const sent = new Map<string, Sent>();

function remember(write: string, one: Sent): void {
	sent.delete(write);
	sent.set(write, one);
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
			return { status: 0, headers: {}, body: undefined, lost, outcome: 'unknown', key: sent.get(write)?.key };
		});
		const isDone = isSuccess(request, answer);
		const mayBeDone = isDone ? !ONLY_CHECKED.includes(answer.outcome ?? '') : outcomeOf(request, answer) === 'unknown';
		if (mayBeDone) remember(write, { key: answer.key, isDone });
		const known = sent.get(write);
		if (isDone || known === undefined) return answer;
		// The reference of something that is done, with other values.
		if (known.isDone && answer.status === 409 && !answer.unsent && request.reference !== undefined) return answer;
		return { ...answer, outcome: 'unknown', unsent: false };
	};
