import { operation } from '../../contract';
import { account } from '../../fields/account';
import { client } from '../../fields/client';

export const close = operation('DELETE /v2/partner/client/{client_id}/account/{account_id}', {
	name: 'Close',
	action: 'Close an investor account',
	description: 'Close an account that holds nothing and has no open orders. This cannot be undone.',
	fields: { client, account },
	request: ({ client, account }) => ({ path: { client_id: client, account_id: account } }),
});
