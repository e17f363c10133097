import type { INode, JsonObject } from 'n8n-workflow';
import { NodeApiError } from 'n8n-workflow';
import { isDoubtful } from './retry';
import type { Answer, ApiRequest, Outcome, Send } from './call';
import { isOk, isRead } from './call';

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

const seconds = (ms: number) => `${Math.ceil(ms / 1000)} seconds`;

/** Title: what happened. Advice: what to do. */
function wordsFor(api: string, request: ApiRequest, answer: Answer): [title: string, advice: string] {
	const { status, lost, waitMs, outcome, key } = answer;
	const { reference } = request;
	const tries = answer.attempts === undefined ? '' : ` after ${answer.attempts} ${answer.attempts === 1 ? 'try' : 'tries'}`;
	const comeBack = waitMs === undefined ? '' : ` It asks to come back in ${seconds(waitMs)}.`;
	if (outcome === 'unknown')
		return [
			`It is not known whether ${api} executed ${reference === undefined ? 'this' : `'${reference}'`}`,
			`${lost ?? `${api} answered ${status}`}${tries}.${comeBack} ${whatNow(api, request, key)}`,
		];
	if (lost !== undefined && answer.unsent)
		return [
			`${api} could not be reached`,
			`${lost}. Nothing was sent. Check the environment or base URL in the credential and the network.`,
		];
	if (lost !== undefined) return [`${api} did not answer`, `${lost}${tries}. Try again later, or raise 'Timeout' in the options.`];
	if (status === 429) return [`${api} asks to slow down`, `Try again in ${seconds(waitMs ?? 0)}, or lower 'Items at Once' in the options.`];
	if (isOk(answer))
		return [
			`${api} answered with something other than JSON`,
			'Check the base URL in the credential: it may point at a web page or a proxy.',
		];
	if (status === 401) return [`${api} did not accept the access token`, 'Open the credential and test it.'];
	if (status === 403) return [`${api} does not allow this`, 'Check the scopes, the tenant ID and the environment in the credential.'];
	if (status === 404)
		return [`${api} does not know this object`, 'Check the ID, and that the credential is for the right environment, client or tenant.'];
	if (status === 409)
		return reference === undefined
			? [`${api} refused: the state of the object does not allow this`, `Look at the object in ${api}: perhaps it was done already.`]
			: [
					`${api} refused the reference '${reference}'`,
					'It was used before with other values, or another run is just using it. If this is a new payment give it its own reference; if not, correct the values.',
				];
	if (status === 400 || status === 422) return [`${api} did not accept the values`, 'Correct the field that the reason names.'];
	if (status >= 300 && status < 400) return [`${api} redirected the call`, "Check the base URL and 'Trailing Slash' in the credential."];
	if (status >= 500) return [`${api} has trouble (${status})`, `Tried ${answer.attempts ?? 1} times.${comeBack} Try again later.`];
	return [`${api} answered ${status}`, ''];
}

/** What a user can do about a write of which nobody knows whether it was executed. */
function whatNow(api: string, { reference, lookIn }: ApiRequest, key: string | undefined): string {
	if (key !== undefined) return 'Run this again as it is: it carries the same Idempotency-Key, so nothing is executed twice.';
	if (reference === undefined) return `Look at the object in ${api} before you do this again.`;
	const byHand = `Look in ${api} for the reference before you do anything by hand.`;
	if (lookIn?.late) return `${byHand} Running this again with the same reference is safe: it is never handed over twice.`;
	return `The look-up gave no certain answer either. ${byHand} Running this again with the same reference is safe: it looks first.`;
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
