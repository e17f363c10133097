import { list, text } from '../../shared/fields/text';
import type { Resource } from '../../shared/resource';
import { many } from '../../shared/output/many';
import { byPageNumber } from '../../shared/http/pagination';
import { locator, operation } from '../contract';

const webhookLocator = locator('GET /webhooks/', {
	label: 'Webhook',
	description: 'The webhook subscription. Search by its address or an event.',
	example: '4e5f6071-8293-4a4b-8c5d-6e7f80910213',
	paging: byPageNumber,
	show: ({ url, events, id }) => ({ name: `${String(url)} (${String(events)})`, value: id }),
});

const url = text({ label: 'URL', description: 'The address that receives the events', example: 'https://n8n.example.se/webhook/finvis' });
const events = list({
	label: 'Events',
	description: 'Names of the events, separated by commas',
	example: 'transaction.created, payment.status.updated',
});
const reference = text({
	label: 'Reference',
	description:
		'Your own name for this subscription. The same name subscribes once, even when the workflow runs again. To subscribe again, use a new name.',
	example: 'payments-to-slack-1',
});

export const webhook: Resource = {
	name: 'Webhook',
	operations: {
		create: operation('POST /webhooks/', {
			name: 'Create',
			action: 'Create a webhook',
			description: 'Subscribe an address to events. Finvis shows the signing secret in this answer only.',
			fields: { url, events, reference },
			request: ({ url, events }) => ({ body: { url, events } }),
		}),
		delete: operation('DELETE /webhooks/{id}', {
			name: 'Delete',
			action: 'Delete a webhook',
			description: 'End a webhook subscription. Its address gets no more events.',
			fields: { webhook: webhookLocator },
			request: ({ webhook }) => ({ path: { id: webhook } }),
		}),
		get: operation('GET /webhooks/{id}', {
			name: 'Get',
			action: 'Get a webhook',
			description: 'Retrieve one webhook subscription',
			fields: { webhook: webhookLocator },
			request: ({ webhook }) => ({ path: { id: webhook } }),
		}),
		getMany: operation('GET /webhooks/', {
			name: 'Get Many',
			action: 'Get many webhooks',
			description: 'List the webhook subscriptions of the tenant',
			fields: {},
			request: () => ({}),
			output: many(byPageNumber),
		}),
	},
};
