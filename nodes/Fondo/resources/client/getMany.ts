import { many } from '../../../shared/output/many';
import { bySortedId } from '../../../shared/http/pagination';
import { operation } from '../../contract';
import { modifiedFrom } from '../../fields/modifiedFrom';

export const getMany = operation('GET /v2/partner/client', {
	name: 'Get Many',
	action: 'Get many clients',
	description: 'List your clients, oldest first',
	fields: {},
	optional: { modifiedFrom },
	request: ({ modifiedFrom }) => ({ query: { modifiedFrom } }),
	output: many(bySortedId),
});
