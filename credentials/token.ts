import { createHash } from 'crypto';
import type { ICredentialDataDecryptedObject, IHttpRequestHelper, IHttpRequestOptions, INodeProperties } from 'n8n-workflow';
import { clock } from '../nodes/shared/core/clock';
import { isObject } from '../nodes/shared/core/isObject';
import { apiReasonOf } from '../nodes/shared/http/reason';

/** The answer of a token endpoint; `expires_in` is in seconds. */
interface TokenReply {
	access_token?: unknown;
	expires_in?: unknown;
	tenant_id?: unknown;
}

/** A token as n8n stores it with the credential, encrypted; `renewAt` is in epoch ms. A type and not an interface, because n8n requires an index signature. */
export type StoredToken = { accessToken: string; issuedFor: string; renewAt: number };

/** The hidden fields of a stored token. They have the type `password`, because n8n sends other fields to the editor. */
export const tokenProperties: INodeProperties[] = [
	{ displayName: 'Access Token', name: 'accessToken', type: 'hidden', default: '', typeOptions: { expirable: true, password: true } },
	{ displayName: 'Issued For', name: 'issuedFor', type: 'hidden', default: '', typeOptions: { password: true } },
	{ displayName: 'Renew At', name: 'renewAt', type: 'hidden', default: 0, typeOptions: { password: true } },
];

/** One request for a token, with everything that the token depends on. */
export interface Grant {
	/** Name of the API in messages. */
	readonly api: string;
	readonly baseUrl: string;
	readonly request: IHttpRequestOptions;
	readonly scope: string;
	readonly tenantId?: string;
	readonly headers?: Record<string, string>;
}

/** The contract allows an answer without `expires_in`. Then the token is renewed after this time, or on 401. */
const ASSUMED_SECONDS = 300;
const MARGIN_SECONDS = 60;

/** A hash of the values that a token is issued for, secret included. When one of them changes, the token is not used any more. */
const issuedForOf = ({ baseUrl, request, scope, tenantId }: Grant, { clientId, clientSecret }: ICredentialDataDecryptedObject) =>
	createHash('sha256')
		.update(JSON.stringify([baseUrl, request.url, scope, tenantId, clientId, clientSecret]))
		.digest('hex');

// Parallel calls get 401 at about the same time, and n8n asks for a token for each of them. They share one request.
const pending = new Map<string, Promise<StoredToken>>();
const latest = new Map<string, { token: StoredToken; replaced: unknown }>();

/** A new token, for `preAuthentication` to return. Makes one call at a time for the same grant; throws an error with advice when there is no token. */
export async function renewToken(
	helper: IHttpRequestHelper,
	credentials: ICredentialDataDecryptedObject,
	grant: Grant,
): Promise<StoredToken> {
	const issuedFor = issuedForOf(grant, credentials);
	const { issuedFor: storedFor, accessToken: replaced } = credentials;
	const renewed = latest.get(issuedFor);
	// Reuse a newer token only if it replaced exactly the token that now failed. Any other token may also be expired, and n8n 1.x does not say which token failed.
	if (renewed && replaced && storedFor === issuedFor && renewed.replaced === replaced && renewed.token.renewAt > clock.now())
		return renewed.token;
	const running =
		pending.get(issuedFor) ??
		requestToken(helper, grant, String(credentials.clientSecret ?? '').trim())
			.then((reply) => {
				const token = { ...reply, issuedFor };
				latest.set(issuedFor, { token, replaced });
				return token;
			})
			.finally(() => pending.delete(issuedFor));
	pending.set(issuedFor, running);
	return await running;
}

async function requestToken(helper: IHttpRequestHelper, grant: Grant, secret: string): Promise<Omit<StoredToken, 'issuedFor'>> {
	const requestedAt = clock.now();
	let answer: unknown;
	try {
		answer = await helper.helpers.httpRequest({
			...grant.request,
			json: true,
			timeout: 30_000,
			disableFollowRedirect: true,
		});
	} catch (error) {
		throw tokenError(grant, error as TokenFailure, secret);
	}
	const reply = replyIn(answer);
	if (typeof reply?.access_token !== 'string' || reply.access_token === '')
		throw new Error(`${grant.api} answered without an access token. Check the environment or base URL.`);
	if (grant.tenantId && typeof reply.tenant_id === 'string' && reply.tenant_id.toLowerCase() !== grant.tenantId.toLowerCase())
		throw new Error(`${grant.api} gave a token for another tenant than the tenant ID of this credential. Correct the tenant ID.`);
	const lifetime = Number(reply.expires_in);
	const seconds = lifetime > 0 ? lifetime : ASSUMED_SECONDS;
	// One minute before the token expires. A short-lived token is renewed at half its life, because it must not expire right after its renewal.
	return { accessToken: reply.access_token, renewAt: requestedAt + Math.max(seconds - MARGIN_SECONDS, seconds / 2) * 1000 };
}

