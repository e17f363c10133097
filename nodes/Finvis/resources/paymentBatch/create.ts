import { table } from '../../../shared/fields/table';
import { operation } from '../../contract';
import { totalsOf } from '../../controls/batch';
import { batchFields, batchOf, batchOptions } from '../../fields/batch';
import { payment } from '../../fields/payments';

const payments = table({ label: 'Payments', row: 'Payment', description: 'The payments of the batch', fields: payment });

export const create = operation('POST /payments/batches/', {
	name: 'Create',
	action: 'Create a payment batch',
	description: 'Prepare payments from one bank account. Nothing is paid before the batch is submitted and approved.',
	fields: { ...batchFields, payments },
	optional: batchOptions,
	lookup: { list: 'GET /payments/batches/' },
	derivedFields: totalsOf,
	request: ({ payments, ...batch }) => batchOf(batch, payments),
});
