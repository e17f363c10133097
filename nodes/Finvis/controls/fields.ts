import { decimal, quantity } from '../../shared/fields/amount';
import { text } from '../../shared/fields/text';

const limit = (label: string, description: string, example: string) => decimal({ label, description, example });

/** What the batch must come to, or it is not touched. */
export const expected = {
	expectedTotal: decimal({
		label: 'Expected Total',
		description: 'What all payments must come to, to the last decimal. With another total nothing is sent.',
		example: '12500.00',
	}),
	expectedCount: quantity({
		label: 'Expected Count',
		description: 'How many payments there must be. With another number nothing is sent.',
		example: '1',
		decimals: 0,
	}),
	expectedCurrency: text({
		label: 'Expected Currency',
		description: 'The currency that the batch must have, as a three-letter code. With another one nothing is sent.',
		example: 'SEK',
	}),
	limitPerBatch: limit('Limit per Batch', 'The most that one batch may come to, in its currency', '100000'),
	limitPerDay: limit(
		'Limit per Day',
		'The most that all batches of one execution date may come to, in their currency, by the list of Finvis: this one and those that are neither rejected, cancelled nor failed; on Submit and Approve, other drafts do not count either',
		'500000',
	),
};

export const limitPerPayment = limit('Limit per Payment', 'The most that one payment may come to, in the currency of the batch', '50000');

/** Two people, and the very batch that they agreed on. */
export const fourEyes = {
	approvedBy: text({
		label: 'Approved By',
		description: 'Who approved it, e.g. the e-mail address from a form. Must be somebody else than who prepared it, or nothing is sent.',
		example: 'bo.chef@example.se',
	}),
	preparedBy: text({
		label: 'Prepared By',
		description: 'Who prepared it, written the same way as Approved By',
		example: 'anna.ekonomi@example.se',
	}),
	batchFingerprint: text({
		label: 'Batch Fingerprint',
		description:
			'The batchFingerprint from the receipt of the step before: of Create for Submit, of Submit for Approve. A batch that was changed since has another one, and nothing is sent.',
		example: '5d1c7f0a9b3e42687c5f',
	}),
};
