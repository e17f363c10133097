import type { ApiResponse, ApiRequest, Middleware } from '../http/request';
import { isAct, isRead } from '../http/request';
import { isSuccess, outcomeOf } from '../http/errors';
import { fingerprint, keyOf } from './idempotencyKey';
import type { Connection } from '../http/connection';
import { UserError } from '../core/userError';

/** Writes that are remembered; beyond this many the oldest are dropped. */
const MOST = 20_000;
interface Sent {
	/** The Idempotency-Key under which it was sent. */
	readonly key: ApiResponse['key'];
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

/** A call that makes something without a reference is another intent each time, and a mere check does nothing. */
const canBeKnownAgain = (request: ApiRequest, { checkQuery = '' }: Connection) =>
	!isRead(request) && request.query?.[checkQuery] !== 'true' && (request.reference !== undefined || isAct(request));

/** What is sent to an object without a reference is known by what it says. */
const writeOf = (place: Connection, request: ApiRequest) =>
	request.reference === undefined ? `${keyOf(place, request)} ${fingerprint(request.body)}` : keyOf(place, request);

/**
 * A write that was executed, or may have been, is not called rejected by a later call that is refused or gets no answer: that
 * tells nothing of the earlier one, and of all tries of Retry On Fail n8n shows the last alone.
 */
export const keepDoubt =
	(place: Connection): Middleware =>
	(next) =>
	async (request) => {
		if (!canBeKnownAgain(request, place)) return await next(request);
		const write = writeOf(place, request);
		const answer = await next(request).catch(async (error: unknown): Promise<ApiResponse> => {
			// A Refusal has looked, or is about values; everything else ended before the call.
			if (error instanceof UserError || !sent.has(write)) return await Promise.reject(error);
			const networkError = (error as Error).message.replace(/\.$/, '');
			return { status: 0, headers: {}, body: undefined, networkError, outcome: 'unknown', key: sent.get(write)?.key };
		});
		const isDone = isSuccess(request, answer);
		const mayBeDone = isDone ? !ONLY_CHECKED.includes(answer.outcome ?? '') : outcomeOf(request, answer) === 'unknown';
		if (mayBeDone) remember(write, { key: answer.key, isDone });
		const known = sent.get(write);
		if (isDone || known === undefined) return answer;
		// The reference of something that is done, with other values.
		if (known.isDone && answer.status === 409 && !answer.notSent && request.reference !== undefined) return answer;
		return { ...answer, outcome: 'unknown', notSent: false };
	};
