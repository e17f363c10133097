import { operation } from '../../contract';
import { account } from '../../fields/account';
import { client } from '../../fields/client';
import * as simple from '../../fields/simple';

export const get = operation('GET /v2/partner/client/{client_id}/account/{account_id}', {
	name: 'Get',
	action: 'Get an investor account',
	description: 'Retrieve one investor account with its cash balance and positions',
	fields: { client, account },
	request: ({ client, account }) => ({ path: { client_id: client, account_id: account } }),
	simple: simple.account,
});
