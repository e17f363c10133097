import { reference } from '../../../shared/fields/reference';
import { operation } from '../../api';
import { account } from '../../fields/account';
import { totalsOf } from '../../controls/batch';
import { expected, limitPerPayment } from '../../controls/fields';
import { bankDay, batchCurrency, batchName, executionDate, executionDayOf, nameOf } from '../../fields/batchDetails';
import { payment, paymentsOf } from '../../fields/payments';

export const createFromItems = operation('POST /payments/batches/', {
	name: 'Create From Items',
	action: 'Create a payment batch from all items',
	description:
		'Make one batch of all incoming items, a payment each. Fields of the payment are read from every item, the others from the first.',
	fields: { account, executionDate, bankDay, reference },
	perRow: payment,
	optional: { currency: batchCurrency, name: batchName, ...expected, limitPerPayment },
	lookIn: { list: 'GET /payments/batches/' },
	workedOut: totalsOf,
	request: ({ rows, account, executionDate, bankDay, reference, currency = 'SEK', name, ...controls }) => ({
		controls,
		body: {
			name: nameOf(name, reference),
			account_id: account,
			execution_date: executionDayOf(executionDate, bankDay),
			currency,
			payments: paymentsOf(rows, currency, reference),
		},
	}),
});
