import { inOneCall } from '../../shared/http/pagination';
import { file } from '../../shared/output/file';
import { many } from '../../shared/output/many';
import type { Resource } from '../../shared/resource';
import { locator, operation, ofAccount } from '../contract';
import { accountLocator } from './account';
import { clientLocator } from './client';

const agreementType = locator('GET /v2/partner/client/{client_id}/account/{account_id}/agreement-types', {
	label: 'Agreement Type',
	description: 'The type of the agreement',
	example: 'power_of_attorney',
	paging: inOneCall,
	parents: ['client', 'account'],
	request: ofAccount,
	show: ({ key, swe }) => ({ name: swe ?? key, value: key }),
});

export const agreement: Resource = {
	name: 'Agreement',
	operations: {
		download: operation('GET /v2/partner/client/{client_id}/account/{account_id}/agreement/{agreement_type_key}', {
			name: 'Download',
			action: 'Download an agreement',
			description: 'Retrieve an agreement of an investor account as a PDF file',
			fields: { client: clientLocator, account: accountLocator, agreementType },
			request: ({ client, account, agreementType }) => ({
				path: { client_id: client, account_id: account, agreement_type_key: agreementType },
			}),
			output: file(({ account, agreementType }) => `agreement-${String(agreementType)}-${String(account)}.pdf`),
		}),

		getManyTypes: operation('GET /v2/partner/client/{client_id}/account/{account_id}/agreement-types', {
			name: 'Get Many Types',
			action: 'Get many agreement types',
			description: 'List the types of agreements that an investor account has',
			fields: { client: clientLocator, account: accountLocator },
			request: ofAccount,
			output: many(inOneCall),
		}),
	},
};
