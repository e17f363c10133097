import { reference } from '../../../shared/fields/reference';
import { rows } from '../../../shared/fields/rows';
import { operation } from '../../api';
import { account } from '../../fields/account';
import { totalsOf } from '../../controls/batch';
import { expected, limitPerPayment } from '../../controls/fields';
import { bankDay, batchCurrency, batchName, executionDate, executionDayOf, nameOf } from '../../fields/batchDetails';
import { payment, paymentsOf } from '../../fields/payments';

const payments = rows({ label: 'Payments', row: 'Payment', description: 'The payments of the batch', fields: payment });

export const create = operation('POST /payments/batches/', {
	name: 'Create',
	action: 'Create a payment batch',
	description: 'Prepare payments from one bank account. Nothing is paid before the batch is submitted and approved.',
	fields: { account, executionDate, bankDay, reference, payments },
	optional: { currency: batchCurrency, name: batchName, ...expected, limitPerPayment },
	lookIn: { list: 'GET /payments/batches/' },
	workedOut: totalsOf,
	request: ({ account, executionDate, bankDay, payments, reference, currency = 'SEK', name, ...controls }) => ({
		controls,
		body: {
			name: nameOf(name, reference),
			account_id: account,
			execution_date: executionDayOf(executionDate, bankDay),
			currency,
			payments: paymentsOf(payments, currency, reference),
		},
	}),
});
