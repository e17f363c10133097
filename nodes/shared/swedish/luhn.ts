/** Whether the last digit fits the ones before it by modulus 10 with the weights 2 and 1 from the right (Luhn, ISO/IEC 7812-1). */
export function luhn(digits: string): boolean {
	const sum = [...digits].reverse().reduce((total, digit, index) => {
		const value = Number(digit) * (index % 2 === 0 ? 1 : 2);
		return total + (value > 9 ? value - 9 : value);
	}, 0);
	return sum % 10 === 0;
}
