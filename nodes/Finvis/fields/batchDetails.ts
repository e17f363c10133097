import { bankDayFrom, executionDay } from '../../shared/swedish/bankDay';
import { choice } from '../../shared/fields/choice';
import { day, today } from '../../shared/fields/date';
import { withCheck, optional } from '../../shared/fields/field';
import { text } from '../../shared/fields/text';

/** What a date is that is no bank day: kept, and found by the checks, or moved. */
export const bankDay = optional(
	choice({
		label: 'If Not a Bank Day',
		description:
			'What to do when Swedish banks are closed on the execution date. Keep the Date: Swedish Checks in the options says whether that is an error.',
		options: { keep: 'Keep the Date', next: 'Take the Next Bank Day' },
		initial: 'keep',
	}),
);

/** The day on which the bank shall pay, as the user wants it. */
export const executionDayOf = (date: string, bankDay: string | undefined) => (bankDay === 'next' ? bankDayFrom(date) : date);

export const executionDate = withCheck(
	(date, { bankDay }, { timezone }) => executionDay(executionDayOf(date, bankDay === 'next' ? 'next' : 'keep'), today(timezone)),
	day({ label: 'Execution Date', description: 'The day on which the bank shall pay', example: '2027-03-05' }),
);
export const batchCurrency = text({
	label: 'Currency',
	description: 'Currency of the payments, as a three-letter code. SEK when left out.',
	example: 'SEK',
});
export const batchName = text({
	label: 'Name',
	description: 'Name of the batch. The reference is added to it, so that the batch can be found again by it.',
	example: 'Suppliers week 10',
});

/** Whether a batch of this name is the one of the reference: Finvis shows no other field by which to find it. */
export const isNameFor = (reference: string | undefined, name: unknown) =>
	reference !== undefined && (name === reference || String(name).endsWith(` (${reference})`));

/** Has the reference at its end. */
export const nameOf = (name: string | undefined, reference: string) =>
	name === undefined || isNameFor(reference, name) ? (name ?? reference) : `${name} (${reference})`;
