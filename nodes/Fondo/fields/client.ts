import { bySortedId } from '../../shared/http/pagination';
import { locator } from '../contract';

export const client = locator('GET /v2/partner/client', {
	label: 'Client',
	description: 'The client of yours that this is about',
	example: '0c7a2f0e-2b2f-4d0e-9c4b-6f2f5f0f9a01',
	paging: bySortedId,
	show: ({ displayName, name, id }) => ({ name: displayName ?? name, value: id }),
});
