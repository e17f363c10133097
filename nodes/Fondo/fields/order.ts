import { bySortedId } from '../../shared/http/pagination';
import { locator } from '../contract';

export const order = locator('GET /v2/partner/client/{client_id}/order', {
	label: 'Order',
	description: 'The fund order. Search by reference, instrument or status.',
	example: '7d3f0b52-9a41-4c1e-8f55-0c6b6f1f2a10',
	paging: bySortedId,
	parents: ['client'],
	request: ({ client }) => ({ path: { client_id: client } }),
	show: ({ clientRef, id, orderType, instrument, status }) => ({
		name: `${String(clientRef ?? id)} (${String(orderType)} ${String(instrument)}, ${String(status)})`,
		value: id,
	}),
});
