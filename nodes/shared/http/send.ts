import type { IAllExecuteFunctions, ICredentialDataDecryptedObject, IHttpRequestMethods, IHttpRequestOptions } from 'n8n-workflow';
import { clock } from '../core/clock';
import { keepNewest } from '../core/seenKeys';
import type { ApiResponse, ApiRequest, SendRequest } from './request';
import { isRead } from './request';
import type { UseCredential } from './credential';
import { parseLossless } from './losslessJson';
import type { Connection } from './connection';
import { urlOf } from './url';

interface HttpResponse {
	status: number;
	headers: Record<string, unknown>;
	data: unknown;
}

/** The response of n8n's HTTP helper. */
interface HelperResponse {
	statusCode: number;
	headers: Record<string, unknown>;
	body: unknown;
}

/** The fields that are read of an error of axios, of n8n's wrapper around it, or of a credential. */
interface Thrown {
	message?: string;
	code?: string;
	isAxiosError?: boolean;
	response?: HttpResponse;
	cause?: Thrown;
	/** n8n 1.x has no `cause`, but the code of axios. */
	httpCode?: string | null;
}

const responseOf = (request: ApiRequest, url: string, { status, headers, data }: HttpResponse): ApiResponse => ({
	url,
	status,
	headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)])),
	body: request.file && status < 300 ? data : parseLossless(Buffer.isBuffer(data) ? data.toString('utf8') : String(data ?? '')),
});

/** The response of a call for which n8n's helper threw. Rethrows errors of the credential, because nothing was sent. */
async function responseOfFailure(request: ApiRequest, url: string, failure: Thrown): Promise<ApiResponse> {
	const thrown = failure.cause ?? failure;
	if (thrown.response) return responseOf(request, url, thrown.response);
	const none = { status: 0, headers: {}, body: undefined };
	const networkError = thrown.isAxiosError ? (thrown.code ?? 'no answer') : thrown.httpCode;
	if (networkError) return { ...none, networkError, notSent: UNREACHED.includes(networkError) };
	// The credential could not fetch a token; its error has the network error as its cause.
	if (thrown.cause) return { ...none, networkError: thrown.message, notSent: true };
	return await Promise.reject(failure);
}

/** Until when a new token is known to change nothing about a refusal, by connection. */
const useless = new Map<string, number>();
const USELESS_MS = 60_000;
const MOST_USELESS = 200;
const keyOf = ({ baseUrl, identity }: Connection) => `${baseUrl} ${identity}`;
const hasUselessToken = (connection: Connection) => (useless.get(keyOf(connection)) ?? 0) > clock.now();

/**
 * Whether a refusal may be about an expired token although it is no 401. A refused call was not executed, so it may be made again; a
 * write only where the answer speaks of the token.
 */
function mayBeExpired(request: ApiRequest, { statusCode, headers, body }: HelperResponse): boolean {
	if (statusCode !== 400 && statusCode !== 403) return false;
	const text = Buffer.isBuffer(body) ? body.toString('utf8') : String(body ?? '');
	const isAboutToken =
		headers['www-authenticate'] !== undefined ||
		(/\b(access|bearer|auth|invalid|expired)?_?token\b|\bjwt\b/i.test(text) && !/idempoten/i.test(text));
	return isAboutToken || (statusCode === 403 && isRead(request));
}

const UNREACHED = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN'];

/**
 * The only call of n8n's HTTP helper. n8n adds the token, renews it once after a 401 and repeats the call. Returns every response and
 * every network error; throws only errors of the credential.
 */
export function sendWith(context: IAllExecuteFunctions, connection: Connection, credential: UseCredential, timeoutMs: number): SendRequest {
	return async (request) => {
		const [method] = request.route.split(' ');
		const url = urlOf(connection, request);
		const options: IHttpRequestOptions = {
			method: method as IHttpRequestMethods,
			url,
			qs: request.query,
			// Leave out an empty body: n8n would send `{}` with a content type.
			...(request.body && Object.keys(request.body).length > 0 ? { body: request.body } : {}),
			headers: { Accept: request.file ? '*/*' : 'application/json', ...(request.key ? { 'Idempotency-Key': request.key } : {}) },
			// Text, because n8n's JSON parser rounds numbers above 2^53 and hides what is not JSON.
			encoding: request.file ? 'arraybuffer' : 'text',
			returnFullResponse: true,
			// n8n renews a token only after a 401 that throws; n8n 1.x does not throw all the same.
			ignoreHttpStatusErrors: { ignore: true, except: [401] },
			// axios turns a redirected POST into a GET, so `followRedirects` follows redirects instead.
			disableFollowRedirect: true,
			timeout: timeoutMs,
		};
		const callWith = async (data: ICredentialDataDecryptedObject): Promise<HelperResponse> =>
			await context.helpers.httpRequestWithAuthentication.call(context, connection.credential, options, {
				credentialsDecrypted: { id: '', name: '', type: connection.credential, data },
			});
		const call = credential(async (data) => {
			const isStored = Boolean(data.accessToken);
			const response = await callWith(data);
			const isHidden = isStored && mayBeExpired(request, response) && !hasUselessToken(connection);
			// n8n 1.x returns the 401; without a token in the data n8n fetches a new one before the call.
			if (response.statusCode !== 401 && !isHidden) return response;
			const second = await callWith(Object.assign(data, { accessToken: '' }));
			if (isHidden && second.statusCode === response.statusCode)
				keepNewest(useless, keyOf(connection), clock.now() + USELESS_MS, MOST_USELESS);
			return second;
		});
		return await call.then(
			({ statusCode, headers, body }) => responseOf(request, url, { status: statusCode, headers, data: body }),
			async (failure: Thrown) => await responseOfFailure(request, url, failure),
		);
	};
}
