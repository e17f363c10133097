import { byPageNumber } from '../../shared/http/pagination';
import { locator } from '../contract';

export const approval = locator('GET /approvals/pending', {
	label: 'Approval',
	description: 'The approval that waits for a decision. Search by amount or by who asked for it.',
	example: '0a1b2c3d-4e5f-4607-8899-aabbccddeeff',
	paging: byPageNumber,
	show: ({ amount, currency, requested_by, id }) => ({
		name: `${String(amount)} ${String(currency)}, asked for by ${String(requested_by)}`,
		value: id,
	}),
});
