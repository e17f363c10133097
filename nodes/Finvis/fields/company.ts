import { byPageNumber } from '../../shared/http/pagination';
import { locator } from '../contract';

export const company = locator('GET /companies', {
	label: 'Company',
	description: 'Only what belongs to this company. Search by name or organisation number.',
	example: '5c4b3a29-1807-4f6e-9d5c-4b3a29180766',
	paging: byPageNumber,
	show: ({ name, org_number, id }) => ({ name: `${String(name)} (${String(org_number)})`, value: id }),
});
