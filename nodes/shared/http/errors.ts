import type { Failure, INode, JsonObject } from 'n8n-workflow';
import { NodeApiError } from 'n8n-workflow';
import { isDoubtful, refersToResult } from './retry';
import type { ApiResponse, ApiRequest, Outcome, SendRequest } from './request';
import { isOk, isRead } from './request';
import { errorMessage } from './errorMessages';
import { apiReasonOf } from './reason';

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

/** The outcome of a write that did not succeed; undefined for reads. */
export function outcomeOf(request: ApiRequest, response: ApiResponse): Outcome | undefined {
	if (isRead(request)) return undefined;
	if (response.outcome !== undefined) return response.outcome;
	if (response.saidNo) return 'rejected';
	return !response.notSent && (isOk(response) || refersToResult(response) || isDoubtful(response)) ? 'unknown' : 'rejected';
}

/** Why a call failed, where that is certain. n8n (2.41) waits so long before the next round of a polling trigger. */
function failureOf({ status, networkError, waitMs }: ApiResponse): Failure | undefined {
	if (status === 401) return { cause: 'credential-invalid' };
	if (status === 429) return { cause: 'rate-limited', retryAfterMs: waitMs };
	if (status >= 500 || networkError !== undefined) return { cause: 'temporarily-unavailable', retryAfterMs: waitMs };
	return undefined;
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
		const [message, advice] = errorMessage(api, request, response, reason.text);
		// What the API made of other values than were sent is in the advice.
		const apiText = response.otherValues !== undefined ? '' : [reason.text, reason.code && `(${reason.code})`].filter(Boolean).join(' ');
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
			failure: failureOf(response),
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

/** No response, a timeout, too many calls, or an error of the server: these pass without a change of settings. */
const TRANSIENT = /^(0|408|429|5\d\d)$/;

/** Whether an error remains until somebody changes a setting. An error without a status counts: the token request was refused. */
export const isPermanent = (error: unknown) => !(error instanceof NodeApiError && TRANSIENT.test(error.httpCode ?? ''));
