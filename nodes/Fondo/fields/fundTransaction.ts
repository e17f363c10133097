import { bySortedId } from '../../shared/http/pagination';
import { locator } from '../contract';

export const fundTransaction = locator('GET /v2/partner/client/{client_id}/transaction/fund', {
	label: 'Fund Transaction',
	description: 'The fund transaction. Search by kind, reference or day.',
	example: 'e5b1c0de-4c3a-4b55-a9df-6f1e2d3c4b5a',
	paging: bySortedId,
	parents: ['client'],
	request: ({ client }) => ({ path: { client_id: client } }),
	show: ({ transactionType, units, instrument, clientRef, ref, createdDate, id }) => ({
		name: `${String(transactionType)} ${String(units)} ${String(instrument)}, ${String(clientRef ?? ref)} (${String(createdDate).slice(0, 10)})`,
		value: id,
	}),
});
