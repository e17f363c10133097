import type { Operation } from 'openapi-backend';
import type { operations } from '../../contracts/finvis';
import type { HandlerRequest, Handlers } from '../http/api';
import { HttpError } from '../http/httpError';
import { findIdentity, FINVIS_IDENTITIES, type Identity } from '../state/identities';
import { anonymousGrant, type Grant } from '../state/tokens';
import type { FinvisContext } from './context';

export const unauthorized = new HttpError(401, 'not_authenticated', 'Invalid or expired token');
export const TOKEN_OPERATIONS = ['createToken', 'createTenantToken'];

export function authorize(operation: Operation, headers: HandlerRequest['headers'], context: FinvisContext): Grant {
	if (TOKEN_OPERATIONS.includes(operation.operationId ?? '')) return anonymousGrant('finvis');
	const grant = context.tokens.find('finvis', headers.authorization);
	if (grant === undefined) throw unauthorized;
	const tenantId = headers['x-tenant-id'];
	if (tenantId !== undefined && tenantId !== grant.tenantId) {
		throw new HttpError(403, 'permission_denied', 'X-Tenant-ID does not match the tenant of the token');
	}
	requireScopes(operation, grant);
	return grant;
}

/** Throws an HttpError when the grant lacks a scope of the operation. */
export function requireScopes(operation: Operation, grant: Grant): void {
	for (const scope of scopesOf(operation)) {
		if (!grant.scopes?.includes(scope)) throw new HttpError(403, 'permission_denied', `Missing scope: ${scope}`);
	}
}

/** The scopes that the contract declares; without any, those that it infers. */
function scopesOf(operation: Operation): string[] {
	const declared = (operation.security ?? []).flatMap((requirement) => Object.values(requirement).flat());
	if (declared.length > 0) return declared.map(String);
	const inferred: unknown = Object.entries(operation).find(([name]) => name === 'x-inferred-scopes')?.[1];
	return Array.isArray(inferred) ? inferred.map(String) : [];
}

export const authHandlers: Handlers<operations, FinvisContext> = {
	createToken: ({ body }, context) => {
		const identity = requireIdentity(body.client_id, body.client_secret, context);
		const tenantId = identity.tenants.length === 1 ? identity.tenants[0] : undefined;
		if (tenantId === undefined) {
			throw refusal(
				context,
				400,
				'unauthorized_client',
				'This partner client serves several tenants; ask for a token at /auth/tenant-token',
			);
		}
		return { status: 200, body: issueToken(identity, tenantId, body.scope, context) };
	},
	createTenantToken: ({ body, headers }, context) => {
		const [, encoded = ''] = /^Basic\s+(\S+)$/i.exec(headers.authorization ?? '') ?? [];
		const [, id = '', secret = ''] = /^([^:]*):(.*)$/s.exec(Buffer.from(encoded, 'base64').toString('utf8')) ?? [];
		const identity = requireIdentity(id, secret, context);
		if (body.grant_type !== undefined && body.grant_type !== 'client_credentials') {
			throw refusal(context, 400, 'unsupported_grant_type', 'grant_type must be client_credentials');
		}
		if (!identity.tenants.includes(body.tenant_id)) {
			throw refusal(context, 400, 'invalid_request', `The client does not serve the tenant ${body.tenant_id}`);
		}
		return { status: 200, body: issueToken(identity, body.tenant_id, body.scope, context) };
	},
};

function requireIdentity(id: string, secret: string, context: FinvisContext): Identity {
	const identity = findIdentity(FINVIS_IDENTITIES, id, secret);
	if (identity === undefined) throw refusal(context, 401, 'invalid_client', 'Client authentication failed');
	return identity;
}

function issueToken(identity: Identity, tenantId: string, scope: string | undefined, context: FinvisContext) {
	const requested = scope?.split(/\s+/).filter((name) => name !== '') ?? [];
	const forbidden = requested.filter((name) => !identity.scopes.includes(name));
	if (forbidden.length > 0) {
		throw refusal(context, 400, 'invalid_scope', `Not allowed for this client: ${forbidden.join(' ')}`);
	}
	const scopes = requested.length > 0 ? requested : identity.scopes;
	const expires_in = context.settings.tokenLifetimeSeconds;
	const { clientId, person } = identity;
	const access_token = context.tokens.issue({ api: 'finvis', clientId, person, tenantId, scopes }, expires_in);
	return {
		access_token,
		token_type: 'Bearer',
		expires_in: Math.ceil(expires_in),
		scope: scopes.join(' '),
		tenant_id: tenantId,
	};
}

function refusal(context: FinvisContext, status: number, code: string, message: string): HttpError {
	context.tokens.countRefusal('finvis');
	return new HttpError(status, code, message);
}
