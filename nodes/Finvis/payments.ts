import { bankAccount } from '../shared/swedish/bankAccount';
import type { Check } from '../shared/swedish/check';
import { bankgiro, plusgiro } from '../shared/swedish/giro';
import { iban } from '../shared/swedish/iban';
import { ocr, ocrWithLength } from '../shared/swedish/ocr';
import { decimal } from '../shared/fields/amount';
import { choice, openChoice } from '../shared/fields/choice';
import type { Values, ValuesOf } from '../shared/fields/field';
import { withCheck, optional } from '../shared/fields/field';
import { text } from '../shared/fields/text';

/** By account type; another type than these is not judged. */
const ACCOUNTS: Readonly<Record<string, Check>> = { bankgiro, bban: bankAccount, iban, plusgiro };

const OCR_CONTROLS = { checkDigit: ocr, lengthDigit: ocrWithLength, none: () => undefined };
const isControl = (value: unknown): value is keyof typeof OCR_CONTROLS => typeof value === 'string' && value in OCR_CONTROLS;

/** As the creditor demands; where that is not known, all digits to a giro are taken for an OCR number and all else for a message. */
function messageCheck(message: string, { ocrControl, creditorAccountType }: Values): string | undefined {
	if (isControl(ocrControl)) return OCR_CONTROLS[ocrControl](message);
	const looksLikeOcr = /^[\d ]+$/.test(message) && (creditorAccountType === 'bankgiro' || creditorAccountType === 'plusgiro');
	const wrong = looksLikeOcr ? ocr(message) : undefined;
	return wrong && `${wrong}; when it is a message, say so under 'OCR Control'`;
}

/** What one payment is made of, in a table of the panel or out of an incoming row. */
export const payment = {
	amount: decimal({ label: 'Amount', description: 'Amount with a point, in the currency of the batch', example: '12500.00' }),
	creditorName: text({ label: 'Creditor Name', description: 'Who is paid', example: 'Nordic Supplies AB' }),
	creditorAccountType: openChoice(
		choice({
			label: 'Creditor Account Type',
			description:
				'Kind of the account that is paid to. An expression gives bankgiro, bban, iban or plusgiro; another word is sent unchecked.',
			options: { bankgiro: 'Bankgiro', bban: 'Account Number (BBAN)', iban: 'IBAN', plusgiro: 'Plusgiro' },
			initial: 'iban',
		}),
	),
	creditorAccount: withCheck(
		(account, { creditorAccountType }) => ACCOUNTS[String(creditorAccountType)]?.(account),
		text({
			label: 'Creditor Account',
			description: 'Number of the account that is paid to',
			example: 'SE3550000000054910000003',
		}),
	),
	message: withCheck(
		messageCheck,
		optional(text({ label: 'OCR or Message', description: 'What the creditor sees: an OCR number or a message', example: '2026004206' })),
	),
	ocrControl: optional(
		choice({
			label: 'OCR Control',
			description:
				'How the creditor checks OCR numbers; a wrong one is not sent. Not Known: a text of digits alone to a bankgiro or plusgiro is checked by its check digit.',
			options: { checkDigit: 'Check Digit', lengthDigit: 'Length and Check Digit', none: 'None: It Is a Message', unknown: 'Not Known' },
			initial: 'unknown',
		}),
	),
	endToEndId: optional(
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
