import { operation } from '../../contract';
import { fundTransaction } from '../../fields/fundTransaction';
import { client } from '../../fields/client';
import * as simple from '../../fields/simple';

export const get = operation('GET /v2/partner/client/{client_id}/transaction/fund/{transaction_id}', {
	name: 'Get',
	action: 'Get a fund transaction',
	description: 'Retrieve one movement of fund units',
	fields: { client, fundTransaction },
	request: ({ client, fundTransaction }) => ({ path: { client_id: client, transaction_id: fundTransaction } }),
	simple: simple.fundTransaction,
});
