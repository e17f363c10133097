import { randomBytes } from 'node:crypto';
import type { operations } from '../../contracts/finvis';
import type { Handlers } from '../http/api';
import { HttpError } from '../http/httpError';
import { callbackUrlProblem } from '../state/deliveries';
import type { FinvisContext } from './context';
import type { Webhook } from './objects';
import { listPage } from './pagination';

export const webhookHandlers: Handlers<operations, FinvisContext> = {
	listWebhooks: (request, context) => {
		const hooks = context.store.tenant(request.grant.tenantId).webhooks.all().map(withoutSecret);
		return listPage(hooks, request, '/webhooks/', context);
	},
	createWebhook: ({ body, grant }, context) => {
		const problem = callbackUrlProblem(body.url);
		if (problem !== undefined) throw new HttpError(400, 'invalid', `url ${problem}`);
		if (body.events.length === 0) throw new HttpError(400, 'invalid', 'events: name at least one event');
		const hook = context.store.tenant(grant.tenantId).webhooks.add({
			id: context.random.uuid(),
			url: body.url,
			events: body.events,
			active: true,
			secret: `whsec_${randomBytes(24).toString('hex')}`,
			created_at: context.clock.iso(),
		});
		return { status: 201, body: hook };
	},
	getWebhook: ({ path, grant }, context) => ({
		status: 200,
		body: withoutSecret(requireWebhook(context, grant.tenantId, path.id)),
	}),
	deleteWebhook: ({ path, grant }, context) => {
		const hook = requireWebhook(context, grant.tenantId, path.id);
		context.store.tenant(grant.tenantId).webhooks.remove(hook.id);
		return { status: 204 };
	},
};

function requireWebhook(context: FinvisContext, tenantId: string, id: string): Webhook {
	const hook = context.store.tenant(tenantId).webhooks.get(id);
	if (hook === undefined) throw new HttpError(404, 'not_found', `There is no webhook ${id}`);
	return hook;
}

/** Only the response to the creation shows the secret. */
function withoutSecret({ secret: _secret, ...rest }: Webhook): Omit<Webhook, 'secret'> {
	return rest;
}
