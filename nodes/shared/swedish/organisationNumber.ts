import type { Check } from './check';
import { Organisationsnummer } from './libraries';
import { luhn } from './luhn';

/**
 * Ten digits, the third 2 or more, the last one by modulus 10 (Bolagsverket, Skatteverket); 16 may stand before them. The
 * personal number of someone who trades alone is one, too.
 */
export const organisationNumber: Check = (text) => {
	const written = text.trim();
	if (!/^(\d\d)?\d{6}[-+]?\d{4}$/.test(written)) return 'an organisation number has ten digits, as in 556036-0793';
	if (!luhn(written.replace(/\D/g, '').slice(-10))) return 'the check digit of the organisation number does not fit';
	return Organisationsnummer.valid(written) ? undefined : 'it is neither an organisation number nor a personal number';
};
