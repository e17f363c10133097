import { choice } from '../../shared/fields/choice';
import { day, today } from '../../shared/fields/date';
import type { OptionalValuesOf, ValuesOf } from '../../shared/fields/field';
import { optional, withCheck } from '../../shared/fields/field';
import { reference } from '../../shared/fields/reference';
import { text } from '../../shared/fields/text';
import { executionDay } from '../../shared/swedish/bankDay';
import { nameInWords } from '../batchName';
import { expected, limitPerPayment } from '../controls/fields';
import { executionDayOf } from '../dueDates';
import { duplicateRows } from '../equalPayments';
import type { Payment } from '../payments';
import { paymentsOf } from '../payments';
import { accountLocator } from './account';

const executionDate = withCheck(
	(date, { bankDay }, { timezone }) => executionDay(executionDayOf(date, bankDay === 'next' ? 'next' : 'keep'), today(timezone)),
	day({ label: 'Execution Date', description: 'The day on which the bank is to pay', example: '2027-03-05' }),
);

const bankDay = optional(
	choice({
		label: 'If Not a Bank Day',
		description:
			'What to do when Swedish banks are closed on the execution date. With Keep the Date, the option Swedish Checks decides whether this is an error.',
		options: { keep: 'Keep the Date', next: 'Take the Next Bank Day' },
		initial: 'keep',
	}),
);

/** The fields of a batch that are not fields of its payments. */
export const batchFields = { account: accountLocator, executionDate, bankDay, reference };

/** A plan is for a new batch, so it takes over none. */
export const planOptions = {
	currency: text({
		label: 'Currency',
		description: 'Currency of the payments, as a three-letter code. SEK if you leave it out.',
		example: 'SEK',
	}),
	name: text({
		label: 'Name',
		description: 'Name of the batch. The node adds the reference, because it finds the batch again by its name.',
		example: 'Suppliers week 10',
	}),
	duplicateRows,
	...expected,
	limitPerPayment,
};

export const batchOptions = {
	...planOptions,
	ifMadeByOther: choice({
		label: 'If Somebody Else Made It',
		description:
			'What to do when a batch with this reference is there that this node did not make. Stop: nothing is sent. Take It: the node returns that batch; look at its payees first, because Finvis does not show them.',
		options: { stop: 'Stop', take: 'Take It' },
		initial: 'stop',
	}),
};

export type Batch = ValuesOf<typeof batchFields> & OptionalValuesOf<typeof batchOptions>;

/** The request that creates a batch, and the controls that must hold before it is sent. */
export function batchOf(
	{ account, executionDate, bankDay, reference, currency = 'SEK', name, ifMadeByOther, ...controls }: Batch,
	payments: readonly Payment[],
) {
	const day = executionDayOf(executionDate, bankDay);
	return {
		// Findings of the rows have used it by now.
		controls: { ...controls, duplicateRows: undefined },
		...(ifMadeByOther === 'take' ? { takeOver: true } : {}),
		...(day === executionDate ? {} : { remarks: [`The execution date is ${day}, because banks are closed on ${executionDate}.`] }),
		body: {
			name: nameInWords(name, reference),
			account_id: account,
			execution_date: day,
			currency,
			payments: paymentsOf(payments, currency, reference),
		},
	};
}
