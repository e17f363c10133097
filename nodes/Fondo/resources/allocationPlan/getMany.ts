import { many } from '../../../shared/output/many';
import { inOneCall } from '../../../shared/http/pagination';
import { operation } from '../../contract';
import { client } from '../../fields/client';

export const getMany = operation('GET /v2/partner/client/{client_id}/allocationplan', {
	name: 'Get Many',
	action: 'Get many allocation plans',
	description: 'List the plans of all accounts of a client',
	fields: { client },
	request: ({ client }) => ({ path: { client_id: client } }),
	output: many(inOneCall),
});
