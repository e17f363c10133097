import { foldLookAlikes } from './lookAlikes';
import { UserError } from './userError';

/** What an n8n expression leaves behind when a part of it is missing. */
const LEFTOVER = /(?:^|[^\p{L}\p{N}])(undefined|null|NaN|\[object [A-Z]\w*\])(?![\p{L}\p{N}])/u;
/** How a spreadsheet shows a number that is too long for its column, e.g. `2,02604E+11`. The digits behind it are lost. */
const EXPONENT = /^[+-]?\d+(?:[.,]\d+)?E[+-]\d+$/i;
/** What å, ä and ö become in the wrong encoding: `\uFFFD` for a text of Excel read as UTF-8, `\u00C3\u00A5` for UTF-8 read as Latin1 or windows-1252. */
const DAMAGED = /\uFFFD|\u00C3[\u0080-\u009F\u00A1-\u00BF\u0152-\u0178\u02C6\u02DC\u2013-\u203A\u20AC\u2122]/u;

/** What is wrong with a text that was read in the wrong encoding; undefined for any other text. */
export function wrongEncodingOf(text: string): UserError | undefined {
	const [damaged] = DAMAGED.exec(text) ?? [];
	if (damaged === undefined) return undefined;
	const encoding = damaged.length === 1 ? 'Latin1, as Excel writes' : 'UTF-8';
	return new UserError(
		`has '${damaged}', because the file was read in the wrong encoding`,
		`In 'Extract from File' set 'Encoding' to ${encoding}, and run this again.`,
	);
}

const AS_TEXT = 'Give one text. In an expression, name one field of the item; in a spreadsheet, format the column as text.';

/** The word that an expression leaves behind in a text when a part is missing; undefined when there is none. */
const leftoverIn = (text: string): string | undefined => LEFTOVER.exec(text)?.[1];

/** Whether a text has a line break, a tab or another character that no form shows. */
export const hasControlCharacter = (text: string) => /[\p{Cc}\u2028\u2029]/u.test(text);

/** Whether a number may have lost digits: JavaScript holds 15 digits of any number, and every integer up to 2^53. */
export function hasLostDigits(value: number): boolean {
	if (Number.isInteger(value)) return !Number.isSafeInteger(value);
	const written = String(value);
	return !Number.isFinite(value) || written.includes('e') || written.replace(/\D/g, '').replace(/^0+/, '').length > 15;
}

const kindOf = (value: unknown) => (Array.isArray(value) ? 'a list' : value === true || value === false ? `'${value}'` : 'an object');

/**
 * The text that a user means by a raw value of the panel or of an expression, trimmed. Returns a UserError whose message follows
 * the field's name for what is not a text: objects, lists, booleans, numbers that have lost digits, and damaged texts.
 */
export function plainText(value: unknown): string | UserError {
	if (typeof value === 'number') {
		if (Number.isNaN(value)) return new UserError("is 'NaN', which is not a text", AS_TEXT);
		return hasLostDigits(value)
			? new UserError('is a number of so many digits that some were lost before it came here', AS_TEXT)
			: String(value);
	}
	if (typeof value === 'bigint') return String(value);
	if (typeof value !== 'string') return new UserError(`is ${kindOf(value)}, not a text`, AS_TEXT);
	const text = value.trim();
	// What UTF-8 becomes in Latin1 may be meant in a reference or an ID. Names and messages are checked for it.
	const wrongEncoding = text.includes('\uFFFD') ? wrongEncodingOf(text) : undefined;
	if (wrongEncoding) return wrongEncoding;
	const leftover = isJson(text) ? undefined : leftoverIn(text);
	if (leftover !== undefined)
		return new UserError(
			`has '${leftover}' in it, which an expression leaves behind when a value is missing`,
			'A field that the expression reads is missing or empty: correct its name, or fill it in.',
		);
	if (EXPONENT.test(foldLookAlikes(text)))
		return new UserError(
			`is '${text}', a number that a spreadsheet has shortened`,
			'Format the column as text in the spreadsheet and enter the number again.',
		);
	return text;
}

/** Whether a text is a JSON object or list. Such a text may have `null` in it. */
function isJson(text: string): boolean {
	// The ends first: an error of JSON.parse in a long text is slow.
	if (!(text.startsWith('{') && text.endsWith('}')) && !(text.startsWith('[') && text.endsWith(']'))) return false;
	try {
		JSON.parse(text);
		return true;
	} catch {
		return false;
	}
}
