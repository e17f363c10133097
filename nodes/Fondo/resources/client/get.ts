import { operation } from '../../contract';
import { client } from '../../fields/client';

export const get = operation('GET /v2/partner/client/{client_id}', {
	name: 'Get',
	action: 'Get a client',
	description: 'Retrieve one client of yours',
	fields: { client },
	request: ({ client }) => ({ path: { client_id: client } }),
});
