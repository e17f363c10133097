import type { Simple } from '../../shared/output/shape';

export const paymentBatch: Simple = {
	id: 'id',
	name: 'name',
	status: 'status',
	account_id: 'account_id',
	currency: 'currency',
	total_amount: 'total_amount',
	payment_count: 'payment_count',
	execution_date: 'execution_date',
	created_at: 'created_at',
};
