/** Pairs of texts: the same thing in another writing, or another thing that only looks alike. */
import fc from 'fast-check';

export interface Pair<T = string> {
	readonly one: T;
	readonly other: T;
	readonly isSame: boolean;
}

/** A change of a text; `at` chooses a place or a character. */
type Change = (text: string, at: number) => string;

const SPACES = ['\u00A0', '\u2009', '\u202F', '\u3000', '  '];
const HYPHENS = ['\u2010', '\u2011', '\u2012', '\u2013', '\u2212', '\uFF0D'];
const INVISIBLE = ['\u200B', '\u2060', '\uFEFF', '\u00AD', '\uFE0F'];
/** Letters of the Cyrillic and the Greek script that look like Latin ones. */
const OTHER_SCRIPTS: Readonly<Record<string, string>> = {
	A: 'А',
	B: 'Β',
	C: 'С',
	E: 'Е',
	N: 'Ν',
	O: 'О',
	P: 'Р',
	a: 'а',
	c: 'с',
	e: 'е',
	o: 'о',
	p: 'р',
};

const pick = <T>(all: readonly T[], at: number): T => all[at % all.length];
const splice = (text: string, at: number, length: number, instead: string) => text.slice(0, at) + instead + text.slice(at + length);
const placesOf = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].map(({ index }) => index);
/** Changes one of the places where a text has the pattern; the text itself where it has none. */
const oneOf =
	(pattern: RegExp, length: number, instead: (found: string, at: number) => string): Change =>
	(text, at) => {
		const places = placesOf(text, pattern);
		if (places.length === 0) return text;
		const place = pick(places, at);
		return splice(text, place, length, instead(text.slice(place, place + length), at));
	};

/** Changes of writing. */
export const otherSpaces: Change = (text, at) => text.replace(/ /g, pick(SPACES, at));
export const otherHyphens: Change = (text, at) => text.replace(/-/g, pick(HYPHENS, at));
export const invisible: Change = (text, at) => splice(text, at % (text.length + 1), 0, pick(INVISIBLE, at));
export const decomposed: Change = (text) => text.normalize('NFD');
/** An invisible character between a letter and its mark. */
export const splitMarks: Change = (text, at) => text.normalize('NFD').replace(/(?=\p{M})/gu, pick(INVISIBLE, at));
export const spacesAround: Change = (text, at) => `${pick(SPACES, at)}${text} `;
export const fullWidth: Change = (text) => text.replace(/[!-~]/g, (one) => String.fromCharCode(one.charCodeAt(0) + 0xfee0));
export const upperCase: Change = (text) => text.toUpperCase();
export const lowerCase: Change = (text) => text.toLowerCase();
export const inGroups: Change = (text) => text.replace(/[^\p{L}\p{N}]/gu, '').replace(/(.{4})(?=.)/gu, '$1 ');
export const unseparated: Change = (text) => text.replace(/[^\p{L}\p{N}]/gu, '');

/** Changes into something else. */
export const otherDigit = oneOf(/\d/g, 1, (digit, at) => String((Number(digit) + 1 + (at % 9)) % 10));
export const swappedDigits = oneOf(/(\d)(?=(?!\1)\d)/g, 2, ([first, second]) => second + first);
export const otherScript = oneOf(new RegExp(`[${Object.keys(OTHER_SCRIPTS).join('')}]`, 'g'), 1, (letter) => OTHER_SCRIPTS[letter]);
export const inOtherScript: Change = (text) => text.replace(/./gu, (letter) => OTHER_SCRIPTS[letter] ?? letter);
export const leadingZero = oneOf(/\d+/g, 0, () => '0');
export const footnote = oneOf(/\d(?!.*\d)/g, 1, (digit) => pick([...'⁰¹²³⁴⁵⁶⁷⁸⁹'], Number(digit)));
export const letterForDigit = oneOf(/[015]/g, 1, (digit) => ({ 0: 'O', 1: 'l', 5: 'S' })[digit] ?? digit);
export const withoutHyphen = oneOf(/-/g, 1, () => '');

