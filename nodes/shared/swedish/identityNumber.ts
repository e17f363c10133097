import { clock } from '../core/clock';
import { foldLookAlikes } from '../core/lookAlikes';
import type { Check } from './check';
import { luhn } from './check';
import { Organisationsnummer } from './libraries';

/** The person that the library reads from a number; undefined when the number belongs to no person. */
function personOf(written: string) {
	try {
		return Organisationsnummer.parse(written).personnummer() ?? undefined;
	} catch {
		return undefined;
	}
}

/** Skatteverket gives a coordination number with month 00 or day 60 to somebody whose month or day of birth is not known. */
function isIncompleteCoordinationNumber(written: string): boolean {
	const digits = written.replace(/\D/g, '').slice(-10);
	const [month, day] = [Number(digits.slice(2, 4)), Number(digits.slice(4, 6)) - 60];
	return month <= 12 && day >= 0 && day <= 31 && (month === 0 || day === 0);
}

/**
 * A personal number or a coordination number: a day of birth and a modulus 10 check digit (Skatteverket). A coordination number
 * adds 60 to the day.
 */
export const personalNumber: Check = (text) => {
	const written = foldLookAlikes(text);
	if (!/^(18|19|20)?\d{6}[-+]?\d{4}$/.test(written))
		return 'a personal number or coordination number has ten or twelve digits, as in 19121212-1212';
	if (!luhn(written.replace(/\D/g, '').slice(-10))) return 'the check digit of the personal number does not fit';
	if (/000\d$/.test(written)) return 'its last four digits cannot begin with 000';
	if (isIncompleteCoordinationNumber(written)) return undefined;
	const person = personOf(written);
	if (person === undefined) return 'no day of birth can be read from it';
	return person.getDate().getTime() > clock.now() ? 'its day of birth lies ahead' : undefined;
};

/** Whether ten or twelve digits begin with a possible day of birth and end with a matching check digit. */
export function looksLikePersonalNumber(text: string): boolean {
	const all = text.replace(/\D/g, '');
	const digits = all.slice(-10);
	const [month, day] = [Number(digits.slice(2, 4)), Number(digits.slice(4, 6)) % 60];
	return (all.length === 10 || all.length === 12) && luhn(digits) && month >= 1 && month <= 12 && day >= 1 && day <= 31;
}

/**
 * An organisation number: ten digits, the third at least 2, the last a modulus 10 check digit, with an optional leading 16
 * (Bolagsverket, Skatteverket). Accepts the personal number of a sole trader too.
 */
export const organisationNumber: Check = (text) => {
	const written = foldLookAlikes(text);
	if (!/^(\d\d)?\d{6}[-+]?\d{4}$/.test(written)) return 'an organisation number has ten digits, as in 556036-0793';
	if (!luhn(written.replace(/\D/g, '').slice(-10))) return 'the check digit of the organisation number does not fit';
	return Organisationsnummer.valid(written) ? undefined : 'it is neither an organisation number nor a personal number';
};
