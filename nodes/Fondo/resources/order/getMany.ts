import { many } from '../../../shared/output/many';
import { bySortedId } from '../../../shared/http/pagination';
import { operation } from '../../contract';
import { client } from '../../fields/client';
import { modifiedFrom } from '../../fields/modifiedFrom';
import * as simple from '../../fields/simple';

export const getMany = operation('GET /v2/partner/client/{client_id}/order', {
	name: 'Get Many',
	action: 'Get many fund orders',
	description: 'List the orders of a client, oldest first',
	fields: { client },
	optional: { modifiedFrom },
	request: ({ client, modifiedFrom }) => ({ path: { client_id: client }, query: { modifiedFrom } }),
	output: many(bySortedId),
	simple: simple.order,
});
