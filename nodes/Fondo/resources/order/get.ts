import { operation } from '../../contract';
import { client } from '../../fields/client';
import { order } from '../../fields/order';
import * as simple from '../../fields/simple';

export const get = operation('GET /v2/partner/client/{client_id}/order/{order_id}', {
	name: 'Get',
	action: 'Get a fund order',
	description: 'Retrieve one order with its status',
	fields: { client, order },
	request: ({ client, order }) => ({ path: { client_id: client, order_id: order } }),
	simple: simple.order,
});
