import type { IAllExecuteFunctions, ICredentialDataDecryptedObject, IHttpRequestMethods, IHttpRequestOptions } from 'n8n-workflow';
import type { ApiResponse, ApiRequest, SendRequest } from './request';
import type { UseCredential } from './credential';
import { parseLossless } from './losslessJson';
import type { Connection } from './connection';
import { urlOf } from './url';

interface HttpReply {
	status: number;
	headers: Record<string, unknown>;
	data: unknown;
}

/** What n8n's helper gives. */
interface Reply {
	statusCode: number;
	headers: Record<string, unknown>;
	body: unknown;
}

/** The parts we read of an error of axios, of n8n around it, or of a credential. */
interface Thrown {
	message?: string;
	code?: string;
	isAxiosError?: boolean;
	response?: HttpReply;
	cause?: Thrown;
	/** n8n 1.x keeps no cause, but the code of axios. */
	httpCode?: string | null;
}

const answerOf = (request: ApiRequest, { status, headers, data }: HttpReply): ApiResponse => ({
	status,
	headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)])),
	body: request.file && status < 300 ? data : parseLossless(Buffer.isBuffer(data) ? data.toString('utf8') : String(data ?? '')),
});

/** What became of a call that n8n's helper gave up on. Throws on when the credential itself refused: then nothing was sent. */
async function answerOfFailure(request: ApiRequest, failure: Thrown): Promise<ApiResponse> {
	const thrown = failure.cause ?? failure;
	if (thrown.response) return answerOf(request, thrown.response);
	const none = { status: 0, headers: {}, body: undefined };
	const networkError = thrown.isAxiosError ? (thrown.code ?? 'no answer') : thrown.httpCode;
	if (networkError) return { ...none, networkError, notSent: UNREACHED.includes(networkError) };
	// The token could not be fetched: the credential explains it and keeps the network error as its cause.
	if (thrown.cause) return { ...none, networkError: thrown.message, notSent: true };
	return await Promise.reject(failure);
}

const UNREACHED = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN'];

/**
 * The one call of n8n's helper: adds the token, renews it once on 401, sends the same call again.
 * Never throws for an answer or a lost one; throws when the credential itself refuses.
 */
export function sendWith(context: IAllExecuteFunctions, place: Connection, credential: UseCredential, timeoutMs: number): SendRequest {
	return async (request) => {
		const [method] = request.route.split(' ');
		const options: IHttpRequestOptions = {
			method: method as IHttpRequestMethods,
			url: urlOf(place, request),
			qs: request.query,
			// An empty body is no body: n8n would send `{}` with a content type.
			...(request.body && Object.keys(request.body).length > 0 ? { body: request.body } : {}),
			headers: { Accept: request.file ? '*/*' : 'application/json', ...(request.key ? { 'Idempotency-Key': request.key } : {}) },
			// Text, not JSON: n8n would round numbers above 2^53 and hide what was not JSON.
			encoding: request.file ? 'arraybuffer' : 'text',
			returnFullResponse: true,
			// A swallowed 401 would never reach n8n's token renewal; n8n 1.x swallows it all the same.
			ignoreHttpStatusErrors: { ignore: true, except: [401] },
			// A generic client turns a redirected POST into a GET; `slash.ts` follows instead.
			disableFollowRedirect: true,
			timeout: timeoutMs,
		};
		const callWith = async (data: ICredentialDataDecryptedObject): Promise<Reply> =>
			await context.helpers.httpRequestWithAuthentication.call(context, place.credential, options, {
				credentialsDecrypted: { id: '', name: '', type: place.credential, data },
			});
		const call = credential(async (data) => {
			const reply = await callWith(data);
			// n8n 1.x gives the 401 back; without a token it gets a new one before the call.
			return reply.statusCode === 401 ? await callWith(Object.assign(data, { accessToken: '' })) : reply;
		});
		return await call.then(
			({ statusCode, headers, body }) => answerOf(request, { status: statusCode, headers, data: body }),
			async (failure: Thrown) => await answerOfFailure(request, failure),
		);
	};
}
