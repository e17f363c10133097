import type { Settings } from '../state/settings';
import type { State } from '../state/state';
import type { FinvisEvent, Webhook } from './objects';
import { sign } from './signature';
import type { FinvisStore } from './store';

type PublishContext = Pick<State, 'clock' | 'random' | 'deliveries'> & { settings: Settings['finvis']; store: FinvisStore };

/** Sends an event to every webhook of the tenant that subscribes to it. Returns the ids of the deliveries. */
export function publishEvent({ tenantId, event, data }: FinvisEvent, context: PublishContext, subscribes = subscribesTo(event)): string[] {
	const { webhookSignature, webhookRetryMilliseconds } = context.settings;
	const hooks = context.store.tenant(tenantId).webhooks.all();
	return hooks.filter(subscribes).map(({ id: webhookId, url, secret }) => {
		const id = context.random.uuid();
		const body = JSON.stringify({ id, event, created_at: context.clock.iso(), tenant_id: tenantId, data });
		const signature = sign(secret, body, webhookSignature);
		context.deliveries.send({ id, webhookId, url, event, body, signature }, webhookRetryMilliseconds);
		return id;
	});
}

function subscribesTo(event: string): (hook: Webhook) => boolean {
	return ({ active, events }) => active && events.some((subscribed) => subscribed === event);
}
