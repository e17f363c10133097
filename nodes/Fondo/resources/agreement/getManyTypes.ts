import { many } from '../../../shared/output/many';
import { inOneCall } from '../../../shared/http/pagination';
import { operation } from '../../contract';
import { account } from '../../fields/account';
import { client } from '../../fields/client';

export const getManyTypes = operation('GET /v2/partner/client/{client_id}/account/{account_id}/agreement-types', {
	name: 'Get Many Types',
	action: 'Get many agreement types',
	description: 'List the kinds of agreements that an investor account has',
	fields: { client, account },
	request: ({ client, account }) => ({ path: { client_id: client, account_id: account } }),
	output: many(inOneCall),
});
