/** The digits with their Luhn digit (mod 10), as in personal, organisation and OCR numbers. */
export function withLuhn(digits: string): string {
	return digits + luhnDigit(digits);
}

export function luhnDigit(digits: string): string {
	const sum = [...digits].reverse().reduce((total, digit, index) => {
		const value = Number(digit) * (index % 2 === 0 ? 2 : 1);
		return total + (value > 9 ? value - 9 : value);
	}, 0);
	return String((10 - (sum % 10)) % 10);
}

/** Twelve digits; the check digit covers the last ten. The tax agency reserves serial numbers from 980 for tests. */
export function personalNumber(birthDate: string, serial: number): string {
	const tail = withLuhn(birthDate.slice(2) + String(serial).padStart(3, '0'));
	return birthDate.slice(0, 2) + tail;
}

export function organisationNumber(nineDigits: string): string {
	return withLuhn(nineDigits);
}

/** ISO 13616: SE, two check digits, 20 digits. */
export function swedishIban(bban: string): string {
	const remainder = BigInt(`${bban}${lettersToDigits('SE')}00`) % 97n;
	return `SE${String(98n - remainder).padStart(2, '0')}${bban}`;
}

/** ISO 6166: country code, nine characters, Luhn digit over the letters converted to digits. */
export function isin(country: string, nine: string): string {
	return `${country}${nine}${luhnDigit(lettersToDigits(country + nine))}`;
}

function lettersToDigits(text: string): string {
	return [...text].map((character) => parseInt(character, 36).toString()).join('');
}
