import { decimal } from '../../shared/fields/amount';
import { choice, orAnother } from '../../shared/fields/choice';
import type { ValuesOf } from '../../shared/fields/field';
import { notRequired } from '../../shared/fields/field';
import { text } from '../../shared/fields/text';

/** What one payment is made of, in a table of the panel or out of an incoming row. */
export const payment = {
	amount: decimal({ label: 'Amount', description: 'Amount with a point, in the currency of the batch', example: '12500.00' }),
	creditorName: text({ label: 'Creditor Name', description: 'Who is paid', example: 'Nordic Supplies AB' }),
	creditorAccountType: orAnother(
		choice({
			label: 'Creditor Account Type',
			description: 'Kind of the account that is paid to',
			options: { bankgiro: 'Bankgiro', bban: 'Account Number (BBAN)', iban: 'IBAN', plusgiro: 'Plusgiro' },
			initial: 'iban',
		}),
	),
	creditorAccount: text({
		label: 'Creditor Account',
		description: 'Number of the account that is paid to',
		example: 'SE3550000000054910000003',
	}),
	message: notRequired(
		text({ label: 'OCR or Message', description: 'What the creditor sees: an OCR number or a message', example: '20260042' }),
	),
	endToEndId: notRequired(
		text({
			label: 'End-to-End ID',
			description:
				'Your own identifier of this payment, which follows it to the creditor. Left empty it is made of the reference and the number of the payment.',
			example: 'INVOICE-20260042',
		}),
	),
};

/** The payments of a batch as Finvis takes them, each with an end-to-end id of its own. */
export const paymentsOf = (payments: ReadonlyArray<ValuesOf<typeof payment>>, currency: string, reference: string) =>
	payments.map(({ amount, creditorName, creditorAccountType, creditorAccount, message, endToEndId }, index) => ({
		amount,
		currency,
		creditor_name: creditorName,
		creditor_account: { type: creditorAccountType, value: creditorAccount },
		reference: message,
		end_to_end_id: endToEndId ?? (payments.length === 1 ? reference : `${reference}-${index + 1}`),
	}));
