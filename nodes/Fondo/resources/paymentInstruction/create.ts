import { reference } from '../../../shared/fields/reference';
import { operation } from '../../contract';
import { client } from '../../fields/client';
import { payments } from '../../fields/payments';

export const create = operation('POST /v2/partner/client/{client_id}/instruction/payment', {
	name: 'Create',
	action: 'Create a payment instruction',
	description: 'Draw payments into investor accounts by autogiro. The same reference is never handed over twice by this node.',
	fields: { client, reference, payments },
	lookup: { list: 'GET /v2/partner/client/{client_id}/transaction/cash', filter: { transactionType: 'deposit' }, eventual: true },
	request: ({ client, payments, reference }) => ({
		path: { client_id: client },
		body: {
			type: 'autogiro',
			payments: payments.map(({ account, amount, clientRef }, index) => ({
				account,
				amount,
				clientRef: clientRef ?? (payments.length === 1 ? reference : `${reference}-${index + 1}`),
			})),
		},
	}),
});
