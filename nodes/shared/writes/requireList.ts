import type { ApiResponse, SendRequest } from '../http/request';
import { isOk } from '../http/request';

/** A list could not be read; carries the answer that says why. */
export class ListUnavailableError extends Error {
	constructor(readonly answer: ApiResponse) {
		super('unread');
	}
}

/** A look that fails must never read as an empty list: it throws Unread. */
export const requireList =
	(send: SendRequest, isList: (body: unknown) => boolean): SendRequest =>
	async (request) => {
		const answer = await send(request);
		if (isOk(answer) && isList(answer.body)) return answer;
		throw new ListUnavailableError(answer);
	};

/** The answer for a call that was not made because of that. */
export const notSentWhereUnavailable = async (error: unknown): Promise<ApiResponse> =>
	error instanceof ListUnavailableError ? { ...error.answer, notSent: true } : await Promise.reject(error);
