import { createHash } from 'crypto';
import { isObject } from '../shared/core/isObject';
import { endToEndIdFor, LONGEST_END_TO_END_ID } from '../shared/core/reference';
import { wrongEncodingOf } from '../shared/core/plainText';
import { UserError } from '../shared/core/userError';
import { bankAccount, iban, looksLikeIban } from '../shared/swedish/bankAccount';
import type { Check } from '../shared/swedish/check';
import { bankgiro, plusgiro, ocr, ocrWithLength } from '../shared/swedish/giro';
import { decimal } from '../shared/fields/amount';
import { choice } from '../shared/fields/choice';
import type { Field, Values, ValuesOf } from '../shared/fields/field';
import { optional, withCheck, withWarning } from '../shared/fields/field';
import type { FieldOptions } from '../shared/fields/text';
import { code, readCode, text } from '../shared/fields/text';
import { bankText, LONGEST_MESSAGE, LONGEST_NAME } from '../shared/swedish/bankText';

/** The check of an account number by its type. */
const ACCOUNT_CHECKS: Readonly<Record<string, Check>> = { bankgiro, bban: bankAccount, iban, plusgiro };

const NEVER_RIGHT =
	"Compare it with its source and correct it. If the source says the same, look at 'Creditor Account Type', or ask the payee.";

const ACCOUNT_TYPES: Readonly<Record<string, string>> = {
	bankgiro: 'Bankgiro',
	bban: 'Account Number (BBAN)',
	iban: 'IBAN',
	plusgiro: 'Plusgiro',
};

function accountCheck(account: string, { creditorAccountType: type }: Values): string | UserError | undefined {
	if (type !== undefined && type !== 'iban' && looksLikeIban(account))
		return new UserError(
			`it is an IBAN, but the type is ${ACCOUNT_TYPES[String(type)]}`,
			"Move it to a column 'IBAN' of the sheet. Without a sheet, choose IBAN for 'Creditor Account Type'.",
		);
	const wrong = ACCOUNT_CHECKS[String(type)]?.(account);
	// Banks differ in the check digits of account numbers. Those of the others always fit.
	if (wrong === undefined || type === 'bban') return wrong;
	return new UserError(wrong, NEVER_RIGHT);
}

/** Further words by which Swedish spreadsheets and ledgers name the types. */
const ACCOUNT_TYPE_ALIASES = {
	bg: 'bankgiro',
	'bankgiro number': 'bankgiro',
	bankgironummer: 'bankgiro',
	pg: 'plusgiro',
	plusgironummer: 'plusgiro',
	postgiro: 'plusgiro',
	bankkonto: 'bban',
	bankkontonummer: 'bban',
	clearing: 'bban',
	clearingnummer: 'bban',
	konto: 'bban',
	kontonummer: 'bban',
} as const;

const OCR_CHECKS: Readonly<Record<string, Check>> = { checkDigit: ocr, lengthDigit: ocrWithLength, none: () => undefined };

/** Checks the text by the creditor's own rule. If the rule is not known, a text of digits alone to a giro counts as an OCR number. */
function messageCheck(message: string, { ocrControl, creditorAccountType }: Values): string | UserError | undefined {
	const wrongEncoding = wrongEncodingOf(message);
	if (wrongEncoding) return wrongEncoding;
	const known = ocrControl === undefined || ocrControl === 'unknown' ? undefined : OCR_CHECKS[String(ocrControl)];
	if (known) return known(message);
	const looksLikeOcr = /^[\d ]+$/.test(message) && (creditorAccountType === 'bankgiro' || creditorAccountType === 'plusgiro');
	const wrong = looksLikeOcr ? ocr(message) : undefined;
	return (
		wrong &&
		new UserError(
			wrong,
			"Correct it from the invoice. If it is a message, set 'OCR Control' to 'None: It Is a Message'. In a sheet, add a column 'OCR Control' and write that in this row.",
		)
	);
}

const messageText = text({
	label: 'OCR or Message',
	description: 'The text that the creditor sees: an OCR number or a message',
	example: '2026004206',
});

