import { clock } from '../core/clock';
import type { Check } from './check';
import { Organisationsnummer } from './libraries';
import { luhn } from './luhn';

/** The number as the library reads it: one that belongs to a person, or undefined. */
function personOf(written: string) {
	try {
		return Organisationsnummer.parse(written).personnummer() ?? undefined;
	} catch {
		return undefined;
	}
}

/** A personal number, or a coordination number, whose day is raised by 60 (Skatteverket): a day of birth and a check digit by modulus 10. */
export const personalNumber: Check = (text) => {
	const written = text.trim();
	if (!/^(18|19|20)?\d{6}[-+]?\d{4}$/.test(written))
		return 'a personal number or coordination number has ten or twelve digits, as in 19121212-1212';
	if (!luhn(written.replace(/\D/g, '').slice(-10))) return 'the check digit of the personal number does not fit';
	if (/000\d$/.test(written)) return 'its last four digits cannot begin with 000';
	const person = personOf(written);
	if (person === undefined) return 'no day of birth can be read from it';
	return person.getDate().getTime() > clock.now() ? 'its day of birth lies ahead' : undefined;
};

/** Ten or twelve digits that begin with a day of birth and end with the check digit. */
export function looksLikePersonalNumber(text: string): boolean {
	const digits = text.replace(/\D/g, '').slice(-10);
	const [month, day] = [Number(digits.slice(2, 4)), Number(digits.slice(4, 6)) % 60];
	return luhn(digits) && month >= 1 && month <= 12 && day >= 1 && day <= 31;
}
