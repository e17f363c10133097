import { operation } from '../../api';
import { paymentBatch } from '../../fields/paymentBatch';

export const submit = operation('POST /payments/batches/{id}/submit', {
	name: 'Submit',
	action: 'Submit a payment batch',
	description: 'Release a prepared batch for execution, or start its approval. A batch is never submitted twice.',
	fields: { paymentBatch },
	request: ({ paymentBatch }) => ({ path: { id: paymentBatch } }),
});
