import { operation } from '../../contract';
import { webhook } from '../../fields/webhook';

export const get = operation('GET /webhooks/{id}', {
	name: 'Get',
	action: 'Get a webhook',
	description: 'Retrieve one webhook subscription',
	fields: { webhook },
	request: ({ webhook }) => ({ path: { id: webhook } }),
});
