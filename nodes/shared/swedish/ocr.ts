import type { Check } from './check';
import { luhn } from './luhn';

/**
 * A reference for the creditor's OCR control: 2 to 25 digits, the last one by modulus 10 (Bankgirot). A text that is not all
 * digits is a message and no OCR number, and only the creditor knows whether it has to be one.
 */
export const ocr: Check = (text) => {
	const digits = text.replace(/ /g, '');
	if (!/^\d+$/.test(digits)) return 'an OCR number has digits only';
	if (digits.length < 2 || digits.length > 25) return 'an OCR number has 2 to 25 digits';
	return luhn(digits) ? undefined : 'the check digit of the OCR number does not fit';
};

/** The same where the creditor has agreed on a length digit: the last digit but one is the last digit of the number's length. */
export const ocrWithLength: Check = (text) => {
	const digits = text.replace(/ /g, '');
	const wrong = ocr(text);
	if (wrong !== undefined) return wrong;
	return Number(digits.at(-2)) === digits.length % 10 ? undefined : 'the length digit of the OCR number does not fit';
};
