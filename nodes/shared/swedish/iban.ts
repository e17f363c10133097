import { electronicFormatIBAN, isValidBIC, validateIBAN, ValidationErrorsIBAN as Wrong } from './libraries';
import type { Check } from './check';

/** In the order in which a person would look. */
const WORDS: ReadonlyArray<[Wrong, string]> = [
	[Wrong.NoIBANCountry, 'it does not begin with the letters of a country that has IBANs'],
	[Wrong.WrongBBANLength, 'it has too few or too many characters for an IBAN of its country'],
	[Wrong.WrongBBANFormat, 'it is not built as IBANs of its country are'],
	[Wrong.ChecksumNotNumber, 'an IBAN has two check digits after the country'],
	[Wrong.WrongIBANChecksum, 'the check digits of the IBAN do not fit'],
	[Wrong.WrongAccountBankBranchChecksum, 'the check digit of the account number in the IBAN does not fit'],
];

/** ISO 13616: length and structure by country out of the IBAN registry, two check digits by modulus 97. */
export const iban: Check = (text) => {
	const { errorCodes } = validateIBAN(electronicFormatIBAN(text.trim()) ?? '');
	return WORDS.find(([code]) => errorCodes.includes(code))?.[1];
};

const FORM: readonly Wrong[] = [Wrong.NoIBANCountry, Wrong.WrongBBANLength, Wrong.WrongBBANFormat, Wrong.ChecksumNotNumber];

/** Built as an IBAN of its country, whether or not the check digits fit. */
export const looksLikeIban = (text: string) => {
	const { errorCodes } = validateIBAN(electronicFormatIBAN(text) ?? '');
	return !errorCodes.some((code) => FORM.includes(code));
};

/** ISO 9362: four letters or digits for the institution, a country, two for the place, and three for a branch or none. */
export const bic: Check = (text) => (isValidBIC(text.trim()) ? undefined : 'it is not a BIC, as in ESSESESS or ESSESESSXXX');
