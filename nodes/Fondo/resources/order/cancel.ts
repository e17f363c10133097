import { operation } from '../../contract';
import { client } from '../../fields/client';
import { order } from '../../fields/order';

export const cancel = operation('DELETE /v2/partner/client/{client_id}/order/{order_id}', {
	name: 'Cancel',
	action: 'Cancel a fund order',
	description: 'Withdraw an order that has not been sent to the fund yet',
	fields: { client, order },
	request: ({ client, order }) => ({ path: { client_id: client, order_id: order } }),
});
