import { bankAccount, looksLikeIban } from './bankAccount';
import { bankgiro, plusgiro } from './giro';
import { looksLikePersonalNumber } from './identityNumber';

/** What the user sent with a call: numbers that a message may quote, and numbers that it may not. */
export interface SentNumbers {
	/** Texts that stay readable: references, names and amounts. */
	readonly readable: ReadonlySet<string>;
	/** Digits of accounts and persons, with the kind of each. */
	readonly sensitive: ReadonlyMap<string, Kind>;
}

type Kind = 'account' | 'person';

export const HIDDEN_NUMBER = '[number hidden]';
const account = (number: string) => `[account …${number.replace(/[^A-Za-z0-9]/g, '').slice(-4)}]`;

const UUID = String.raw`[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}`;
const TIME = String.raw`(?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:?\d\d)?`;
const DAY = String.raw`(?:19|20|21)\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])`;
const IP_ADDRESS = String.raw`\d{1,3}(?:\.\d{1,3}){3}(?::\d{1,5})?`;
/** Digits that name no person and no account: IDs, days, times and addresses of servers. */
const HARMLESS = new RegExp(
	String.raw`(?<![\w.])(?:${UUID}|${DAY}(?:[T ]${TIME})?|(?<![:/-])${TIME}|${IP_ADDRESS})(?!\w|[-.+:/ ]\d)`,
	'gi',
);
const WORD = /[^\s"'(),;<>[\]{}=]+/g;
/** IBANs may have spaces or hyphens between their characters. */
const IBAN_BEGINS = /(?<![A-Za-z0-9-])[A-Z]{2}\d{2}(?:[ -]?[A-Z0-9]){11,30}/gi;
/** Six digits or more, with at most two of the characters between them that people write in numbers. */
const DIGITS = /\d(?:[\s.:,/+\u2010-\u2015\u2212-]{0,2}\d){5,}/g;
const hasDigits = (text: string) => text.search(DIGITS) !== -1;

/** A readable text is taken out while numbers are hidden. Unicode gives these characters no meaning. */
const [OPEN, CLOSE] = ['\uE000', '\uE001'];
const PLACES = new RegExp(`${OPEN}([a-z]+)${CLOSE}`, 'g');
const asLetters = (index: number): string => [...String(index)].map((digit) => String.fromCharCode(97 + Number(digit))).join('');
const fromLetters = (letters: string) => Number([...letters].map((letter) => letter.charCodeAt(0) - 97).join(''));

/** Readable texts of several words that one message looks for. */
const MOST_PHRASES = 20;

/** The IBAN at the beginning of a text of at most 64 characters; words may follow it. */
function ibanIn(text: string): string | undefined {
	for (let end = text.length; end >= 15; end--) {
		const part = text.slice(0, end);
		if (/[A-Za-z0-9]$/.test(part) && !/^[A-Za-z0-9]/.test(text.slice(end)) && looksLikeIban(part)) return part;
	}
	return undefined;
}

const isAccount = (number: string) => [bankAccount, bankgiro, plusgiro].some((check) => check(number) === undefined);

function maskDigits(run: string, sensitive: SentNumbers['sensitive']): string {
	const digits = run.replace(/\D/g, '');
	const kind = sensitive.get(digits) ?? (run.length < 40 && !looksLikePersonalNumber(run) && isAccount(run) ? 'account' : 'person');
	return kind === 'account' ? account(digits) : HIDDEN_NUMBER;
}

function maskIban(match: string): string {
	const iban = ibanIn(match);
	return iban === undefined ? match : account(iban) + match.slice(iban.length);
}

const NOTHING_SENT: SentNumbers = { readable: new Set(), sensitive: new Map() };

/**
 * Hides numbers of persons and accounts in a message or a log: every run of six digits or more, whatever separates the digits,
 * except IDs, days, times and what is `readable`. The last four characters of an account remain. Linear in the length of the text.
 */
export function mask(text: string, { readable, sensitive }: SentNumbers = NOTHING_SENT): string {
	const kept: string[] = [];
	const keep = (part: string) => `${OPEN}${asLetters(kept.push(part) - 1)}${CLOSE}`;
	const keepWord = (word: string) => {
		const bare = readable.has(word) ? word : word.replace(/[.:!?]$/, '');
		return readable.has(bare) ? keep(bare) + word.slice(bare.length) : word;
	};
	const phrases = [...readable].filter((one) => one.match(WORD)?.[0] !== one).slice(0, MOST_PHRASES);
	return phrases
		.reduce((remaining, phrase) => remaining.replaceAll(phrase, keep), text.replace(/[\uE000\uE001]/g, ''))
		.replace(WORD, keepWord)
		.replace(HARMLESS, keep)
		.replace(IBAN_BEGINS, maskIban)
		.replace(DIGITS, (run) => maskDigits(run, sensitive))
		.replace(PLACES, (_, letters: string) => kept[fromLetters(letters)]);
}

/** Fields of request bodies and queries that hold numbers of persons and accounts, by contracts/*.openapi.yaml. */
const SENSITIVE: ReadonlyMap<string, Kind> = new Map([
	['executorRef', 'person'],
	['ssn', 'person'],
	['iban', 'account'],
	['value', 'account'],
]);
/** Fields whose values a message may quote. */
const READABLE = /^(?:clientRef|name|end_to_end_id|instrument|\w*amount|units)$/i;

/** The numbers of a request body or query, at any depth. `reference` stays readable too. */
export function sentNumbersIn(sent: unknown, reference?: string): SentNumbers {
	const readable = new Set<string>(reference === undefined ? [] : [reference]);
	const sensitive = new Map<string, Kind>();
	const collect = (value: unknown, name: string) => {
		if (typeof value === 'object' && value !== null) for (const [key, child] of Object.entries(value)) collect(child, key);
		else if (SENSITIVE.has(name)) sensitive.set(String(value).replace(/\D/g, ''), SENSITIVE.get(name) ?? 'person');
		else if (READABLE.test(name)) readable.add(String(value));
	};
	collect(sent, '');
	for (const text of readable) if (!hasDigits(text) || sensitive.has(text.replace(/\D/g, ''))) readable.delete(text);
	return { readable, sensitive };
}
