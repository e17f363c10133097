import { operation } from '../../contract';
import { totalsOf } from '../../controls/batch';
import { batchFields, batchOf, batchOptions } from '../../fields/batch';
import { payment } from '../../fields/payments';

export const createFromItems = operation('POST /payments/batches/', {
	name: 'Create From Items',
	action: 'Create a payment batch from all items',
	description:
		'Make one batch of all incoming items, a payment each. Fields of the payment are read from every item, the others from the first.',
	fields: batchFields,
	perRow: payment,
	optional: batchOptions,
	lookup: { list: 'GET /payments/batches/' },
	derivedFields: totalsOf,
	request: ({ rows, ...batch }) => batchOf(batch, rows),
});
