import { many } from '../../../shared/output/many';
import { byPageNumber } from '../../../shared/transport/pages';
import { operation } from '../../api';

export const getMany = operation('GET /webhooks/', {
	name: 'Get Many',
	action: 'Get many webhooks',
	description: 'List the webhook subscriptions of the tenant',
	fields: {},
	request: () => ({}),
	output: many(byPageNumber),
});
