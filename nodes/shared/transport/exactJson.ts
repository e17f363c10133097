const TOKEN = /"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;
const LONG_NUMBER = /(?:^|[:[,])\s*-?(?:[\d.]{16}|[\d.]+[eE])/;

/**
 * Parses JSON without losing digits: a number that JavaScript cannot hold exactly stays text.
 * A text that is not JSON comes back as it is, an empty one as undefined.
 */
export function parseExact(text: string): unknown {
	if (text.trim() === '') return undefined;
	try {
		return JSON.parse(LONG_NUMBER.test(text) ? text.replace(TOKEN, keepDigits) : text);
	} catch {
		return text;
	}
}

function keepDigits(token: string): string {
	if (token.startsWith('"')) return token;
	if (!Number.isFinite(Number(token))) return `"${token}"`;
	const mantissa = token.replace(/[eE].*$/, '').replace(/(\.\d*?)0+$/, '$1');
	const digits = mantissa.replace(/\D/g, '').replace(/^0+/, '');
	if (digits.length <= 15) return token;
	return String(Number(token)) === token ? token : `"${token}"`;
}
