import type { Check } from './check';
import { Kontonummer } from './libraries';
import { luhn } from './luhn';

const FORM =
	'a Swedish account number is the clearing number of four or five digits and then the number of the account, as in 6000-123456789';
/** Digits of an account of type 1, after the clearing number. */
const TYPE_1 = 7;

function bankOf(clearing: string) {
	try {
		return Kontonummer.getSortingCodeInfo(clearing);
	} catch {
		return undefined;
	}
}

/** 8000-8999 are written with a fifth digit or without it, and some of their accounts have no check digit: only their form can be judged. */
function savingsBank(written: string, digits: string): string | undefined {
	const [, clearing] = /^(8\d{3}[- ]?\d)[, -]/.exec(written) ?? [];
	if (clearing !== undefined && !luhn(clearing.replace(/\D/g, ''))) return 'the fifth digit of the clearing number does not fit';
	return digits.length <= 15 ? undefined : 'it has too many digits for an account of its bank';
}

/**
 * Clearing number and account number by Bankgirot's table of banks: the lengths and check digits of types 1 and 2. 20 digits
 * are the inner part of an IBAN, of which nothing more can be told.
 */
export const bankAccount: Check = (text) => {
	const written = text.trim();
	const digits = written.replace(/[-, ]/g, '');
	if (!/^\d{6,16}$|^\d{20}$/.test(digits)) return FORM;
	if (digits.length === 20) return undefined;
	const [clearing, account] = [digits.slice(0, 4), digits.slice(4)];
	const bank = bankOf(clearing);
	if (bank === undefined) return 'no bank has its clearing number';
	if (clearing.startsWith('8')) return savingsBank(written, digits);
	const most = bank.type === 1 ? TYPE_1 : (bank.accountMaxLength ?? TYPE_1);
	if (account.length > most) return 'it has too many digits for an account of its bank';
	if (bank.type === 1 && account.length < TYPE_1) return 'it has too few digits for an account of its bank';
	return Kontonummer.parse(clearing, account, { mode: 'lax' }).valid ? undefined : 'the check digit of the account number does not fit';
};
