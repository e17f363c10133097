import { byPageNumber } from '../../shared/http/pagination';
import { locator } from '../contract';

export const webhook = locator('GET /webhooks/', {
	label: 'Webhook',
	description: 'The webhook subscription. Search by its address or an event.',
	example: '4e5f6071-8293-4a4b-8c5d-6e7f80910213',
	paging: byPageNumber,
	show: ({ url, events, id }) => ({ name: `${String(url)} (${String(events)})`, value: id }),
});
