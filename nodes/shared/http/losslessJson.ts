const NUMBER = /-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;
/** Requires a character before the number, because V8 runs an alternative with `^` less than half as fast. */
const LONG_NUMBER = /[:[,][\s-]*\d(?:[\d.]{15}|[\d.]*[eE])/;
const ONLY_A_NUMBER = /^\s*-?\d/;
const mayLoseDigits = (text: string) => LONG_NUMBER.test(text) || ONLY_A_NUMBER.test(text);

/**
 * Parses JSON without losing digits: a number that a double cannot hold exactly becomes a string.
 * Returns text that is not JSON unchanged, and undefined for an empty text.
 */
export function parseLossless(text: string): unknown {
	if (text.trim() === '') return undefined;
	try {
		return JSON.parse(mayLoseDigits(text) ? outsideStrings(text, (part) => part.replace(NUMBER, keepDigits)) : text);
	} catch {
		return text;
	}
}

/** Applies `change` to a JSON text outside its strings. A regular expression over strings would exhaust the stack on a long one. */
function outsideStrings(text: string, change: (part: string) => string): string {
	const parts: string[] = [];
	let from = 0;
	for (;;) {
		const opening = text.indexOf('"', from);
		if (opening === -1) return parts.join('') + change(text.slice(from));
		let closing = opening;
		do closing = text.indexOf('"', closing + 1);
		while (closing !== -1 && isEscaped(text, closing));
		if (closing === -1) return text;
		parts.push(change(text.slice(from, opening)), text.slice(opening, closing + 1));
		from = closing + 1;
	}
}

/** Whether an odd number of backslashes precedes a position. */
function isEscaped(text: string, position: number): boolean {
	let first = position;
	while (text[first - 1] === '\\') first -= 1;
	return (position - first) % 2 === 1;
}

/** A token in quotes when a double does not hold all of its digits. */
function keepDigits(token: string): string {
	const number = Number(token);
	if (!Number.isFinite(number)) return `"${token}"`;
	if (significantDigits(token) <= 15) return token;
	return String(number) === token ? token : `"${token}"`;
}

/** The digits of a JSON number without leading zeros, and without zeros at the end of its decimals. A loop, because `/0+$/` takes quadratic time. */
function significantDigits(token: string): number {
	const [mantissa] = token.split(/[eE]/, 1);
	const [whole, fraction = ''] = mantissa.replace('-', '').split('.');
	let end = fraction.length;
	while (fraction[end - 1] === '0') end -= 1;
	const digits = whole + fraction.slice(0, end);
	let first = 0;
	while (digits[first] === '0') first += 1;
	return digits.length - first;
}
