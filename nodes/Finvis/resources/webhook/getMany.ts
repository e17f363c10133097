import { many } from '../../../shared/output/many';
import { byPageNumber } from '../../../shared/http/pagination';
import { operation } from '../../contract';

export const getMany = operation('GET /webhooks/', {
	name: 'Get Many',
	action: 'Get many webhooks',
	description: 'List the webhook subscriptions of the tenant',
	fields: {},
	request: () => ({}),
	output: many(byPageNumber),
});
