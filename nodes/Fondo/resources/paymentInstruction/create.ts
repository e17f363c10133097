import { quantity } from '../../../shared/fields/amount';
import { notRequired } from '../../../shared/fields/field';
import { reference } from '../../../shared/fields/reference';
import { rows } from '../../../shared/fields/rows';
import { text } from '../../../shared/fields/text';
import { operation } from '../../api';
import { client } from '../../fields/client';

const payments = rows({
	label: 'Payments',
	row: 'Payment',
	description: 'What to draw by autogiro, and into which investor accounts',
	fields: {
		account: text({ label: 'Investor Account ID', description: 'ID of the account that receives the payment', example: '49ad7378-121c-4a53-9894-dfd14a7b4877' }),
		amount: quantity({ label: 'Amount', description: 'Amount in kronor', example: '110', decimals: 2 }),
		clientRef: notRequired(text({ label: 'Payment Reference', description: 'Your own unique reference of this payment. Left empty it is made of the reference and the number of the payment.', example: 'autogiro-2026-03-0042' })),
	},
});

export const create = operation('POST /v2/partner/client/{client_id}/instruction/payment', {
	name: 'Create',
	action: 'Create a payment instruction',
	description: 'Draw payments into investor accounts by autogiro. The same reference is never handed over twice by this node.',
	fields: { client, payments, reference },
	lookIn: { list: 'GET /v2/partner/client/{client_id}/transaction/cash', where: { transactionType: 'deposit' }, late: true },
	request: ({ client, payments, reference }) => ({
		path: { client_id: client },
		body: {
			type: 'autogiro',
			payments: payments.map(({ account, amount, clientRef }, index) => ({ account, amount, clientRef: clientRef ?? (payments.length === 1 ? reference : `${reference}-${index + 1}`) })),
		},
	}),
});
