import { foldLookAlikes } from '../core/lookAlikes';
import type { Check } from './check';
import { luhn } from './check';

/** A bankgiro number: 7 or 8 digits, the last one a modulus 10 check digit (Bankgirot). */
export const bankgiro: Check = (text) => {
	const written = foldLookAlikes(text);
	if (!/^\d{3,4}[- ]?\d{4}$/.test(written)) return 'a bankgiro number has 7 or 8 digits, as in 5050-1055';
	return luhn(written.replace(/\D/g, '')) ? undefined : 'the check digit of the bankgiro number does not fit';
};

/** A plusgiro number: 2 to 8 digits, the last one a modulus 10 check digit (Plusgirot). */
export const plusgiro: Check = (text) => {
	const written = foldLookAlikes(text);
	const digits = written.replace(/[- ]/g, '');
	if (!/^\d{2,8}$/.test(digits) || !/^\d[\d ]*(-?\d)$/.test(written)) return 'a plusgiro number has 2 to 8 digits, as in 90 20 03-3';
	return luhn(digits) ? undefined : 'the check digit of the plusgiro number does not fit';
};

/**
 * A reference for a creditor with OCR control: 2 to 25 digits, the last one a modulus 10 check digit (Bankgirot). Callers pass
 * only texts that are meant as an OCR number, because any other text is a valid message.
 */
export const ocr: Check = (text) => {
	const digits = foldLookAlikes(text).replace(/[ -]/g, '');
	if (!/^\d+$/.test(digits)) return 'an OCR number has digits only';
	if (digits.length < 2 || digits.length > 25) return 'an OCR number has 2 to 25 digits';
	return luhn(digits) ? undefined : 'the check digit of the OCR number does not fit';
};

/** An OCR number with a length digit: the last digit but one equals the last digit of the number's length. */
export const ocrWithLength: Check = (text) => {
	const digits = foldLookAlikes(text).replace(/[ -]/g, '');
	const wrong = ocr(text);
	if (wrong !== undefined) return wrong;
	return Number(digits.at(-2)) === digits.length % 10 ? undefined : 'the length digit of the OCR number does not fit';
};