/** A message stays as it is written. Digits with spaces or hyphens are an OCR number, in which look-alikes are folded. */
const message: Field<string> = {
	...messageText,
	read: (value, context) => {
		const folded = readCode(value);
		return typeof folded === 'string' && /^[\d -]+$/.test(folded) ? folded : messageText.read(value, context);
	},
};

const endToEnd = (options: FieldOptions): Field<string> => ({
	...code(options),
	read: (value) => {
		const given = readCode(value);
		if (given instanceof UserError || given.length <= LONGEST_END_TO_END_ID) return given;
		return new UserError(
			`has ${given.length} characters, more than ${LONGEST_END_TO_END_ID}`,
			'ISO 20022 allows 35. Shorten it, or leave it out: then the node makes one.',
		);
	},
});

/** The fields of one payment, which are the columns of a table in the panel or come from an incoming item. */
export const payment = {
	amount: decimal({ label: 'Amount', description: 'The amount with a decimal point, in the currency of the batch', example: '12500.00' }),
	creditorName: withWarning(
		bankText(LONGEST_NAME),
		withCheck(wrongEncodingOf, text({ label: 'Creditor Name', description: 'Name of the payee', example: 'Nordic Supplies AB' })),
	),
	creditorAccountType: choice({
		label: 'Creditor Account Type',
		description:
			"Type of the payee's account. An expression returns Bankgiro, BG, Plusgiro, PG, IBAN, BBAN, Bankkonto or Clearing, in any case.",
		options: ACCOUNT_TYPES,
		aliases: ACCOUNT_TYPE_ALIASES,
		initial: 'bankgiro',
		firstInitial: 'iban',
	}),
	creditorAccount: withCheck(accountCheck, {
		...code({
			label: 'Creditor Account',
			description: "Number of the payee's account",
			example: '5050-1055',
		}),
		quotedAs: 'account',
	}),
	message: withWarning(bankText(LONGEST_MESSAGE), withCheck(messageCheck, optional(message))),
	ocrControl: optional(
		choice({
			label: 'OCR Control',
			description:
				'How the creditor checks OCR numbers. The node does not send a wrong one. With Not Known, it checks the check digit of a text that has only digits and goes to a bankgiro or plusgiro.',
			options: { checkDigit: 'Check Digit', lengthDigit: 'Length and Check Digit', none: 'None: It Is a Message', unknown: 'Not Known' },
			initial: 'unknown',
		}),
	),
	endToEndId: optional(
		endToEnd({
			label: 'End-to-End ID',
			description:
				'Your own identifier of this payment, which the creditor receives. If you leave it out, the node makes it from the reference and the number of the payment.',
			example: 'INVOICE-20260042',
		}),
	),
};

/** Payments without the end-to-end IDs that the node derives from their order: the same payments in another order are the same. */
export function withoutDerivedIds(payments: unknown, reference: string): unknown {
	if (!Array.isArray(payments)) return payments;
	const derived = new Set(payments.map((_, index) => endToEndIdFor(reference, index, payments.length, digestOf)));
	return payments.map((payment: unknown) =>
		isObject(payment) && derived.has(String(payment.end_to_end_id)) ? { ...payment, end_to_end_id: undefined } : payment,
	);
}

/** The payments with the end-to-end IDs that version 0.1.0 derived. */
export function legacyPayments(payments: unknown, reference: string): unknown {
	if (!Array.isArray(payments)) return payments;
	return payments.map((payment: unknown, index) =>
		isObject(payment) && payment.end_to_end_id === endToEndIdFor(reference, index, payments.length, digestOf)
			? { ...payment, end_to_end_id: payments.length === 1 ? reference : `${reference}-${index + 1}` }
			: payment,
	);
}

const digestOf = (text: string) => createHash('sha256').update(text).digest('hex');

export type Payment = ValuesOf<typeof payment>;

/** The payments of a batch in the form of the contract, each with its own end-to-end ID. */
export const paymentsOf = (payments: readonly Payment[], currency: string, reference: string) =>
	payments.map(({ amount, creditorName, creditorAccountType, creditorAccount, message, endToEndId }, index) => ({
		amount,
		currency,
		creditor_name: creditorName,
		creditor_account: { type: creditorAccountType, value: creditorAccount },
		reference: message,
		end_to_end_id: endToEndId ?? endToEndIdFor(reference, index, payments.length, digestOf),
	}));
