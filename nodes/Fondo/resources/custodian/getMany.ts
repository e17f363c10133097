import { many } from '../../../shared/output/many';
import { inOneCall } from '../../../shared/http/pagination';
import { operation } from '../../contract';
import { client } from '../../fields/client';

export const getMany = operation('GET /v2/partner/client/{client_id}/custodian', {
	name: 'Get Many',
	action: 'Get many custodians',
	description: 'List the custodians from which holdings can be transferred',
	fields: { client },
	request: ({ client }) => ({ path: { client_id: client } }),
	output: many(inOneCall),
});
