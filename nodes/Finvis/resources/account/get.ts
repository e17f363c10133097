import { operation } from '../../contract';
import { account } from '../../fields/account';

export const get = operation('GET /accounts/{id}', {
	name: 'Get',
	action: 'Get a bank account',
	description: 'Retrieve one bank account with its booked and available balance',
	fields: { account },
	request: ({ account }) => ({ path: { id: account } }),
});
