import { operation } from '../../contract';
import { cashTransaction } from '../../fields/cashTransaction';
import { client } from '../../fields/client';
import * as simple from '../../fields/simple';

export const get = operation('GET /v2/partner/client/{client_id}/transaction/cash/{transaction_id}', {
	name: 'Get',
	action: 'Get a cash transaction',
	description: 'Retrieve one movement of cash',
	fields: { client, cashTransaction },
	request: ({ client, cashTransaction }) => ({ path: { client_id: client, transaction_id: cashTransaction } }),
	simple: simple.cashTransaction,
});
