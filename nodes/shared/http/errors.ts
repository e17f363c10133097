import type { INode, JsonObject } from 'n8n-workflow';
import { NodeApiError } from 'n8n-workflow';
import { mask, sentNumbersIn } from '../swedish/masking';
import { isDoubtful } from './retry';
import type { ApiResponse, ApiRequest, Outcome, SendRequest } from './request';
import { isOk, isRead } from './request';
import { errorMessage } from './errorMessages';

/** The API's own reason for an error, in one shape for all APIs. */
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
		const messages = Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];
		return messages.length > 0 ? [`${name}: ${messages.join(', ')}`] : fieldErrors(value);
	});
}

/** Characters shown of a body in an unknown shape. */
const MAX_CHARACTERS = 300;

/** Reads code, text and request ID from a response, with numbers of persons and accounts masked. */
function apiReasonOf({ body, headers }: ApiResponse, { body: sent, query, reference }: ApiRequest): ApiReason {
	const requestId = headers['x-request-id'] ?? headers['request-id'] ?? headers['x-correlation-id'];
	if (typeof body !== 'object' || body === null) return { requestId };
	const { error } = body as Record<string, unknown>;
	const { error_description, detail, message, code } = { ...body, ...(typeof error === 'object' ? error : {}) } as Record<string, unknown>;
	const name = text(code) ?? text(error);
	const parts = [text(error_description) ?? text(detail) ?? text(message), ...fieldErrors(body)].filter((part) => part !== undefined);
	const shown =
		parts.length > 0 || name !== undefined || Object.keys(body).length === 0
			? parts.join('; ')
			: JSON.stringify(body).slice(0, MAX_CHARACTERS);
	const masked = (value: string) => mask(value, sentNumbersIn({ sent, query }, reference));
	return { code: name === undefined ? undefined : masked(name), text: shown === '' ? undefined : masked(shown), requestId };
}

/** Whether the body has content that the node can use: not a proxy's page, and not an empty response to a read. */
const isReadable = (request: ApiRequest, { body }: ApiResponse) =>
	request.file === true || (typeof body !== 'string' && !(isRead(request) && body === undefined));

/**
 * Whether a response is a success. `notSent` with a success status means that the look-up before the call returned something
 * unreadable, and the call itself was not made.
 */
export const isSuccess = (request: ApiRequest, response: ApiResponse) =>
	isOk(response) &&
	isReadable(request, response) &&
	response.outcome !== 'unknown' &&
	!response.notSent &&
	!response.saidNo &&
	!response.executedCheck;

/** The outcome of a write that did not succeed; undefined for reads. A 303 refers to the result of an executed write. */
export function outcomeOf(request: ApiRequest, response: ApiResponse): Outcome | undefined {
	if (isRead(request)) return undefined;
	if (response.outcome !== undefined) return response.outcome;
	if (response.saidNo) return 'rejected';
	return !response.notSent && (isOk(response) || response.status === 303 || isDoubtful(response)) ? 'unknown' : 'rejected';
}

/** Middleware that throws a NodeApiError for every response that is not a success, with the API's own code, text and request ID. */
export const mapErrors =
	(api: string, node: INode) =>
	(next: SendRequest): SendRequest =>
	async (request) => {
		const received = await next(request);
		if (isSuccess(request, received)) return received;
		const response = { ...received, outcome: outcomeOf(request, received) };
		const reason = apiReasonOf(response, request);
		const [message, advice] = errorMessage(api, request, response);
		const apiText = [reason.text, reason.code && `(${reason.code})`].filter(Boolean).join(' ');
		const description = [
			apiText && `${api} says: ${apiText}.`,
			advice,
			response.notSent && response.networkError === undefined && 'Nothing was sent.',
			reason.requestId && `Request ID: ${reason.requestId}.`,
		];
		const error = new NodeApiError(node, {} as JsonObject, {
			message,
			description: description.filter(Boolean).join(' '),
			httpCode: String(response.status),
		});
		Object.assign(error.context, {
			data: {
				...reason,
				status: response.status,
				outcome: response.outcome,
				reference: request.reference,
				idempotencyKey: response.key,
				attempts: response.attempts,
			},
		});
		throw error;
	};
