import { many } from '../../../shared/output/many';
import { byPageNumber } from '../../../shared/http/pagination';
import { operation } from '../../contract';

export const getMany = operation('GET /koncerner', {
	name: 'Get Many',
	action: 'Get many corporate groups',
	description: 'List corporate groups with their parent companies',
	fields: {},
	request: () => ({}),
	output: many(byPageNumber),
});
