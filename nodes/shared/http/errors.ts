import type { INode, JsonObject } from 'n8n-workflow';
import { NodeApiError } from 'n8n-workflow';
import { mask, sensitiveNumbersIn } from '../swedish/masking';
import { isDoubtful } from './retry';
import type { ApiResponse, ApiRequest, Outcome, SendRequest } from './request';
import { isOk, isRead } from './request';
import { errorMessage } from './errorMessages';

/** What an API says of its refusal, whatever it calls the parts. */
interface ApiReason {
	readonly code?: string;
	readonly text?: string;
	readonly requestId?: string;
}

const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);

/** Field errors such as `{ "amount": ["must be positive"] }`, at any depth, as `amount: must be positive`. */
function fieldErrors(body: object): string[] {
	return Object.entries(body).flatMap(([name, value]) => {
		if (typeof value !== 'object' || value === null) return [];
		const words = Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];
		return words.length > 0 ? [`${name}: ${words.join(', ')}`] : fieldErrors(value);
	});
}

/** Letters of an answer in an unknown shape that are shown. */
const MOST_LETTERS = 300;

export function apiReasonOf({ body, headers }: ApiResponse, { body: sent, query }: ApiRequest): ApiReason {
	const requestId = headers['x-request-id'] ?? headers['request-id'] ?? headers['x-correlation-id'];
	if (typeof body !== 'object' || body === null) return { requestId };
	const { error } = body as Record<string, unknown>;
	const { error_description, detail, message, code } = { ...body, ...(typeof error === 'object' ? error : {}) } as Record<string, unknown>;
	const name = text(code) ?? text(error);
	const parts = [text(error_description) ?? text(detail) ?? text(message), ...fieldErrors(body)].filter((part) => part !== undefined);
	const shown =
		parts.length > 0 || name !== undefined || Object.keys(body).length === 0
			? parts.join('; ')
			: JSON.stringify(body).slice(0, MOST_LETTERS);
	const hidden = (said: string) => mask(said, sensitiveNumbersIn({ sent, query }));
	return { code: name === undefined ? undefined : hidden(name), text: shown === '' ? undefined : hidden(shown), requestId };
}

/** A success of which nothing can be read is none: a page of a proxy, or a read without content. */
const isReadable = (request: ApiRequest, { body }: ApiResponse) =>
	request.file === true || (typeof body !== 'string' && !(isRead(request) && body === undefined));

/**
 * An answer that needs no explaining. `unsent` with a success: only the look-up before the call was answered, and in a way that
 * could not be read.
 */
export const isSuccess = (request: ApiRequest, answer: ApiResponse) =>
	isOk(answer) && isReadable(request, answer) && answer.outcome !== 'unknown' && !answer.notSent;

/** What is known of a write that did not succeed. 303 sends to what was made of it. */
export function outcomeOf(request: ApiRequest, answer: ApiResponse): Outcome | undefined {
	if (isRead(request)) return undefined;
	if (answer.outcome !== undefined) return answer.outcome;
	return !answer.notSent && (isOk(answer) || answer.status === 303 || isDoubtful(answer)) ? 'unknown' : 'rejected';
}

/** Turns every answer that is no success into one NodeApiError with the API's own code, text and request id. */
export const mapErrors =
	(api: string, node: INode) =>
	(next: SendRequest): SendRequest =>
	async (request) => {
		const answered = await next(request);
		if (isSuccess(request, answered)) return answered;
		const answer = { ...answered, outcome: outcomeOf(request, answered) };
		const reason = apiReasonOf(answer, request);
		const [message, advice] = errorMessage(api, request, answer);
		const said = [reason.text, reason.code && `(${reason.code})`].filter(Boolean).join(' ');
		const description = [
			said && `${api} says: ${said}.`,
			advice,
			answer.notSent && answer.networkError === undefined && 'Nothing was sent.',
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
