import type { World } from '../world';
import type { FinvisEvent, Webhook } from './objects';
import { sign } from './signature';

/** Sends an event to every webhook of the tenant that asked for it, and returns the ids of the deliveries. */
export function notify({ tenantId, event, data }: FinvisEvent, world: World, asked = asksFor(event)): string[] {
	const { webhookSignature, webhookRetryMilliseconds } = world.settings.finvis;
	const hooks = world.finvis.tenant(tenantId).webhooks.all();
	return hooks.filter(asked).map(({ id: webhookId, url, secret }) => {
		const id = world.random.uuid();
		const body = JSON.stringify({ id, event, created_at: world.clock.iso(), tenant_id: tenantId, data });
		const signature = sign(secret, body, webhookSignature);
		world.deliveries.send({ id, webhookId, url, event, body, signature }, webhookRetryMilliseconds);
		return id;
	});
}

function asksFor(event: string): (hook: Webhook) => boolean {
	return ({ active, events }) => active && events.some((wanted) => wanted === event);
}
