import { z } from 'zod';
import type { Delivery } from '../deliveries';
import { notify } from '../finvis/notify';
import type { Webhook } from '../finvis/objects';
import { repeated, type Redelivery } from '../finvis/redelivery';
import { TENANT_ONE } from '../identities';
import type { World } from '../world';

const eventSchema = z.strictObject({
	event: z.string().min(1),
	data: z.record(z.unknown()).default({}),
	tenantId: z.string().default(TENANT_ONE),
	/** Sends it to webhooks that did not ask for this event, too. */
	unasked: z.boolean().default(false),
});

export type EventInput = z.input<typeof eventSchema>;
type ShownWebhook = Omit<Webhook, 'secret'> & { tenantId: string };

export interface WebhookAdmin {
	list(): ShownWebhook[];
	/** Behind the back of its owner. */
	remove(id: string): number;
	emit(event: EventInput): { deliveries: string[] };
	/** One more try of a delivery, which is over when this resolves. */
	redeliver(id: string, how?: Redelivery): Promise<Delivery>;
}

export function webhookAdmin(current: () => World): WebhookAdmin {
	return {
		list: () =>
			current()
				.finvis.all()
				.flatMap(({ id: tenantId, webhooks }) => webhooks.all().map(({ secret: _secret, ...hook }) => ({ tenantId, ...hook }))),
		remove: (id) => {
			const owners = current()
				.finvis.all()
				.filter(({ webhooks }) => webhooks.get(id) !== undefined);
			for (const { webhooks } of owners) webhooks.remove(id);
			return owners.length;
		},
		emit: (input) => {
			const { unasked, ...event } = eventSchema.parse(input);
			return { deliveries: notify(event, current(), unasked ? () => true : undefined) };
		},
		redeliver: async (id, how = {}) => {
			const { deliveries } = current();
			const found = deliveries.get(id);
			if (found === undefined) throw new Error(`There is no delivery ${id}`);
			return await deliveries.sendOnce(repeated(current(), found, how));
		},
	};
}
