import { operation } from '../../contract';
import { webhook } from '../../fields/webhook';

export const remove = operation('DELETE /webhooks/{id}', {
	name: 'Delete',
	action: 'Delete a webhook',
	description: 'End a webhook subscription; its address gets no more events',
	fields: { webhook },
	request: ({ webhook }) => ({ path: { id: webhook } }),
});
