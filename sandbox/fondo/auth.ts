import { timingSafeEqual } from 'node:crypto';
import type { Operation } from 'openapi-backend';
import type { operations } from '../../contracts/fondo';
import type { Call, Handlers } from '../http/operation';
import { Refusal } from '../http/refusal';
import { FONDO_IDENTITIES, FONDO_SCOPES } from '../identities';
import type { Grant } from '../tokens';
import type { World } from '../world';

export const unauthorized = new Refusal(401, 'unauthorized', 'The access token is invalid or has expired');

export function sameSecret(given: string, expected: string): boolean {
	return given.length === expected.length && timingSafeEqual(Buffer.from(given.padEnd(expected.length)), Buffer.from(expected));
}

export function authorize(operation: Operation, headers: Call['headers'], world: World): Grant {
	if ((operation.security ?? []).length === 0) return nobody;
	const grant = world.tokens.find('fondo', headers.authorization);
	if (grant === undefined) throw unauthorized;
	const needed = operation.method === 'get' ? 'account:read' : 'account:write';
	if (grant.scopes !== undefined && !grant.scopes.includes(needed)) {
		throw new Refusal(403, 'forbidden', `The token lacks the scope ${needed}`);
	}
	return grant;
}

const nobody: Grant = { api: 'fondo', clientId: '', person: '', tenantId: '', expiresAt: 0 };

export const authHandlers: Handlers<operations> = {
	authToken: ({ body }, world) => {
		const identity = FONDO_IDENTITIES.find(({ clientId }) => clientId === body.client_id);
		if (identity === undefined || !sameSecret(body.client_secret, identity.clientSecret)) {
			world.tokens.countRefusal('fondo');
			throw new Refusal(400, 'invalid_client', 'client_id or client_secret is wrong');
		}
		const scopes = body.scope?.split(/[\s,]+/).filter((scope) => scope !== '') ?? [];
		const unknown = scopes.filter((scope) => !FONDO_SCOPES.includes(scope));
		if (unknown.length > 0) {
			world.tokens.countRefusal('fondo');
			throw new Refusal(400, 'invalid_scope', `Not allowed for this client: ${unknown.join(', ')}`);
		}
		const lifetime = world.settings.fondo.tokenLifetimeSeconds;
		const access_token = world.tokens.issue(
			{
				api: 'fondo',
				clientId: identity.clientId,
				person: identity.person,
				tenantId: '',
				scopes: scopes.length > 0 ? scopes : undefined,
			},
			lifetime,
		);
		return {
			status: 200,
			body: { access_token, expires_in: lifetime, ...(body.state === undefined ? {} : { state: body.state }) },
		};
	},
	ping: (_call, world) => ({ status: 200, body: { pong: world.clock.iso(world.clock.real()) } }),
};
