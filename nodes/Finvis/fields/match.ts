import { byPageNumber } from '../../shared/http/pagination';
import { locator } from '../contract';

export const match = locator('GET /reconciliation/matches', {
	label: 'Match',
	description: 'The match of a transaction with what it pays. Search by target, amount or status.',
	example: '1d0c9b8a-7654-4321-8fed-cba987654321',
	paging: byPageNumber,
	show: ({ target_type, target_reference, amount, currency, status, id }) => ({
		name: `${String(target_type)} ${String(target_reference)} (${String(amount)} ${String(currency)}, ${String(status)})`,
		value: id,
	}),
});
