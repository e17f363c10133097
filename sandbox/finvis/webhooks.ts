import { randomBytes } from 'node:crypto';
import type { operations } from '../../contracts/finvis';
import { targetProblem } from '../data/target';
import type { Handlers } from '../http/operation';
import { Refusal } from '../http/refusal';
import type { World } from '../world';
import { page } from './list';
import type { Webhook } from './objects';

export const webhookHandlers: Handlers<operations> = {
	listWebhooks: (call, world) => {
		const hooks = world.finvis.tenant(call.grant.tenantId).webhooks.all().map(withoutSecret);
		return { status: 200, body: page(hooks, call, '/webhooks/', world) };
	},
	createWebhook: ({ body, grant }, world) => {
		const problem = targetProblem(body.url);
		if (problem !== undefined) throw new Refusal(400, 'invalid', `url ${problem}`);
		if (body.events.length === 0) throw new Refusal(400, 'invalid', 'events: name at least one event');
		const hook = world.finvis.tenant(grant.tenantId).webhooks.add({
			id: world.random.uuid(),
			url: body.url,
			events: body.events,
			active: true,
			secret: `whsec_${randomBytes(24).toString('hex')}`,
			created_at: world.clock.iso(),
		});
		return { status: 201, body: hook };
	},
	getWebhook: ({ path, grant }, world) => ({
		status: 200,
		body: withoutSecret(theWebhook(world, grant.tenantId, path.id)),
	}),
	deleteWebhook: ({ path, grant }, world) => {
		const hook = theWebhook(world, grant.tenantId, path.id);
		world.finvis.tenant(grant.tenantId).webhooks.remove(hook.id);
		return { status: 204 };
	},
};

function theWebhook(world: World, tenantId: string, id: string): Webhook {
	const hook = world.finvis.tenant(tenantId).webhooks.get(id);
	if (hook === undefined) throw new Refusal(404, 'not_found', `There is no webhook ${id}`);
	return hook;
}

/** The secret is shown once, in the answer to the creation. */
function withoutSecret({ secret: _secret, ...shown }: Webhook): Omit<Webhook, 'secret'> {
	return shown;
}
