import { compare, isDecimal, sum } from '../../shared/core/decimal';
import type { ValuesOf } from '../../shared/fields/field';
import { foldCase, foldLookAlikes } from '../../shared/core/lookAlikes';
import { shownDay } from '../../shared/core/shownDay';
import { UserError } from '../../shared/core/userError';
import { mask } from '../../shared/swedish/masking';
import type { Batch } from './batch';
import { batchFingerprint } from './batch';
import type { expected, fourEyes, limitPerPayment } from './fields';

/** The conditions that must hold before a batch is created, submitted or approved. A condition that is left out is not checked. */
export type Controls = Partial<
	ValuesOf<typeof expected> & ValuesOf<typeof fourEyes> & ValuesOf<{ limitPerPayment: typeof limitPerPayment }>
>;

const nothingSent = (label: string, advice: string) => `'${label}' stopped this. Nothing was sent. ${advice}`;
const cannotCheck = (label: string, name: string) =>
	new UserError(
		`'${label}' cannot be checked`,
		`Finvis does not show '${name}' of this batch in a way that can be compared. Nothing was sent. Look at the batch in Finvis, or remove the field.`,
	);

function requireWithin(limit: string | undefined, label: string, amount: unknown, what: string, currency: unknown) {
	if (limit === undefined) return;
	if (!isDecimal(amount) || compare(amount, 0) < 0) throw cannotCheck(label, 'total_amount');
	if (compare(amount, limit) > 0)
		throw new UserError(
			`${what} ${String(amount)} ${String(currency ?? '')}, more than ${limit}`.replace(' ,', ','),
			nothingSent(label, 'If the amount is right, raise the limit or split the payments.'),
		);
}

/** Total, count, currency and limit of one batch. */
export function checkTotals(controls: Controls, { total_amount: total, payment_count: count, currency }: Batch) {
	const { expectedTotal, expectedCount, expectedCurrency, limitPerBatch } = controls;
	const advice = 'Compare the payments with their source, and correct what is wrong: a payment, or this value.';
	if (expectedTotal !== undefined) {
		if (!isDecimal(total)) throw cannotCheck('Expected Total', 'total_amount');
		if (compare(total, expectedTotal) !== 0)
			throw new UserError(`The payments come to ${String(total)}, not to ${expectedTotal}`, nothingSent('Expected Total', advice));
	}
	if (expectedCount !== undefined) {
		if (!isDecimal(count)) throw cannotCheck('Expected Count', 'payment_count');
		if (Number(count) !== expectedCount)
			throw new UserError(`There are ${String(count)} payments, not ${expectedCount}`, nothingSent('Expected Count', advice));
	}
	if (expectedCurrency !== undefined) {
		if (typeof currency !== 'string') throw cannotCheck('Expected Currency', 'currency');
		if (currency.toUpperCase() !== expectedCurrency.toUpperCase())
			throw new UserError(`The batch is in ${currency}, not in ${expectedCurrency}`, nothingSent('Expected Currency', advice));
	}
	requireWithin(limitPerBatch, 'Limit per Batch', total, 'The batch comes to', currency);
}

export function checkPayments({ limitPerPayment: limit }: Controls, amounts: readonly unknown[], currency: unknown) {
	amounts.forEach((amount, index) => requireWithin(limit, 'Limit per Payment', amount, `Payment ${index + 1} is`, currency));
}

const dayOf = (text: unknown) => (typeof text === 'string' ? shownDay(text) : undefined);
const isSameCurrency = (one: string | undefined, other: string | undefined) => one?.toUpperCase() === other?.toUpperCase();

/** The total of one execution date in one currency. `others` are all other batches that count. */
export function checkDay({ limitPerDay: limit }: Controls, batch: Batch, others: readonly Batch[]) {
	if (limit === undefined) return;
	const { execution_date: date, currency } = batch;
	const day = dayOf(date);
	if (day === undefined) throw cannotCheck('Limit per Day', 'execution_date');
	const unclear = others.find(
		(other) => dayOf(other.execution_date) === undefined || typeof other.currency !== 'string' || other.currency === '',
	);
	if (unclear !== undefined)
		throw cannotCheck('Limit per Day', dayOf(unclear.execution_date) === undefined ? 'execution_date' : 'currency');
	const sameDay = [batch, ...others.filter((other) => dayOf(other.execution_date) === day && isSameCurrency(other.currency, currency))];
	const amounts = sameDay.map(({ total_amount: amount }) => amount);
	if (!amounts.every((amount) => isDecimal(amount) && compare(amount, 0) >= 0)) throw cannotCheck('Limit per Day', 'total_amount');
	requireWithin(limit, 'Limit per Day', sum(amounts), `With this batch, ${day} comes to`, currency);
}

