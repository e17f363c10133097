import type { ApiResponse, SendRequest } from '../http/request';
import { isOk } from '../http/request';

/** A list could not be read. `response` says why. */
export class ListUnavailableError extends Error {
	constructor(readonly response: ApiResponse) {
		super('unread');
	}
}

/** Throws a ListUnavailableError when a list cannot be read, because a failed look-up must never pass for an empty list. */
export const requireList =
	(send: SendRequest, isList: (body: unknown) => boolean): SendRequest =>
	async (request) => {
		const response = await send(request);
		if (isOk(response) && isList(response.body)) return response;
		throw new ListUnavailableError(response);
	};

/** The response of a call that was not sent because its list could not be read. */
export const notSentWhereUnavailable = async (error: unknown): Promise<ApiResponse> =>
	error instanceof ListUnavailableError ? { ...error.response, notSent: true } : await Promise.reject(error);
