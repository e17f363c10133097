import type { Operation } from 'openapi-backend';
import type { operations } from '../../contracts/finvis';
import { sameSecret } from '../fondo/auth';
import type { Call, Handlers } from '../http/operation';
import { Refusal } from '../http/refusal';
import { FINVIS_IDENTITIES, type Identity } from '../identities';
import type { Grant } from '../tokens';
import type { World } from '../world';

export const unauthorized = new Refusal(401, 'not_authenticated', 'Invalid or expired token');
export const TOKEN_CALLS = ['createToken', 'createTenantToken'];
const nobody: Grant = { api: 'finvis', clientId: '', person: '', tenantId: '', expiresAt: 0 };

export function authorize(operation: Operation, headers: Call['headers'], world: World): Grant {
	if (TOKEN_CALLS.includes(operation.operationId ?? '')) return nobody;
	const grant = world.tokens.find('finvis', headers.authorization);
	if (grant === undefined) throw unauthorized;
	const wanted = headers['x-tenant-id'];
	if (wanted !== undefined && wanted !== grant.tenantId) {
		throw new Refusal(403, 'permission_denied', 'X-Tenant-ID does not match the tenant of the token');
	}
	demandScopes(operation, grant);
	return grant;
}

/** Throws a Refusal when the grant does not reach as far as the operation. */
export function demandScopes(operation: Operation, grant: Grant): void {
	for (const scope of scopesOf(operation)) {
		if (!grant.scopes?.includes(scope)) throw new Refusal(403, 'permission_denied', `Missing scope: ${scope}`);
	}
}

/** The scopes of the contract; where it has none, those it infers. */
export function scopesOf(operation: Operation): string[] {
	const declared = (operation.security ?? []).flatMap((requirement) => Object.values(requirement).flat());
	if (declared.length > 0) return declared.map(String);
	const inferred: unknown = Object.entries(operation).find(([name]) => name === 'x-inferred-scopes')?.[1];
	return Array.isArray(inferred) ? inferred.map(String) : [];
}

export const authHandlers: Handlers<operations> = {
	createToken: ({ body }, world) => {
		const identity = known(body.client_id, body.client_secret, world);
		const tenantId = identity.tenants.length === 1 ? identity.tenants[0] : undefined;
		if (tenantId === undefined) {
			throw refused(world, 400, 'unauthorized_client', 'This partner client serves several tenants; ask for a token at /auth/tenant-token');
		}
		return { status: 200, body: issue(identity, tenantId, body.scope, world) };
	},
	createTenantToken: ({ body, headers }, world) => {
		const [, encoded = ''] = /^Basic\s+(\S+)$/i.exec(headers.authorization ?? '') ?? [];
		const [, id = '', secret = ''] = /^([^:]*):(.*)$/s.exec(Buffer.from(encoded, 'base64').toString('utf8')) ?? [];
		const identity = known(id, secret, world);
		if (body.grant_type !== undefined && body.grant_type !== 'client_credentials') {
			throw refused(world, 400, 'unsupported_grant_type', 'grant_type must be client_credentials');
		}
		if (!identity.tenants.includes(body.tenant_id)) {
			throw refused(world, 400, 'invalid_request', `The client does not serve the tenant ${body.tenant_id}`);
		}
		return { status: 200, body: issue(identity, body.tenant_id, body.scope, world) };
	},
};

function known(id: string, secret: string, world: World): Identity {
	const identity = FINVIS_IDENTITIES.find(({ clientId }) => clientId === id);
	if (identity === undefined || !sameSecret(secret, identity.clientSecret)) {
		throw refused(world, 401, 'invalid_client', 'Client authentication failed');
	}
	return identity;
}

function issue(identity: Identity, tenantId: string, scope: string | undefined, world: World) {
	const wanted = scope?.split(/\s+/).filter((name) => name !== '') ?? [];
	const refusedScopes = wanted.filter((name) => !identity.scopes.includes(name));
	if (refusedScopes.length > 0) {
		throw refused(world, 400, 'invalid_scope', `Not allowed for this client: ${refusedScopes.join(' ')}`);
	}
	const scopes = wanted.length > 0 ? wanted : identity.scopes;
	const expires_in = world.settings.finvis.tokenLifetimeSeconds;
	const { clientId, person } = identity;
	const access_token = world.tokens.issue({ api: 'finvis', clientId, person, tenantId, scopes }, expires_in);
	return {
		access_token,
		token_type: 'Bearer',
		expires_in: Math.ceil(expires_in),
		scope: scopes.join(' '),
		tenant_id: tenantId,
	};
}

function refused(world: World, status: number, code: string, message: string): Refusal {
	world.tokens.countRefusal('finvis');
	return new Refusal(status, code, message);
}
