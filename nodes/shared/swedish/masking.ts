import { bankAccount } from './bankAccount';
import { bankgiro, plusgiro } from './giro';
import { looksLikeIban } from './iban';
import { looksLikePersonalNumber } from './personalNumber';

/** A number that was sent, and what it is the number of. */
export interface Sent {
	readonly number: string;
	readonly of: 'account' | 'person';
}

const PERSON = '[number hidden]';
const account = (number: string) => `[account …${number.replace(/[^A-Za-z0-9]/g, '').slice(-4)}]`;

/** Nothing that belongs to a longer word or number stands before or after. */
const BEFORE = String.raw`(?<![\w.:+-])`;
const AFTER = String.raw`(?!\w|[-.:]\w)`;
const alone = (pattern: string, flags = 'g') => new RegExp(`${BEFORE}${pattern}${AFTER}`, flags);

const PERSONAL_NUMBER = alone(String.raw`(?:18|19|20)?\d{6}[-+ ]?\d{4}`);
/** Clearing number and account number, divided; a date is no account. */
const DIVIDED_ACCOUNT = alone(String.raw`(?!\d{4}-\d\d-\d\d(?!\d))\d{4}(?:-\d)?[-,] ?\d(?:[ -]?\d){5,13}`);
const BANKGIRO = alone(String.raw`\d{3,4}-\d{4}`);
const PLUSGIRO = alone(String.raw`(?:\d{5,7}|\d{1,3}(?: \d\d){1,3})-\d`);
/** A UUID may begin as an IBAN does, with the right check digits too. */
const UUID = String.raw`[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}`;
const IBAN_BEGINS = new RegExp(`(?<![A-Za-z0-9-])(?!${UUID})[A-Z]{2}\\d{2}(?:[ -]?[A-Z0-9]){11,30}`, 'gi');

/** The IBAN at the beginning of letters and digits that may hold words after it. */
function ibanIn(text: string): string | undefined {
	for (let end = text.length; end >= 15; end--) {
		const part = text.slice(0, end);
		if (/[A-Za-z0-9]$/.test(part) && !/^[A-Za-z0-9]/.test(text.slice(end)) && looksLikeIban(part)) return part;
	}
	return undefined;
}

const withoutIbans = (text: string) =>
	text.replace(IBAN_BEGINS, (found) => {
		const iban = ibanIn(found);
		return iban === undefined ? found : account(iban) + found.slice(iban.length);
	});

const withoutSent = (text: string, sent: readonly Sent[]) =>
	sent.reduce((rest, { number, of }) => {
		const signs = number.replace(/[^A-Za-z0-9]/g, '');
		if (signs.length < 5) return rest;
		const written = new RegExp(`(?<![A-Za-z0-9])${[...signs].join('[ ,-]*')}(?![A-Za-z0-9])`, 'gi');
		return rest.replace(written, of === 'person' ? PERSON : account(signs));
	}, text);

/**
 * Hides numbers of persons and accounts in a message or a log: those that are known by their form and check digit, and those
 * that were sent, whatever they look like. The last four characters of an account stay.
 */
export function mask(text: string, sent: readonly Sent[] = []): string {
	const when = (check: (found: string) => boolean, as: (found: string) => string) => (found: string) => (check(found) ? as(found) : found);
	return withoutIbans(withoutSent(text, sent))
		.replace(
			PERSONAL_NUMBER,
			when(looksLikePersonalNumber, () => PERSON),
		)
		.replace(
			DIVIDED_ACCOUNT,
			when((found) => bankAccount(found) === undefined, account),
		)
		.replace(
			BANKGIRO,
			when((found) => bankgiro(found) === undefined, account),
		)
		.replace(
			PLUSGIRO,
			when((found) => plusgiro(found) === undefined, account),
		);
}

/** Under which names the APIs carry numbers of persons and accounts. */
const NAMES: Readonly<Record<string, Sent['of']>> = { executorRef: 'person', ssn: 'person', iban: 'account', value: 'account' };

/** The numbers of persons and accounts in what is sent. */
export function numbersIn(sent: unknown, name = ''): Sent[] {
	if (typeof sent === 'string') return name in NAMES ? [{ number: sent, of: NAMES[name] }] : [];
	if (typeof sent !== 'object' || sent === null) return [];
	return Object.entries(sent).flatMap(([key, value]) => numbersIn(value, key));
}
