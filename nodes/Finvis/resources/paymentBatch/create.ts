import { day } from '../../../shared/fields/date';
import { reference } from '../../../shared/fields/reference';
import { text } from '../../../shared/fields/text';
import { operation } from '../../api';
import { account } from '../../fields/account';
import { payments } from '../../fields/payments';

const executionDate = day({ label: 'Execution Date', description: 'The day on which the bank shall pay', example: '2099-03-06' });
const currency = text({ label: 'Currency', description: 'Currency of the payments, as a three-letter code. SEK when left out.', example: 'SEK' });
const name = text({ label: 'Name', description: 'Name of the batch, the reference when left out', example: 'Suppliers week 10' });

export const create = operation('POST /payments/batches/', {
	name: 'Create',
	action: 'Create a payment batch',
	description: 'Prepare payments from one bank account. Nothing is paid before the batch is submitted and approved.',
	fields: { account, executionDate, payments, reference },
	optional: { currency, name },
	request: ({ account, executionDate, payments, reference, currency = 'SEK', name = reference }) => ({
		body: {
			name,
			account_id: account,
			execution_date: executionDate,
			currency,
			payments: payments.map((payment, index) => ({
				amount: payment.amount,
				currency,
				creditor_name: payment.creditorName,
				creditor_account: { type: payment.creditorAccountType, value: payment.creditorAccount },
				reference: payment.message,
				end_to_end_id: payment.endToEndId ?? (payments.length === 1 ? reference : `${reference}-${index + 1}`),
			})),
		},
	}),
});
