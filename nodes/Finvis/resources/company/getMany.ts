import { many } from '../../../shared/output/many';
import { byPageNumber } from '../../../shared/http/pagination';
import { operation } from '../../contract';
import { koncern } from '../../fields/koncern';

export const getMany = operation('GET /companies', {
	name: 'Get Many',
	action: 'Get many companies',
	description: 'List companies with their organisation numbers',
	fields: {},
	optional: { koncern },
	request: ({ koncern }) => ({ query: { koncern_id: koncern } }),
	output: many(byPageNumber),
});
