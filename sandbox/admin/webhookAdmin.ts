import { z } from 'zod';
import type { Webhook } from '../finvis/objects';
import { publishEvent } from '../finvis/publish';
import { type Redelivery, redeliveryMessage } from '../finvis/redelivery';
import type { Delivery } from '../state/deliveries';
import { TENANT_ONE } from '../state/identities';
import type { SandboxState } from './sandboxState';

const eventSchema = z.strictObject({
	event: z.string().min(1),
	data: z.record(z.unknown()).default({}),
	tenantId: z.string().default(TENANT_ONE),
	/** Sends the event also to webhooks that do not subscribe to it. */
	toAll: z.boolean().default(false),
});

type EventInput = z.input<typeof eventSchema>;
type WebhookWithoutSecret = Omit<Webhook, 'secret'> & { tenantId: string };

export interface WebhookAdmin {
	list(): WebhookWithoutSecret[];
	/** Deletes a webhook without a request of its owner. */
	remove(id: string): number;
	emit(event: EventInput): { deliveries: string[] };
	/** Sends a delivery once more; resolves after the attempt. */
	redeliver(id: string, options?: Redelivery): Promise<Delivery>;
}

export function webhookAdmin(current: () => SandboxState): WebhookAdmin {
	return {
		list: () =>
			current()
				.finvis.store.all()
				.flatMap(({ id: tenantId, webhooks }) => webhooks.all().map(({ secret: _secret, ...webhook }) => ({ tenantId, ...webhook }))),
		remove: (id) => {
			const owners = current()
				.finvis.store.all()
				.filter(({ webhooks }) => webhooks.get(id) !== undefined);
			for (const { webhooks } of owners) webhooks.remove(id);
			return owners.length;
		},
		emit: (input) => {
			const { toAll, ...event } = eventSchema.parse(input);
			return { deliveries: publishEvent(event, current().finvis, toAll ? () => true : undefined) };
		},
		redeliver: async (id, options = {}) => {
			const { deliveries, finvis } = current();
			const delivery = deliveries.get(id);
			if (delivery === undefined) throw new Error(`There is no delivery ${id}`);
			return await deliveries.sendOnce(redeliveryMessage(finvis, delivery, options));
		},
	};
}