/** What people and programs put around an address: `<…>`, brackets, Markdown, the bar of Slack's `<mailto:…|…>`. Domains may have dots of other scripts. */
const AROUND_ADDRESS = /[^\p{L}\p{M}\p{N}@.%+_'\u00B7\u3002\u30FB-]+/u;

/**
 * An e-mail address, with a name around it or not, in one writing: a tag (`anna+bank@…`) and the Unicode form of the domain make
 * no other person. Undefined where the text has no address, several, or one that cannot be an address. Linear in the length of the text.
 */
function addressOf(person: string): string | undefined {
	const bare = person
		.toLowerCase()
		.replace(/^mailto:/, '')
		.replace(/\?.*$/, '');
	const found = new Set(bare.split(AROUND_ADDRESS).filter((part) => /.@./u.test(part)));
	const [address = ''] = found;
	const [, name, written] = /^[_']*([^@%]+)@([^@%]+)$/.exec(address) ?? [];
	if (found.size !== 1 || name === undefined) return undefined;
	const domain = written.replace(/[_']/g, '').split('.').filter(Boolean).join('.');
	return `${name.replace(/\+.*$/, '')}@${URL.canParse(`http://${domain}`) ? new URL(`http://${domain}`).hostname : domain}`;
}

/** Letters of two scripts in one word are how one name is made to look like another. */
const mixesScripts = (text: string) => /\p{Script=Latin}/u.test(text) && /(?=\p{L})\P{Script=Latin}/u.test(text);
const INVISIBLE = /[\p{Cf}\p{Cc}]/u;
/** Characters of a person that a message quotes. */
const MOST_SEEN = 50;
const NO_PERSON = /^(undefined|null|NaN|\[object \w+\])?$/;

function personIn(label: string, person: string): { address?: string; name: string } {
	const trimmed = person.trim();
	if (INVISIBLE.test(trimmed) || mixesScripts(trimmed))
		throw new UserError(`'${label}' has invisible characters or letters of two scripts`, 'Nothing was sent. Type the address again.');
	const words = foldCase(foldLookAlikes(trimmed)).match(/[\p{L}\p{N}]+/gu) ?? [];
	if (NO_PERSON.test(foldLookAlikes(trimmed)))
		throw new UserError(`'${label}' names no person`, 'Nothing was sent. Look at what its expression gives for this item.');
	return { address: addressOf(foldLookAlikes(trimmed)), name: words.sort().join(' ') };
}

/** Throws a UserError where the text has no e-mail address, or several, because no approval could be compared with it. */
export function requirePerson(label: string, person: string): void {
	if (personIn(label, person).address === undefined)
		throw new UserError(`'${label}' is not one e-mail address`, 'Nothing was sent. Enter the address of the person, e.g. anna@example.se.');
}

/**
 * Two people are two e-mail addresses. Names alone are compared where no person has an address, in any order of their words. A name
 * and an address, or names in two scripts, cannot be compared, and then nothing is sent.
 * @param initiators who prepared or asked for it, as far as it is known
 */
export function checkPeople({ approvedBy }: Controls, initiators: readonly string[]) {
	if (approvedBy === undefined) return;
	if (initiators.length === 0)
		throw new UserError("'Approved By' cannot be checked", "Nothing was sent. Enter in 'Prepared By' who prepared this.");
	const approver = personIn('Approved By', approvedBy);
	const others = initiators.map((one) => personIn('Prepared By', one));
	if (others.some(({ address, name }) => (approver.address === undefined ? name === approver.name : address === approver.address)))
		throw new UserError(
			'The person who prepared this may not approve it',
			nothingSent('Approved By', "Another person must approve it. Then enter that person's address in 'Approved By'."),
		);
	const isComparable = ({ address, name }: ReturnType<typeof personIn>) =>
		address === undefined ? approver.address === undefined && !mixesScripts(approver.name + name) : approver.address !== undefined;
	const other = initiators.find((_, index) => !isComparable(others[index]));
	if (other !== undefined)
		throw new UserError(
			`'Approved By' cannot be compared with who prepared this: '${mask(other.slice(0, MOST_SEEN))}'`,
			"Nothing was sent. Give 'Approved By' and 'Prepared By' as e-mail addresses. Where Finvis itself names a client or a name, approve at Finvis.",
		);
}

export function checkFingerprint({ batchFingerprint: expected }: Controls, batch: Batch) {
	if (expected === undefined) return;
	const now = batchFingerprint(batch);
	if (now === undefined) throw cannotCheck('Batch Fingerprint', 'updated_at');
	if (now !== expected)
		throw new UserError(
			'The batch was changed after it was reviewed',
			nothingSent('Batch Fingerprint', 'Look at the batch in Finvis, and have it approved again as it is now.'),
		);
}
