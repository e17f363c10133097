import type { Answer, Send } from './call';
import { isOk } from './call';

/** A list could not be read; carries the answer that says why. */
export class Unread extends Error {
	constructor(readonly answer: Answer) {
		super('unread');
	}
}

/** A look that fails must never read as an empty list: it throws Unread. */
export const readable =
	(send: Send, isList: (body: unknown) => boolean): Send =>
	async (request) => {
		const answer = await send(request);
		if (isOk(answer) && isList(answer.body)) return answer;
		throw new Unread(answer);
	};

/** The answer for a call that was not made because of that. */
export const unsentWhereUnread = async (error: unknown): Promise<Answer> =>
	error instanceof Unread ? { ...error.answer, unsent: true } : await Promise.reject(error);
