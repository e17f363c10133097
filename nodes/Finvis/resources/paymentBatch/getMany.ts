import { text } from '../../../shared/fields/text';
import { many } from '../../../shared/output/many';
import { byPageNumber } from '../../../shared/http/pagination';
import { operation } from '../../contract';
import * as simple from '../../fields/simple';

const status = text({
	label: 'Status',
	description: 'Only batches in this status, e.g. draft, pending_approval or executed',
	example: 'draft',
});

export const getMany = operation('GET /payments/batches/', {
	name: 'Get Many',
	action: 'Get many payment batches',
	description: 'List payment batches with their totals and statuses',
	fields: {},
	optional: { status },
	request: ({ status }) => ({ query: { status } }),
	output: many(byPageNumber),
	simple: simple.paymentBatch,
});
