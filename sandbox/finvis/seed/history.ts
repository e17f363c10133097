import { withLuhn } from '../../state/checkDigits';
import { decimal, formatDecimal } from '../../state/decimal';
import type { Random } from '../../state/random';
import type { Account, Match, Transaction } from '../objects';

const HOUR = 3_600_000;
const YEAR_HOURS = 8_700;
const FIRST_BOOKING = Date.UTC(2025, 0, 2, 5);

const SUPPLIERS: [string, ...string[]] = [
	'Vattenfall Företag AB',
	'Telia Sverige AB',
	'PostNord Sverige AB',
	'Fastighets AB Lejonet',
	'Skellefteå Kraft AB',
	'Lantmännen ek för',
	'Bokföringsbyrån Siffran AB',
	'Skatteverket',
	'Städbolaget Glans AB',
	'Dustin Sverige AB',
];
const CUSTOMERS: [string, ...string[]] = [
	'Region Västerbotten',
	'Umeå kommun',
	'Byggmästarna i Luleå AB',
	'Hotell Älven AB',
	'Sågverket Tallmon AB',
	'Restaurang Norrsken AB',
	'Livs i Vasastan AB',
	'Kiruna Gruvservice AB',
];

/** A year of bookings on one account, in exactly `count` transactions. Sets the balances of the account to their result. */
export function seedTransactions(account: Account, count: number, random: Random): Transaction[] {
	const ore = 100_000_000n;
	let balance = decimal(random.integer(400, 4000) * 1000);
	const step = YEAR_HOURS / count;
	const transactions = Array.from({ length: count }, (_, index): Transaction => {
		const at = FIRST_BOOKING + Math.floor((index + random.next() * 0.9) * step) * HOUR;
		const incoming = random.next() < 0.3;
		const size = BigInt(random.integer(50_000, incoming ? 15_000_000 : 6_000_000)) * ore;
		// An amount that would overdraw the account becomes an incoming payment.
		const amount = incoming || balance - size < decimal(50_000) ? size : -size;
		balance += amount;
		const date = new Date(at).toISOString();
		return {
			id: random.uuid(),
			account_id: account.id,
			booking_date: date.slice(0, 10),
			value_date: date.slice(0, 10),
			amount: formatDecimal(amount),
			currency: account.currency,
			counterparty_name: random.pick(amount > 0n ? CUSTOMERS : SUPPLIERS),
			reference: withLuhn(`2025${random.digits(5)}`),
			created_at: date,
		};
	});
	account.booked_balance = formatDecimal(balance);
	account.available_balance = formatDecimal(balance - decimal(random.integer(0, 20) * 1000));
	return transactions;
}

/** Suggested matches of incoming payments with invoices; some already have a decision. */
export function seedMatches(transactions: Transaction[], count: number, random: Random): Match[] {
	const incoming = transactions.filter(({ amount }) => !amount.startsWith('-')).slice(-count);
	return incoming.map((transaction, index): Match => {
		const status = index % 6 === 0 ? 'confirmed' : index % 17 === 1 ? 'rejected' : 'suggested';
		const created = Date.parse(transaction.created_at) + HOUR;
		return {
			id: random.uuid(),
			status,
			transaction_id: transaction.id,
			target_type: 'invoice',
			target_reference: transaction.reference ?? '',
			amount: transaction.amount,
			currency: transaction.currency,
			confidence: random.integer(60, 99) / 100,
			created_at: new Date(created).toISOString(),
			confirmed_at: status === 'confirmed' ? new Date(created + 26 * HOUR).toISOString() : null,
		};
	});
}
