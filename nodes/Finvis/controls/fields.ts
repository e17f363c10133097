import { decimal, quantity } from '../../shared/fields/amount';
import { notByAi } from '../../shared/fields/field';
import { text } from '../../shared/fields/text';

const limit = (label: string, description: string, example: string) => decimal({ label, description, example });

/** Control totals and limits. */
export const expected = {
	expectedTotal: decimal({
		label: 'Expected Total',
		description: 'The exact total of all payments. If the total differs, nothing is sent.',
		example: '12500.00',
	}),
	expectedCount: quantity({
		label: 'Expected Count',
		description: 'The exact number of payments. If the number differs, nothing is sent.',
		example: '1',
		decimals: 0,
	}),
	expectedCurrency: text({
		label: 'Expected Currency',
		description: 'The currency of the batch, as a three-letter code. If the currency differs, nothing is sent.',
		example: 'SEK',
	}),
	limitPerBatch: limit('Limit per Batch', 'The largest total of one batch, in its currency', '100000'),
	limitPerDay: limit(
		'Limit per Day',
		'The largest total of all batches with the same execution date and currency, as Finvis lists them. Rejected, cancelled and failed batches do not count. Submit and Approve also leave out other drafts.',
		'500000',
	),
};

export const limitPerPayment = limit('Limit per Payment', 'The largest amount of one payment, in the currency of the batch', '50000');

/** Four eyes: two people, and the fingerprint of the batch that they reviewed. */
export const fourEyes = {
	approvedBy: notByAi(
		text({
			label: 'Approved By',
			description: 'The person who approved it, e.g. the e-mail address from a form. If the same person prepared it, nothing is sent.',
			example: 'bo.chef@example.se',
		}),
	),
	preparedBy: notByAi(
		text({
			label: 'Prepared By',
			description: 'The person who prepared it, written in the same way as Approved By',
			example: 'anna.ekonomi@example.se',
		}),
	),
	batchFingerprint: text({
		label: 'Batch Fingerprint',
		description:
			'The batchFingerprint in the receipt of the previous step: for Submit that of Create, for Approve that of Submit. If the batch has changed since, nothing is sent.',
		example: '5d1c7f0a9b3e42687c5f',
	}),
};
