import { file } from '../../../shared/output/file';
import { operation } from '../../contract';
import { account } from '../../fields/account';
import { agreementType } from '../../fields/agreementType';
import { client } from '../../fields/client';

export const download = operation('GET /v2/partner/client/{client_id}/account/{account_id}/agreement/{agreement_type_key}', {
	name: 'Download',
	action: 'Download an agreement',
	description: 'Retrieve an agreement of an investor account as a PDF file',
	fields: { client, account, agreementType },
	request: ({ client, account, agreementType }) => ({
		path: { client_id: client, account_id: account, agreement_type_key: agreementType },
	}),
	output: file(({ account, agreementType }) => `agreement-${String(agreementType)}-${String(account)}.pdf`),
});
