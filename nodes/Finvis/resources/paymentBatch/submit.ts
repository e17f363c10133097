import { operation } from '../../contract';
import { expected, fourEyes } from '../../controls/fields';
import { paymentBatch } from '../../fields/paymentBatch';

export const submit = operation('POST /payments/batches/{id}/submit', {
	name: 'Submit',
	action: 'Submit a payment batch',
	description: 'Release a prepared batch for execution, or start its approval. A batch is never submitted twice.',
	fields: { paymentBatch },
	optional: { ...expected, ...fourEyes },
	request: ({ paymentBatch, ...controls }) => ({ path: { id: paymentBatch }, controls }),
});
