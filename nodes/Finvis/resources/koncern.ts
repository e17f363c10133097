import type { Resource } from '../../shared/resource';
import { many } from '../../shared/output/many';
import { byPageNumber } from '../../shared/http/pagination';
import { locator, operation } from '../contract';

export const koncernLocator = locator('GET /koncerner', {
	label: 'Corporate Group (Koncern)',
	description: 'Only results of this corporate group',
	example: '8d7c6b5a-4938-4271-8605-f4e3d2c1b0a9',
	paging: byPageNumber,
	show: ({ name, id }) => ({ name, value: id }),
});

export const koncern: Resource = {
	name: 'Corporate Group (Koncern)',
	operations: {
		getMany: operation('GET /koncerner', {
			name: 'Get Many',
			action: 'Get many corporate groups',
			description: 'List corporate groups with their parent companies',
			fields: {},
			request: () => ({}),
			output: many(byPageNumber),
		}),
	},
};
