import { operation } from '../../contract';
import { client } from '../../fields/client';
import { journey } from '../../fields/journey';
import * as simple from '../../fields/simple';

export const get = operation('GET /v2/partner/client/{client_id}/journey/{journey_id}', {
	name: 'Get',
	action: 'Get a journey',
	description: 'Retrieve one journey with its status and what came of it',
	fields: { client, journey },
	request: ({ client, journey }) => ({ path: { client_id: client, journey_id: journey } }),
	simple: simple.journey,
});
