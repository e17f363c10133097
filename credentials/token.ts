import { createHash } from 'crypto';
import type { ICredentialDataDecryptedObject, IHttpRequestHelper, IHttpRequestOptions, INodeProperties } from 'n8n-workflow';
import { clock } from '../nodes/shared/core/clock';

/** What a token endpoint answers; `expires_in` in seconds. */
interface TokenReply {
	access_token?: unknown;
	expires_in?: unknown;
	tenant_id?: unknown;
}

/** A token as n8n stores it with the credential, encrypted. A type, not an interface: n8n wants an index signature. */
export type StoredToken = { accessToken: string; issuedFor: string; renewAt: number };

/** The hidden fields of a stored token. All are `password`, or n8n would show them to the editor. */
export const tokenProperties: INodeProperties[] = [
	{ displayName: 'Access Token', name: 'accessToken', type: 'hidden', default: '', typeOptions: { expirable: true, password: true } },
	{ displayName: 'Issued For', name: 'issuedFor', type: 'hidden', default: '', typeOptions: { password: true } },
	{ displayName: 'Renew At', name: 'renewAt', type: 'hidden', default: 0, typeOptions: { password: true } },
];

/** All that one grant depends on. */
export interface Grant {
	/** Name of the API in messages. */
	readonly api: string;
	readonly baseUrl: string;
	readonly request: IHttpRequestOptions;
	readonly scope: string;
	readonly tenantId?: string;
	readonly headers?: Record<string, string>;
}

/** Contract: `expires_in` may be absent; then assume a short life and renew on 401. */
const ASSUMED_SECONDS = 300;
const MARGIN_SECONDS = 60;

/** What a token was issued for, secret included, as a hash: when one of these changes, the token must not be used any more. */
const issuedForOf = ({ baseUrl, request, scope, tenantId }: Grant, { clientId, clientSecret }: ICredentialDataDecryptedObject) =>
	createHash('sha256')
		.update(JSON.stringify([baseUrl, request.url, scope, tenantId, clientId, clientSecret]))
		.digest('hex');

// Calls that run in parallel meet 401 together, some later than others. n8n asks for a token for each of them: they share one.
const underWay = new Map<string, Promise<StoredToken>>();
const newest = new Map<string, { token: StoredToken; replaced: unknown }>();

/** A new token for a credential, at most one call at a time for the same grant; to be returned from `preAuthentication`. */
export async function renewToken(
	helper: IHttpRequestHelper,
	credentials: ICredentialDataDecryptedObject,
	grant: Grant,
): Promise<StoredToken> {
	const issuedFor = issuedForOf(grant, credentials);
	const { issuedFor: storedFor, accessToken: replaced } = credentials;
	const known = newest.get(issuedFor);
	// Somebody has renewed the very token that now failed. Any other token may be as dead as this one, and n8n 1.x does not say which.
	if (known && replaced && storedFor === issuedFor && known.replaced === replaced && known.token.renewAt > clock.now()) return known.token;
	const running =
		underWay.get(issuedFor) ??
		requestToken(helper, grant)
			.then((reply) => {
				const token = { ...reply, issuedFor };
				newest.set(issuedFor, { token, replaced });
				return token;
			})
			.finally(() => underWay.delete(issuedFor));
	underWay.set(issuedFor, running);
	return await running;
}

async function requestToken(helper: IHttpRequestHelper, grant: Grant): Promise<Omit<StoredToken, 'issuedFor'>> {
	const asked = clock.now();
	let reply: TokenReply;
	try {
		reply = (await helper.helpers.httpRequest({
			...grant.request,
			json: true,
			timeout: 30_000,
			disableFollowRedirect: true,
		})) as TokenReply;
	} catch (error) {
		throw refusal(grant, error as TokenFailure);
	}
	if (typeof reply?.access_token !== 'string' || reply.access_token === '')
		throw new Error(`${grant.api} answered without an access token. Check the environment or base URL.`);
	if (grant.tenantId && typeof reply.tenant_id === 'string' && reply.tenant_id !== grant.tenantId)
		throw new Error(`${grant.api} gave a token for another tenant than the tenant ID of this credential. Correct the tenant ID.`);
	const told = Number(reply.expires_in);
	const seconds = told > 0 ? told : ASSUMED_SECONDS;
	// Before the real expiry, but never at once, or a short-lived token would be refused right after its renewal.
	return { accessToken: reply.access_token, renewAt: asked + Math.max(seconds - MARGIN_SECONDS, seconds / 2) * 1000 };
}

interface TokenFailure {
	code?: string;
	response?: { status: number; data?: { error?: unknown; error_description?: unknown } };
}

/** In words a user can act on. A passing failure keeps its cause, by which the caller knows that trying again may help. */
function refusal({ api, baseUrl, scope }: Grant, error: TokenFailure): Error {
	const host = new URL(baseUrl).host;
	if (!error.response)
		return new Error(
			`${api} could not be reached at ${host} (${error.code ?? 'no answer'}). Check the environment or base URL and the network`,
			{ cause: error },
		);
	const { status, data } = error.response;
	if (status === 429 || status >= 500)
		return new Error(`${api} cannot give an access token right now (${status}). Try again later`, { cause: error });
	if (data?.error === 'invalid_scope')
		return new Error(
			`${api} does not grant all of these scopes to this client: ${scope}. Remove the missing one here, or ask ${api} for it.`,
		);
	if (data?.error === 'invalid_tenant' || /tenant/i.test(String(data?.error_description ?? '')))
		return new Error(`${api} does not accept the tenant ID for this client. Correct the tenant ID.`);
	if (status === 400 || status === 401 || status === 403)
		return new Error(`${api} did not accept the client ID or client secret. Enter them again.`);
	return new Error(`${api} gave no access token at ${host} (status ${status}). Check the environment or base URL.`);
}

/** Where a call goes; n8n's own HTTP Request node says it as `uri`. */
export const targetOf = (request: IHttpRequestOptions) => new URL(request.url ?? (request as { uri?: string }).uri ?? '', request.baseURL);

/** Adds the token to a call when it is valid for it. Without it the API answers 401, n8n renews the token and repeats the call. */
export function withToken(request: IHttpRequestOptions, credentials: ICredentialDataDecryptedObject, grant: Grant): IHttpRequestOptions {
	const { origin } = new URL(grant.baseUrl);
	const target = targetOf(request).origin;
	if (target !== origin)
		throw new Error(
			`This credential is for ${origin} and is not sent to ${target}. Use the credential's own host, or change its base URL.`,
		);
	const usable = credentials.issuedFor === issuedForOf(grant, credentials) && Number(credentials.renewAt) > clock.now();
	const others = Object.entries(request.headers ?? {}).filter(([name]) => name.toLowerCase() !== 'authorization');
	const headers = { ...Object.fromEntries(others), ...grant.headers };
	return {
		...request,
		headers: { ...headers, ...(usable ? { Authorization: `Bearer ${String(credentials.accessToken)}` } : {}) },
		sendCredentialsOnCrossOriginRedirect: false,
	};
}
