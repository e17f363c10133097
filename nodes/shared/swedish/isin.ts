import { foldLookAlikes } from '../core/lookAlikes';
import type { Check } from './check';
import { luhn } from './check';

/** Letters count as two digits: A is 10, Z is 35. */
const asDigits = (text: string) => text.replace(/[A-Z]/g, (letter) => String(parseInt(letter, 36)));

/** An ISIN (ISO 6166): two letters, nine letters or digits, and a modulus 10 check digit. */
export const isin: Check = (text) => {
	const written = foldLookAlikes(text);
	if (!/^[A-Z]{2}[A-Z0-9]{9}\d$/.test(written))
		return 'an ISIN has two letters, nine letters or digits and a check digit, as in SE0000667891';
	return luhn(asDigits(written)) ? undefined : 'the check digit of the ISIN does not fit';
};

/** An instrument ID of ISIN and currency, e.g. `SE0000667891SEK`. IDs of any other form pass, because only the API knows them. */
export const instrumentId: Check = (text) => {
	const [, code] = /^([A-Z]{2}[A-Z0-9]{9}\d)[A-Z]{3}$/.exec(foldLookAlikes(text)) ?? [];
	return code === undefined ? undefined : isin(code);
};
