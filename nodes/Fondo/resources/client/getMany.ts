import { many } from '../../../shared/output/many';
import { bySortedId } from '../../../shared/transport/pages';
import { operation } from '../../api';
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
