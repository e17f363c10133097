import { bankAccount, looksLikeIban } from './bankAccount';
import { bankgiro, plusgiro } from './giro';
import { looksLikePersonalNumber } from './identityNumber';

/** A number of a person or an account that a request contained. */
export interface SensitiveNumber {
	readonly number: string;
	readonly of: 'account' | 'person';
}

const PERSON = '[number hidden]';
const account = (number: string) => `[account …${number.replace(/[^A-Za-z0-9]/g, '').slice(-4)}]`;

/** The match is not part of a longer word or number. */
const BEFORE = String.raw`(?<![\w.:+-])`;
const AFTER = String.raw`(?!\w|[-.:]\w)`;
const alone = (pattern: string, flags = 'g') => new RegExp(`${BEFORE}${pattern}${AFTER}`, flags);

const PERSONAL_NUMBER = alone(String.raw`(?:18|19|20)?\d{6}[-+ ]?\d{4}`);
/** Clearing number and account number with a separator; a date does not match. */
const DIVIDED_ACCOUNT = alone(String.raw`(?!\d{4}-\d\d-\d\d(?!\d))\d{4}(?:-\d)?[-,] ?\d(?:[ -]?\d){5,13}`);
const BANKGIRO = alone(String.raw`\d{3,4}-\d{4}`);
const PLUSGIRO = alone(String.raw`(?:\d{5,7}|\d{1,3}(?: \d\d){1,3})-\d`);
/** A UUID can begin like an IBAN, even with matching check digits. */
const UUID = String.raw`[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}`;
const IBAN_BEGINS = new RegExp(`(?<![A-Za-z0-9-])(?!${UUID})[A-Z]{2}\\d{2}(?:[ -]?[A-Z0-9]){11,30}`, 'gi');

/** The IBAN at the beginning of a text; words may follow it. */
function ibanIn(text: string): string | undefined {
	for (let end = text.length; end >= 15; end--) {
		const part = text.slice(0, end);
		if (/[A-Za-z0-9]$/.test(part) && !/^[A-Za-z0-9]/.test(text.slice(end)) && looksLikeIban(part)) return part;
	}
	return undefined;
}

const maskIbans = (text: string) =>
	text.replace(IBAN_BEGINS, (match) => {
		const iban = ibanIn(match);
		return iban === undefined ? match : account(iban) + match.slice(iban.length);
	});

const maskSent = (text: string, sent: readonly SensitiveNumber[]) =>
	sent.reduce((remaining, { number, of }) => {
		const characters = number.replace(/[^A-Za-z0-9]/g, '');
		if (characters.length < 5) return remaining;
		const written = new RegExp(`(?<![A-Za-z0-9])${[...characters].join('[ ,-]*')}(?![A-Za-z0-9])`, 'gi');
		return remaining.replace(written, of === 'person' ? PERSON : account(characters));
	}, text);

/**
 * Hides numbers of persons and accounts in a message or a log: those with a known form and a matching check digit, and every number in
 * `sent`, whatever its form. The last four characters of an account remain.
 */
export function mask(text: string, sent: readonly SensitiveNumber[] = []): string {
	const maskIf = (isSensitive: (match: string) => boolean, masked: (match: string) => string) => (match: string) =>
		isSensitive(match) ? masked(match) : match;
	return maskIbans(maskSent(text, sent))
		.replace(
			PERSONAL_NUMBER,
			maskIf(looksLikePersonalNumber, () => PERSON),
		)
		.replace(
			DIVIDED_ACCOUNT,
			maskIf((match) => bankAccount(match) === undefined, account),
		)
		.replace(
			BANKGIRO,
			maskIf((match) => bankgiro(match) === undefined, account),
		)
		.replace(
			PLUSGIRO,
			maskIf((match) => plusgiro(match) === undefined, account),
		);
}

/** Fields of request bodies and queries that hold numbers of persons and accounts, by contracts/*.openapi.yaml. */
const NAMES: Readonly<Record<string, SensitiveNumber['of']>> = { executorRef: 'person', ssn: 'person', iban: 'account', value: 'account' };

/** The numbers of persons and accounts in a request body or query, at any depth. */
export function sensitiveNumbersIn(sent: unknown, name = ''): SensitiveNumber[] {
	if (typeof sent === 'string') return name in NAMES ? [{ number: sent, of: NAMES[name] }] : [];
	if (typeof sent !== 'object' || sent === null) return [];
	return Object.entries(sent).flatMap(([key, value]) => sensitiveNumbersIn(value, key));
}
