import { inOneCall } from '../../shared/http/pagination';
import { locator } from '../contract';

export const agreementType = locator('GET /v2/partner/client/{client_id}/account/{account_id}/agreement-types', {
	label: 'Agreement Type',
	description: 'The kind of agreement of the account',
	example: 'power_of_attorney',
	paging: inOneCall,
	parents: ['client', 'account'],
	request: ({ client, account }) => ({ path: { client_id: client, account_id: account } }),
	show: ({ key, swe }) => ({ name: swe ?? key, value: key }),
});
