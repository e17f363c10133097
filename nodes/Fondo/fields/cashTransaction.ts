import { bySortedId } from '../../shared/http/pagination';
import { locator } from '../contract';

export const cashTransaction = locator('GET /v2/partner/client/{client_id}/transaction/cash', {
	label: 'Cash Transaction',
	description: 'The cash transaction. Search by kind, reference or day.',
	example: 'c2f7d3aa-8f7d-4f40-8a8f-0d3f5d7b9c12',
	paging: bySortedId,
	parents: ['client'],
	request: ({ client }) => ({ path: { client_id: client } }),
	show: ({ transactionType, amount, currency, clientRef, ref, createdDate, id }) => ({
		name: `${String(transactionType)} ${String(amount)} ${String(currency)}, ${String(clientRef ?? ref)} (${String(createdDate).slice(0, 10)})`,
		value: id,
	}),
});
