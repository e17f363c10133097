import type { Operation } from 'openapi-backend';
import type { operations } from '../../contracts/fondo';
import type { HandlerRequest, Handlers } from '../http/api';
import { HttpError } from '../http/httpError';
import { findIdentity, FONDO_IDENTITIES, FONDO_SCOPES } from '../state/identities';
import { anonymousGrant, type Grant } from '../state/tokens';
import type { FondoContext } from './context';

export const unauthorized = new HttpError(401, 'unauthorized', 'The access token is invalid or has expired');

export function authorize(operation: Operation, headers: HandlerRequest['headers'], context: FondoContext): Grant {
	if ((operation.security ?? []).length === 0) return anonymousGrant('fondo');
	const grant = context.tokens.find('fondo', headers.authorization);
	if (grant === undefined) throw unauthorized;
	const needed = operation.method === 'get' ? 'account:read' : 'account:write';
	if (grant.scopes !== undefined && !grant.scopes.includes(needed)) {
		throw new HttpError(403, 'forbidden', `The token lacks the scope ${needed}`);
	}
	return grant;
}

export const authHandlers: Handlers<operations, FondoContext> = {
	authToken: ({ body }, context) => {
		const identity = findIdentity(FONDO_IDENTITIES, body.client_id, body.client_secret);
		if (identity === undefined) {
			context.tokens.countRefusal('fondo');
			throw new HttpError(400, 'invalid_client', 'client_id or client_secret is wrong');
		}
		const scopes = body.scope?.split(/[\s,]+/).filter((scope) => scope !== '') ?? [];
		const unknown = scopes.filter((scope) => !FONDO_SCOPES.includes(scope));
		if (unknown.length > 0) {
			context.tokens.countRefusal('fondo');
			throw new HttpError(400, 'invalid_scope', `Not allowed for this client: ${unknown.join(', ')}`);
		}
		const lifetime = context.settings.tokenLifetimeSeconds;
		const access_token = context.tokens.issue(
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
	ping: (_call, context) => ({ status: 200, body: { pong: context.clock.iso(context.clock.real()) } }),
};
