import type { INode, JsonObject } from 'n8n-workflow';
import { NodeApiError } from 'n8n-workflow';
import { isDoubtful } from './retry';
import type { Answer, ApiRequest, Outcome, Send } from './call';
import { isOk, isRead } from './call';
import { wordsFor } from './words';

/** What an API says of its refusal, whatever it calls the parts. */
interface ApiReason {
	readonly code?: string;
	readonly text?: string;
	readonly requestId?: string;
}

const PERSONAL_NUMBER = /\b(?:19|20)?\d{6}[-+]?\d{4}\b/g;

/** Keeps personal numbers out of messages and logs. */
export const masked = (text: string) => text.replace(PERSONAL_NUMBER, '[number hidden]');

const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);

/** Field errors such as `{ "amount": ["must be positive"] }` or `{ "errors": { … } }`, as `amount: must be positive`. */
function fieldErrors(body: object): string[] {
	return Object.entries(body).flatMap(([name, value]) => {
		if (name === 'errors' && typeof value === 'object' && value !== null) return fieldErrors(value);
		return Array.isArray(value) && value.length > 0 && value.every((one) => typeof one === 'string')
			? [`${name}: ${value.join(', ')}`]
			: [];
	});
}

export function reasonOf({ body, headers }: Answer): ApiReason {
	const requestId = headers['x-request-id'] ?? headers['request-id'] ?? headers['x-correlation-id'];
	if (typeof body !== 'object' || body === null) return { requestId };
	const { error, error_description, detail, message, code } = body as Record<string, unknown>;
	const parts = [text(error_description) ?? text(detail) ?? text(message), ...fieldErrors(body)];
	const words = parts.filter((part) => part !== undefined).join('; ');
	return { code: text(code) ?? text(error), text: words === '' ? undefined : masked(words), requestId };
}

/** A success of which nothing can be read is none: a page of a proxy, or a read without content. */
const isReadable = (request: ApiRequest, { body }: Answer) =>
	request.file === true || (typeof body !== 'string' && !(isRead(request) && body === undefined));

/** What is known of a write that did not succeed. 303 sends to what was made of it. */
function outcomeOf(request: ApiRequest, answer: Answer): Outcome | undefined {
	if (isRead(request)) return undefined;
	if (answer.outcome !== undefined) return answer.outcome;
	return !answer.unsent && (isOk(answer) || answer.status === 303 || isDoubtful(answer)) ? 'unknown' : 'rejected';
}

/** Turns every answer that is no success into one NodeApiError with the API's own code, text and request id. */
export const explain =
	(api: string, node: INode) =>
	(next: Send): Send =>
	async (request) => {
		const answered = await next(request);
		// `unsent` with a success: only the look-up before the call was answered, and in a way that could not be read.
		if (isOk(answered) && isReadable(request, answered) && answered.outcome !== 'unknown' && !answered.unsent) return answered;
		const answer = { ...answered, outcome: outcomeOf(request, answered) };
		const reason = reasonOf(answer);
		const [message, advice] = wordsFor(api, request, answer);
		const said = [reason.text, reason.code && `(${reason.code})`].filter(Boolean).join(' ');
		const description = [
			said && `${api} says: ${said}.`,
			advice,
			answer.unsent && answer.lost === undefined && 'Nothing was sent.',
			reason.requestId && `Request ID: ${reason.requestId}.`,
		];
		const error = new NodeApiError(node, {} as JsonObject, {
			message,
			description: description.filter(Boolean).join(' '),
			httpCode: String(answer.status),
		});
		Object.assign(error.context, {
			data: {
				...reason,
				status: answer.status,
				outcome: answer.outcome,
				reference: request.reference,
				idempotencyKey: answer.key,
				attempts: answer.attempts,
			},
		});
		throw error;
	};
