import { reference } from '../../shared/fields/reference';
import type { OptionalValuesOf, ValuesOf } from '../../shared/fields/field';
import { expected, limitPerPayment } from '../controls/fields';
import { account } from './account';
import { bankDay, batchCurrency, batchName, executionDate, executionDayOf, nameOf } from './batchDetails';
import type { payment } from './payments';
import { paymentsOf } from './payments';

/** What a batch is made of beside its payments. */
export const batchFields = { account, executionDate, bankDay, reference };
export const batchOptions = { currency: batchCurrency, name: batchName, ...expected, limitPerPayment };

/** The call that makes a batch, and what must hold before it goes out. */
export function batchOf(
	{
		account,
		executionDate,
		bankDay,
		reference,
		currency = 'SEK',
		name,
		...controls
	}: ValuesOf<typeof batchFields> & OptionalValuesOf<typeof batchOptions>,
	payments: ReadonlyArray<ValuesOf<typeof payment>>,
) {
	return {
		controls,
		body: {
			name: nameOf(name, reference),
			account_id: account,
			execution_date: executionDayOf(executionDate, bankDay),
			currency,
			payments: paymentsOf(payments, currency, reference),
		},
	};
}
