import { type channels, EventChannel } from '../state/eventChannel';
import type { Settings } from '../state/settings';
import type { State } from '../state/state';
import type { Behaviour } from '../vendors/position';
import type { FinvisEvent, Webhook } from './objects';
import { signatureOf } from './signature';
import type { FinvisStore } from './store';

type PublishContext = Pick<State, 'clock' | 'scheduler' | 'random' | 'deliveries'> & {
	readonly settings: Settings['finvis'];
	readonly store: FinvisStore;
	readonly vendor: Behaviour;
	readonly channelOf: ReturnType<typeof channels>;
};

/** Sends an event to every webhook of the tenant that subscribes to it. Returns the ids of the deliveries. */
export function publishEvent(
	{ tenantId, event, data }: Omit<FinvisEvent, 'id'>,
	context: PublishContext,
	subscribes = subscribesTo(event),
): string[] {
	const hooks = context.store.tenant(tenantId).webhooks.all();
	return hooks.filter(subscribes).map((hook) => {
		const id = context.random.uuid();
		const channel = context.channelOf(hook.id, () => new EventChannel(context, (message, first) => send(message, first, hook, context)));
		channel.publish({ id, event, created_at: context.clock.iso(), tenant_id: tenantId, data }, id);
		return id;
	});
}

function send(message: unknown, id: string, { id: webhookId, url, secret, events }: Webhook, context: PublishContext): void {
	const body = context.vendor.webhookText(JSON.stringify(message));
	const signature = signatureOf(secret, body, context);
	context.deliveries.send(
		{ id, webhookId, url, event: eventOf(message) ?? events.join(), body, signature },
		context.settings.webhookRetryMilliseconds,
	);
}

const eventOf = (message: unknown): string | undefined =>
	typeof message === 'object' && message !== null && 'event' in message && typeof message.event === 'string' ? message.event : undefined;

function subscribesTo(event: string): (hook: Webhook) => boolean {
	return ({ active, events }) => active && events.some((subscribed) => subscribed === event);
}
