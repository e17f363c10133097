import { list, text } from '../../../shared/fields/text';
import { reference } from '../../../shared/fields/reference';
import { operation } from '../../api';

const url = text({ label: 'URL', description: 'The address that gets the events', example: 'https://n8n.example.se/webhook/finvis' });
const events = list({
	label: 'Events',
	description: 'Names of the events, separated by commas',
	example: 'transaction.created, payment.status.updated',
});

export const create = operation('POST /webhooks/', {
	name: 'Create',
	action: 'Create a webhook',
	description: 'Subscribe an address to events. The signing secret is in the answer, and only there.',
	fields: { url, events, reference },
	request: ({ url, events }) => ({ body: { url, events } }),
});
