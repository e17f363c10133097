import type { IAllExecuteFunctions, IDataObject, IHttpRequestMethods } from 'n8n-workflow';
import { parseExact } from './exactJson';
import type { Place } from './place';
import { urlOf } from './url';

/** One call of an API, before it knows anything of HTTP but its route. */
export interface ApiRequest {
	/** Method and path template of the contract, e.g. `GET /accounts/{id}`. */
	readonly route: string;
	readonly path?: Readonly<Record<string, string>>;
	readonly query?: IDataObject;
	readonly body?: IDataObject;
	/** The user's own reference; present when the call creates money movement. */
	readonly reference?: string;
	/** Where what this creates can be found again by its reference. */
	readonly lookIn?: LookIn;
	/** Sent as Idempotency-Key: the API answers a repeat with the first answer. */
	readonly key?: string;
	/** The answer is a file, not JSON. */
	readonly file?: boolean;
	/** No try may start later than this. */
	readonly deadline?: number;
}

/** A list, and the values that tell its rows of our kind from others with the same reference. */
export interface LookIn {
	readonly list: string;
	readonly where?: Readonly<Record<string, string>>;
	/** Rows appear long after the call: absence proves nothing. */
	readonly late?: boolean;
}

/** What happened to a write, in the words that users branch on. */
export type Outcome = 'created' | 'accepted' | 'found' | 'replayed' | 'validated' | 'unknown' | 'rejected';

export interface Answer {
	/** HTTP status; 0 when no answer came. */
	readonly status: number;
	/** Header names in lower case. */
	readonly headers: Readonly<Record<string, string>>;
	/** Parsed JSON, a text that was not JSON, a Buffer for files, or undefined for an empty answer. */
	readonly body: unknown;
	/** Why no answer came, e.g. `ECONNRESET`. */
	readonly lost?: string;
	/** The call never reached the API, so repeating it is safe. */
	readonly unsent?: boolean;
	readonly attempts?: number;
	/** How long the API wants us to stay away, when that was longer than the time budget. */
	readonly waitMs?: number;
	readonly outcome?: Outcome;
	readonly key?: string;
}

export type Send = (request: ApiRequest) => Promise<Answer>;
export type Wrapper = (next: Send) => Send;

export const isRead = (request: ApiRequest) => request.route.startsWith('GET ');
export const isOk = (answer: Answer) => answer.status >= 200 && answer.status < 300;

interface HttpReply {
	status: number;
	headers: Record<string, unknown>;
	data: unknown;
}

/** The parts we read of an error of axios, of n8n around it, or of a credential. */
interface Thrown {
	message?: string;
	code?: string;
	isAxiosError?: boolean;
	response?: HttpReply;
	cause?: Thrown;
}

const answerOf = (request: ApiRequest, { status, headers, data }: HttpReply): Answer => ({
	status,
	headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)])),
	body: request.file && status < 300 ? data : parseExact(Buffer.isBuffer(data) ? data.toString('utf8') : String(data ?? '')),
});

/** What became of a call that n8n's helper gave up on. Throws on when the credential itself refused: then nothing was sent. */
async function answerOfFailure(request: ApiRequest, failure: Thrown): Promise<Answer> {
	const thrown = failure.cause ?? failure;
	if (thrown.response) return answerOf(request, thrown.response);
	const none = { status: 0, headers: {}, body: undefined };
	if (thrown.isAxiosError) {
		const lost = thrown.code ?? 'no answer';
		return { ...none, lost, unsent: UNREACHED.includes(lost) };
	}
	// The token could not be fetched: the credential explains it and keeps the network error as its cause.
	if (thrown.cause) return { ...none, lost: thrown.message, unsent: true };
	return await Promise.reject(failure);
}

const UNREACHED = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN'];

/**
 * The one call of n8n's helper: adds the token, renews it once on 401, sends the same call again.
 * Never throws for an answer or a lost one; throws when the credential itself refuses.
 */
export function sendWith(context: IAllExecuteFunctions, place: Place, timeoutMs: number): Send {
	return async (request) => {
		const [method] = request.route.split(' ');
		const call: Promise<{ statusCode: number; headers: Record<string, unknown>; body: unknown }> = context.helpers.httpRequestWithAuthentication.call(
			context,
			place.credential,
			{
				method: method as IHttpRequestMethods,
				url: urlOf(place, request),
				qs: request.query,
				// An empty body is no body: n8n would send `{}` with a content type.
				...(request.body && Object.keys(request.body).length > 0 ? { body: request.body } : {}),
				headers: { Accept: request.file ? '*/*' : 'application/json', ...(request.key ? { 'Idempotency-Key': request.key } : {}) },
				// Text, not JSON: n8n would round numbers above 2^53 and hide what was not JSON.
				encoding: request.file ? 'arraybuffer' : 'text',
				returnFullResponse: true,
				// A swallowed 401 would never reach n8n's token renewal.
				ignoreHttpStatusErrors: { ignore: true, except: [401] },
				// A generic client turns a redirected POST into a GET; `slash.ts` follows instead.
				disableFollowRedirect: true,
				timeout: timeoutMs,
			},
		);
		return await call.then(
			({ statusCode, headers, body }) => answerOf(request, { status: statusCode, headers, data: body }),
			async (failure: Thrown) => await answerOfFailure(request, failure),
		);
	};
}
