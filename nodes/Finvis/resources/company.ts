import type { Resource } from '../../shared/resource';
import { many } from '../../shared/output/many';
import { byPageNumber } from '../../shared/http/pagination';
import { locator, operation } from '../contract';
import { koncernLocator } from './koncern';

export const companyLocator = locator('GET /companies', {
	label: 'Company',
	description: 'Only results of this company. Search by name or organisation number.',
	example: '5c4b3a29-1807-4f6e-9d5c-4b3a29180766',
	paging: byPageNumber,
	show: ({ name, org_number, id }) => ({ name: `${String(name)} (${String(org_number)})`, value: id }),
});

export const company: Resource = {
	name: 'Company',
	operations: {
		getMany: operation('GET /companies', {
			name: 'Get Many',
			action: 'Get many companies',
			description: 'List companies with their organisation numbers',
			fields: {},
			optional: { koncern: koncernLocator },
			request: ({ koncern }) => ({ query: { koncern_id: koncern } }),
			output: many(byPageNumber),
		}),
	},
};