/** Pairs made from a text by changes of writing, or by changes into something else. */
export const pairsOf = (text: fc.Arbitrary<string>, writings: readonly Change[], others: readonly Change[]): fc.Arbitrary<Pair> =>
	fc
		.tuple(text, fc.boolean(), fc.nat(1_000), fc.nat(1_000), fc.nat(1_000))
		.map(([one, isSame, at, first, second]): Pair => {
			const changed = isSame ? pick(writings, second)(pick(writings, first)(one, at), at) : pick(others, first)(one, at);
			return { one, other: changed, isSame };
		})
		.filter(({ one, other, isSame }) => isSame || one !== other);

export const digits = (count: number) => fc.stringMatching(new RegExp(`^[1-9]\\d{${count - 1}}$`));

/** Takes the place of a number that no other try has, so that tries share no reference. */
const NUMBER = '§';
export const numbered = (text: string, number: number) => text.replace(NUMBER, String(number));

/** A text as people name invoices: `Café-§2026 042`. */
export const invoice = fc
	.tuple(fc.constantFrom('INV', 'BACON', 'Café', 'Åre'), digits(4), digits(3))
	.map(([word, year, number]) => `${word}-${NUMBER}${year} ${number}`);

export const ocr = digits(12);
export const payee = fc.constantFrom('Nordic Supplies AB', 'Åkeri & Son AB', 'Café Noir', 'Straße GmbH');

export const accounts = {
	bankgiro: digits(8).map((text) => splice(text, 4, 0, '-')),
	plusgiro: digits(7).map((text) => splice(text, 6, 0, '-')),
	bban: digits(13).map((text) => splice(text, 4, 0, '-')),
	iban: fc.oneof(
		digits(22).map((text) => `SE${text}`),
		// Letters in the national part.
		digits(16).map((text) => `GB${splice(text, 2, 0, 'NWBK')}`),
	),
};

const swappedLetters = oneOf(/([a-z])(?=(?!\1)[a-z])/g, 2, ([first, second]) => second + first);

/** People by address or by name. */
export const people = fc.oneof(
	pairsOf(
		fc.constantFrom('anna.ekonomi@example.se', 'bo_2@exämple.se', "o'neil@bank.example.com"),
		[
			upperCase,
			spacesAround,
			fullWidth,
			decomposed,
			(text) => (text.includes('<') ? text : `Anna Ekonomi <${text}>`),
			(text) => (/[:<]/.test(text) ? text : `mailto:${text}`),
			(text, at) => (/[+<]/.test(text) ? text : text.replace('@', `+${at}@`)),
		],
		[swappedLetters, (text, at) => text.replace('@', `${at}@`), (text) => text.replace(/\.\w+$/, '.nu')],
	),
	pairsOf(
		fc.constantFrom('Anna-Lena Ekonomi', 'Bo Öberg', 'Sven Groß'),
		[upperCase, lowerCase, otherSpaces, otherHyphens, spacesAround, decomposed, (text) => text.replace(/^(\S+) ([^\s,]+)$/, '$2, $1')],
		[swappedLetters, (text) => text.replace(/.$/, ''), (text) => `${text} Jr`],
	),
);

/** Decimal amounts, as text or number; the first is at most `most` öre. */
export const amounts = (most: number): fc.Arbitrary<Pair<string | number>> =>
	fc
		.tuple(fc.integer({ min: 101, max: most }), fc.boolean(), fc.nat(3))
		.chain(([ore, isSame, how]) => {
			const one = (ore / 100).toFixed(2);
			const bare = String(ore / 100);
			const same = [bare, Number(bare), fullWidth(one, 0), `00${one}`];
			const others = [String(ore), ((ore + 1) / 100).toFixed(2), swappedDigits(one, how), otherDigit(one, how)];
			return fc.constant({ one, other: isSame ? same[how] : others[how], isSame });
		})
		.filter(({ one, other, isSame }) => isSame || (Number(one) !== Number(other) && Number(other) > 0));
