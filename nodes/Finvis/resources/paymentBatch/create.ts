import { rows } from '../../../shared/fields/rows';
import { operation } from '../../api';
import { totalsOf } from '../../controls/batch';
import { batchFields, batchOf, batchOptions } from '../../fields/batch';
import { payment } from '../../fields/payments';

const payments = rows({ label: 'Payments', row: 'Payment', description: 'The payments of the batch', fields: payment });

export const create = operation('POST /payments/batches/', {
	name: 'Create',
	action: 'Create a payment batch',
	description: 'Prepare payments from one bank account. Nothing is paid before the batch is submitted and approved.',
	fields: { ...batchFields, payments },
	optional: batchOptions,
	lookIn: { list: 'GET /payments/batches/' },
	workedOut: totalsOf,
	request: ({ payments, ...batch }) => batchOf(batch, payments),
});
