import { operation } from '../../contract';
import { account } from '../../fields/account';
import { client } from '../../fields/client';

export const getKycStatus = operation('GET /v2/partner/client/{client_id}/kycstatus/account/{account_id}', {
	name: 'Get KYC Status',
	action: 'Get the KYC status of an investor account',
	description: 'Retrieve whether what is known of the customer is still valid',
	fields: { client, account },
	request: ({ client, account }) => ({ path: { client_id: client, account_id: account } }),
});
