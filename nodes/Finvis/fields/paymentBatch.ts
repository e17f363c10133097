import { byPageNumber } from '../../shared/http/pagination';
import { locator } from '../contract';

export const paymentBatch = locator('GET /payments/batches/', {
	label: 'Payment Batch',
	description: 'The payment batch. Search by name, amount or status.',
	example: '3f8f1a90-6d4e-4d6b-9a53-6a0b7a1c2d3e',
	paging: byPageNumber,
	show: ({ name, total_amount, currency, status, id }) => ({
		name: `${String(name)} (${String(total_amount)} ${String(currency)}, ${String(status)})`,
		value: id,
	}),
});
