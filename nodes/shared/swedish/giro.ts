import type { Check } from './check';
import { luhn } from './luhn';

/** 7 or 8 digits, the last one by modulus 10 (Bankgirot). */
export const bankgiro: Check = (text) => {
	const written = text.trim();
	if (!/^\d{3,4}[- ]?\d{4}$/.test(written)) return 'a bankgiro number has 7 or 8 digits, as in 5050-1055';
	return luhn(written.replace(/\D/g, '')) ? undefined : 'the check digit of the bankgiro number does not fit';
};

/** 2 to 8 digits, the last one by modulus 10 (Plusgirot). */
export const plusgiro: Check = (text) => {
	const written = text.trim();
	const digits = written.replace(/[- ]/g, '');
	if (!/^\d{2,8}$/.test(digits) || !/^\d[\d ]*(-?\d)$/.test(written)) return 'a plusgiro number has 2 to 8 digits, as in 90 20 03-3';
	return luhn(digits) ? undefined : 'the check digit of the plusgiro number does not fit';
};
