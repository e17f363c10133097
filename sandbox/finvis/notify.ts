import type { World } from '../world';
import type { FinvisEvent } from './objects';
import { sign } from './signature';

/** Sends an event to every webhook of the tenant that asked for it. */
export function notify({ tenantId, event, data }: FinvisEvent, world: World): void {
	for (const hook of world.finvis.tenant(tenantId).webhooks.all()) {
		if (!hook.active || !hook.events.includes(event)) continue;
		const id = world.random.uuid();
		const body = JSON.stringify({ id, event, created_at: world.clock.iso(), tenant_id: tenantId, data });
		const signature = sign(hook.secret, body);
		world.deliveries.send(
			{ id, webhookId: hook.id, url: hook.url, event, body, signature },
			world.settings.finvis.webhookRetryMilliseconds,
		);
	}
}
