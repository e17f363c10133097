import { operation } from '../../contract';
import { account } from '../../fields/account';
import { client } from '../../fields/client';

export const getOfAccount = operation('GET /v2/partner/client/{client_id}/allocationplan/account/{account_id}', {
	name: 'Get of Account',
	action: 'Get the allocation plan of an investor account',
	description: 'Retrieve the plan by which cash on one account is invested',
	fields: { client, account },
	request: ({ client, account }) => ({ path: { client_id: client, account_id: account } }),
});
