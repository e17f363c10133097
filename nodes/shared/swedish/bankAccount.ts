import type { Check } from './check';
import { luhn } from './check';
import { electronicFormatIBAN, Kontonummer, validateIBAN, ValidationErrorsIBAN as IbanError } from './libraries';

const FORM =
	'a Swedish account number is the clearing number of four or five digits and then the number of the account, as in 6000-123456789';
/** Digits of a type 1 account number, without its clearing number. */
const TYPE_1_DIGITS = 7;

function bankOf(clearing: string) {
	try {
		return Kontonummer.getSortingCodeInfo(clearing);
	} catch {
		return undefined;
	}
}

/** Clearing numbers 8000-8999 may have a fifth digit, and some of their accounts have no check digit, so only the form is checked. */
function savingsBank(written: string, digits: string): string | undefined {
	const [, clearing] = /^(8\d{3}[- ]?\d)[, -]/.exec(written) ?? [];
	if (clearing !== undefined && !luhn(clearing.replace(/\D/g, ''))) return 'the fifth digit of the clearing number does not fit';
	return digits.length <= 15 ? undefined : 'it has too many digits for an account of its bank';
}

/**
 * Clearing number and account number, by Bankgirot's table of banks: lengths and check digits of account types 1 and 2.
 * 20 digits are the national part of an IBAN and pass unchecked.
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
	const longest = bank.type === 1 ? TYPE_1_DIGITS : (bank.accountMaxLength ?? TYPE_1_DIGITS);
	if (account.length > longest) return 'it has too many digits for an account of its bank';
	if (bank.type === 1 && account.length < TYPE_1_DIGITS) return 'it has too few digits for an account of its bank';
	return Kontonummer.parse(clearing, account, { mode: 'lax' }).valid ? undefined : 'the check digit of the account number does not fit';
};

/** Ordered from the most to the least obvious mistake: only the first one is shown. */
const IBAN_REASONS: ReadonlyArray<[IbanError, string]> = [
	[IbanError.NoIBANCountry, 'it does not begin with the letters of a country that has IBANs'],
	[IbanError.WrongBBANLength, 'it has too few or too many characters for an IBAN of its country'],
	[IbanError.WrongBBANFormat, 'it is not built as IBANs of its country are'],
	[IbanError.ChecksumNotNumber, 'an IBAN has two check digits after the country'],
	[IbanError.WrongIBANChecksum, 'the check digits of the IBAN do not fit'],
	[IbanError.WrongAccountBankBranchChecksum, 'the check digit of the account number in the IBAN does not fit'],
];

const ibanErrors = (text: string) => validateIBAN(electronicFormatIBAN(text) ?? '').errorCodes;

/** An IBAN (ISO 13616): length and structure of its country by the IBAN registry, and two modulus 97 check digits. */
export const iban: Check = (text) => {
	const errors = ibanErrors(text.trim());
	return IBAN_REASONS.find(([code]) => errors.includes(code))?.[1];
};

const IBAN_FORM: readonly IbanError[] = [
	IbanError.NoIBANCountry,
	IbanError.WrongBBANLength,
	IbanError.WrongBBANFormat,
	IbanError.ChecksumNotNumber,
];

/** Whether a text has the form of an IBAN of its country; the check digits may be wrong. */
export const looksLikeIban = (text: string) => !ibanErrors(text).some((code) => IBAN_FORM.includes(code));