/** The answer as the contract has it, also where an envelope is around it or its names are written otherwise. */
function replyIn(answer: unknown, isInner = false): TokenReply | undefined {
	if (!isObject(answer)) return undefined;
	const { accessToken, expiresIn, tenantId, ...reply } = answer;
	const own = { ...reply, access_token: reply.access_token ?? accessToken, expires_in: reply.expires_in ?? expiresIn };
	if (own.access_token !== undefined || isInner) return { ...own, tenant_id: reply.tenant_id ?? tenantId };
	const inner = Object.values(answer)
		.map((child) => replyIn(child, true))
		.filter((child) => child?.access_token !== undefined);
	return inner.length === 1 ? inner[0] : undefined;
}

interface TokenFailure {
	code?: string;
	response?: { status: number; data?: unknown };
}

/** Codes of a refused client ID or secret. */
const REFUSED_CLIENT = /^(invalid_client|unauthorized_client|invalid_grant|access_denied)$/;

/** The error for the user, with advice. A temporary failure keeps its cause, because the caller retries only those. */
function tokenError({ api, baseUrl, scope, tenantId: grantTenant }: Grant, error: TokenFailure, secret: string): Error {
	const host = new URL(baseUrl).host;
	if (!error.response)
		return new Error(
			`${api} could not be reached at ${host} (${error.code ?? 'no answer'}). Check 'Environment' and 'Base URL' of the credential, then the network`,
			{ cause: error },
		);
	const { status, data } = error.response;
	if (status === 429 || status >= 500)
		return new Error(`${api} cannot give an access token right now (${status}). Try again later`, { cause: error });
	const { code, text = '' } = apiReasonOf({ status, headers: {}, body: data }, { route: 'POST ' });
	if (code === 'invalid_scope')
		return new Error(
			`${api} does not grant all of these scopes to this client: ${scope}. Remove the missing one here, or ask ${api} for it.`,
		);
	if (grantTenant === undefined && /\btenants\b/i.test(text))
		return new Error(`This client serves several tenants. In the credential choose Partner for 'Token For', and enter 'Tenant ID'.`);
	if (code === 'invalid_tenant' || /\btenant\b/i.test(text))
		return new Error(`${api} does not accept the tenant ID for this client. Correct the tenant ID.`);
	const reason = (text || (code ?? '')).replaceAll(secret || '\n', '[hidden]').replace(/\.$/, '');
	if (status === 400 && reason !== '' && !REFUSED_CLIENT.test(code ?? ''))
		return new Error(`${api} gave no access token: ${reason}. Correct what the reason names in the credential.`);
	if (status === 400 || status === 401 || status === 403)
		return new Error(`${api} did not accept the client ID or client secret. Enter them again in the credential.`);
	return new Error(`${api} gave no access token at ${host} (status ${status}). Check the environment or base URL.`);
}

/** The URL of a call. n8n's own HTTP Request node passes it as `uri`. */
export const targetOf = (request: IHttpRequestOptions) => new URL(request.url ?? (request as { uri?: string }).uri ?? '', request.baseURL);

/** Adds the stored token to a call, if it is still valid. Otherwise the API answers 401, n8n renews the token and repeats the call. Throws for a call to another host. */
export function withToken(request: IHttpRequestOptions, credentials: ICredentialDataDecryptedObject, grant: Grant): IHttpRequestOptions {
	const { origin } = new URL(grant.baseUrl);
	const target = targetOf(request).origin;
	// A server may redirect from http to https on the same host.
	if (target !== origin && target !== origin.replace(/^http:/, 'https:'))
		throw new Error(
			`This credential is for ${origin} and is not sent to ${target}. Use the credential's own host, or change its base URL.`,
		);
	const usable = credentials.issuedFor === issuedForOf(grant, credentials) && Number(credentials.renewAt) > clock.now();
	const given = Object.entries(request.headers ?? {}).filter(([name]) => name.toLowerCase() !== 'authorization');
	const headers = { ...Object.fromEntries(given), ...grant.headers };
	return {
		...request,
		headers: { ...headers, ...(usable ? { Authorization: `Bearer ${String(credentials.accessToken)}` } : {}) },
		sendCredentialsOnCrossOriginRedirect: false,
	};
}
