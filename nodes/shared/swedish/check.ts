/**
 * Checks one number. Returns why the text cannot be such a number, or undefined when it can. The reason follows the field's name
 * in a message and never repeats the number.
 */
export type Check = (text: string) => string | undefined;

/** What happens when a check fails: refuse before sending (`stop`), send and report it (`warn`), or skip all checks (`off`). */
export type CheckMode = 'stop' | 'warn' | 'off';

/** Labels of the option Swedish Checks by stored value. */
export const CHECK_MODES: Readonly<Record<CheckMode, string>> = { off: 'Off', stop: 'Stop', warn: 'Warn' };

/** Whether the last digit is the check digit of the digits before it: modulus 10, weights 2 and 1 from the right (Luhn, ISO/IEC 7812-1). */
export function luhn(digits: string): boolean {
	const sum = [...digits].reverse().reduce((total, digit, index) => {
		const value = Number(digit) * (index % 2 === 0 ? 1 : 2);
		return total + (value > 9 ? value - 9 : value);
	}, 0);
	return sum % 10 === 0;
}
