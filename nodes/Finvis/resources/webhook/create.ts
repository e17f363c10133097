import { list, text } from '../../../shared/fields/text';
import { operation } from '../../contract';

const url = text({ label: 'URL', description: 'The address that gets the events', example: 'https://n8n.example.se/webhook/finvis' });
const events = list({
	label: 'Events',
	description: 'Names of the events, separated by commas',
	example: 'transaction.created, payment.status.updated',
});

const reference = text({
	label: 'Reference',
	description:
		'Your own name of this subscription. The same name subscribes once, also when the workflow runs again; give a new one to subscribe anew.',
	example: 'payments-to-slack-1',
});

export const create = operation('POST /webhooks/', {
	name: 'Create',
	action: 'Create a webhook',
	description: 'Subscribe an address to events. The signing secret is in the answer, and only there.',
	fields: { url, events, reference },
	request: ({ url, events }) => ({ body: { url, events } }),
});
