import { quantity } from '../../shared/fields/amount';
import { optional } from '../../shared/fields/field';
import { table } from '../../shared/fields/table';
import { text } from '../../shared/fields/text';
import { account } from './account';

export const payments = table({
	label: 'Payments',
	row: 'Payment',
	description: 'What to draw by autogiro, and into which investor accounts',
	fields: {
		account,
		amount: quantity({ label: 'Amount', description: 'Amount in kronor', example: '110', decimals: 2 }),
		clientRef: optional(
			text({
				label: 'Payment Reference',
				description: 'Your own unique reference of this payment. Left empty it is made of the reference and the number of the payment.',
				example: 'autogiro-2026-03-0042',
			}),
		),
	},
});
