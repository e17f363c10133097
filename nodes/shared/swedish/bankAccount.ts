import { foldLookAlikes } from '../core/lookAlikes';
import type { Check } from './check';
import { luhn } from './check';
import { electronicFormatIBAN, Kontonummer, validateIBAN, ValidationErrorsIBAN as IbanError } from './libraries';

const FORM =
	'a Swedish account number is the clearing number of four or five digits and then the number of the account, as in 6000-123456789';
/** Digits of a type 1 account number, without its clearing number. */
const TYPE_1_DIGITS = 7;

/** Banks by clearing number, of four digits. Where there is none the library throws, which costs a hundred times as much as this look-up. */
const banks = new Map<string, ReturnType<typeof Kontonummer.getSortingCodeInfo> | undefined>();

function bankOf(clearing: string) {
	if (!banks.has(clearing)) {
		try {
			banks.set(clearing, Kontonummer.getSortingCodeInfo(clearing));
		} catch {
			banks.set(clearing, undefined);
		}
	}
	return banks.get(clearing);
}

const isBetween = (clearing: string, ranges: ReadonlyArray<readonly [from: string, to: string]>) =>
	ranges.some(([from, to]) => from <= clearing && clearing <= to);

/** PlusGiro accounts at Nordea have 2 to 10 digits with a modulus 10 check digit. kontonummer 6.0 ends at 8. Source: Bankinfrastruktur/BankData, 2025. */
const PLUSGIRO_ACCOUNTS = [
	['9500', '9549'],
	['9960', '9969'],
] as const;

/** Whether the last digit is a modulus 11 check digit, weights 1 to 10 and again 1 from the right (Bankgirot, account types). */
function mod11(digits: string): boolean {
	const sum = [...digits].reverse().reduce((total, digit, index) => total + Number(digit) * ((index % 10) + 1), 0);
	return sum % 11 === 0;
}

/**
 * Swedbank and the savings banks, 8000-8999: a modulus 10 check digit over an account of at most ten digits. Since 7 November 2023
 * all of their accounts have it (Bankinfrastruktur/BankData). The clearing number may have a fifth digit, with a check digit too.
 */
function savingsBank(written: string, digits: string): string | undefined {
	const [, clearing] = /^(8\d{3}[- ]?\d)[, -]/.exec(written) ?? [];
	if (clearing !== undefined && !luhn(clearing.replace(/\D/g, ''))) return 'the fifth digit of the clearing number does not fit';
	// Without a separator the fifth digit may belong to either number.
	const accounts = clearing === undefined ? [digits.slice(4), digits.slice(5)] : [digits.slice(5)];
	const possible = accounts.filter((account) => account.length >= 2 && account.length <= 10);
	if (possible.length === 0) return `it has too ${digits.length > 14 ? 'many' : 'few'} digits for an account of its bank`;
	return possible.some(luhn) ? undefined : CHECK_DIGIT;
}

/** New banks get accounts of type 1 only, so a clearing number that the table lacks passes when the check digit fits by either rule of type 1. */
function newBank(clearing: string, account: string): string | undefined {
	const fits = account.length === TYPE_1_DIGITS && (mod11(clearing.slice(1) + account) || mod11(clearing + account));
	return fits ? undefined : "its clearing number is not in Bankgirot's table, and its check digit does not fit an account of a new bank";
}

const CHECK_DIGIT = 'the check digit of the account number does not fit';

/**
 * Clearing number and account number, by Bankgirot's table of banks: lengths and check digits of account types 1 and 2.
 * 20 digits are the national part of an IBAN and pass unchecked.
 */
export const bankAccount: Check = (text) => {
	const written = foldLookAlikes(text);
	const digits = written.replace(/[-, ]/g, '');
	if (!/^\d{5,16}$|^\d{20}$/.test(digits)) return FORM;
	if (digits.length === 20) return undefined;
	const [clearing, account] = [digits.slice(0, 4), digits.slice(4)];
	if (clearing.startsWith('8')) return savingsBank(written, digits);
	if (isBetween(clearing, PLUSGIRO_ACCOUNTS)) {
		if (account.length < 2 || account.length > 10)
			return `it has too ${account.length > 10 ? 'many' : 'few'} digits for an account of its bank`;
		return luhn(account) ? undefined : CHECK_DIGIT;
	}
	const bank = bankOf(clearing);
	if (bank === undefined) return newBank(clearing, account);
	const longest = bank.type === 1 ? TYPE_1_DIGITS : (bank.accountMaxLength ?? TYPE_1_DIGITS);
	if (account.length > longest) return 'it has too many digits for an account of its bank';
	if (account.length < (bank.type === 1 ? TYPE_1_DIGITS : 2)) return 'it has too few digits for an account of its bank';
	return Kontonummer.parse(clearing, account, { mode: 'lax' }).valid ? undefined : CHECK_DIGIT;
};

/** Ordered from the most to the least obvious mistake: only the first one is shown. */
const IBAN_REASONS: ReadonlyArray<[keyof typeof IbanError, string]> = [
	['NoIBANCountry', 'it does not begin with the letters of a country that has IBANs'],
	['WrongBBANLength', 'it has too few or too many characters for an IBAN of its country'],
	['WrongBBANFormat', 'it is not built as IBANs of its country are'],
	['ChecksumNotNumber', 'an IBAN has two check digits after the country'],
	['WrongIBANChecksum', 'the check digits of the IBAN do not fit'],
	['WrongAccountBankBranchChecksum', 'the check digit of the account number in the IBAN does not fit'],
];

/**
 * National parts that ibantools 4.5 describes otherwise than the IBAN registry. Source: Simplify/ibantools issue 630: the Ivory
 * Coast gives its bank codes as two letters or digits.
 */
const REGISTRY: Readonly<Record<string, RegExp>> = { CI: /^CI\d{2}[A-Z0-9]{2}\d{22}$/ };

/** ISO 7064, modulus 97-10: the country and the check digits go to the end, and letters count as two digits. */
function mod97(electronic: string): boolean {
	const digits = (electronic.slice(4) + electronic.slice(0, 4)).replace(/[A-Z]/g, (letter) => String(parseInt(letter, 36)));
	return [...digits].reduce((remainder, digit) => (remainder * 10 + Number(digit)) % 97, 0) === 1;
}

function ibanErrors(text: string): readonly IbanError[] {
	const electronic = electronicFormatIBAN(foldLookAlikes(text)) ?? '';
	if (!REGISTRY[electronic.slice(0, 2)]?.test(electronic)) return validateIBAN(electronic).errorCodes;
	return mod97(electronic) ? [] : [IbanError.WrongIBANChecksum];
}

/** An IBAN (ISO 13616): length and structure of its country by the IBAN registry, and two modulus 97 check digits. */
export const iban: Check = (text) => {
	const errors = ibanErrors(text);
	return IBAN_REASONS.find(([error]) => errors.includes(IbanError[error]))?.[1];
};

const IBAN_FORM = ['NoIBANCountry', 'WrongBBANLength', 'WrongBBANFormat', 'ChecksumNotNumber'] as const;

/** Whether a text has the form of an IBAN of its country; the check digits may be wrong. */
export function looksLikeIban(text: string): boolean {
	const errors = ibanErrors(text);
	return !IBAN_FORM.some((error) => errors.includes(IbanError[error]));
}
