import { round } from '../../state/decimal';
import type { Random } from '../../state/random';
import type { Account, Instrument, Position } from '../objects';
import { addOrder, type BookingTime, cashTransaction, fundTransaction, type History } from './pastBookings';

const DAY = 86_400_000;

/** Adds two years of saving on one account, in exactly `count` transactions, and sets balance and positions of the account. */
export function seedHistory(
	account: Account,
	count: number,
	tradable: [Instrument, ...Instrument[]],
	random: Random,
	history: History,
): void {
	const chosen: [Instrument, ...Instrument[]] = [random.pick(tradable), random.pick(tradable), random.pick(tradable)];
	const start = Date.parse(account.createdDate);
	let left = count;
	for (let month = 0; left > 0; month += 1) {
		const at = start + DAY * (2 + month * 30) + random.integer(0, 9) * 3_600_000;
		const time = { account, random, at, sequence: `${account.ref.slice(-6)}-${month + 1}` };
		const position = account.positions.find(({ units }) => units > 1);
		if (left < 3) retrocession(time, history);
		else if (month % 7 === 6 && position !== undefined) sell(time, position, history);
		else save(time, random.pick(chosen), history);
		left -= left < 3 ? 1 : 3;
	}
}

function save(time: BookingTime, instrument: Instrument, history: History): void {
	const { account, random, at } = time;
	const deposit = random.integer(5, 200) * 100;
	history.cash.push(
		cashTransaction(time, {
			transactionType: 'deposit',
			refType: 'text',
			ref: account.ref,
			creditAccount: account.id,
			amount: deposit,
		}),
	);
	account.amounts.deposited = (account.amounts.deposited ?? 0) + deposit;
	account.balance = round(account.balance + deposit, 2);

	const later = { ...time, at: at + DAY };
	const amount = Math.max(100, Math.floor((account.balance * 0.8) / 100) * 100);
	const price = round(instrument.closePrice * (0.7 + random.next() * 0.3), 2);
	const units = round(amount / price, 4);
	const ref = addOrder(later, { orderType: 'subscription', instrument: instrument.id, amount, units }, history);
	history.cash.push(cashTransaction(later, { transactionType: 'subscription', refType: 'order', ref, debitAccount: account.id, amount }));
	history.fund.push(fundTransaction(later, { transactionType: 'subscription', ref, instrument, units, price }));
	account.balance = round(account.balance - amount, 2);
	addToPosition(account.positions, instrument, units, price);
}

function sell(time: BookingTime, position: Position, history: History): void {
	const { account, at } = time;
	const units = round(position.units * 0.3, 4);
	const price = position.closePrice;
	const amount = round(units * price, 2);
	const ref = addOrder(time, { orderType: 'redemption', instrument: position.instrument, amount, units }, history);
	const instrument = { id: position.instrument, isincode: position.instrument.slice(0, 12), currency: 'SEK' };
	history.cash.push(cashTransaction(time, { transactionType: 'redemption', refType: 'order', ref, creditAccount: account.id, amount }));
	history.fund.push(fundTransaction(time, { transactionType: 'redemption', ref, instrument, units, price }));
	position.units = round(position.units - units, 4);
	position.unitsSettled = position.units;
	position.value = round(position.units * position.closePrice, 2);

	const withdrawn = Math.floor(amount / 2);
	const later = { ...time, at: at + 4 * DAY };
	history.cash.push(
		cashTransaction(later, {
			transactionType: 'withdrawal',
			refType: 'external',
			ref: account.bankAccounts[0]?.iban,
			debitAccount: account.id,
			amount: withdrawn,
		}),
	);
	account.amounts.withdrawn = (account.amounts.withdrawn ?? 0) + withdrawn;
	account.balance = round(account.balance + amount - withdrawn, 2);
}

function retrocession(time: BookingTime, history: History): void {
	const amount = round(time.random.integer(100, 9000) / 100, 2);
	history.cash.push(
		cashTransaction(time, { transactionType: 'retrocession', refType: 'internal', creditAccount: time.account.id, amount }),
	);
	time.account.balance = round(time.account.balance + amount, 2);
}

function addToPosition(positions: Position[], instrument: Instrument, units: number, price: number): void {
	const closePrice = instrument.closePrice;
	const existing = positions.find((position) => position.instrument === instrument.id);
	if (existing === undefined) {
		positions.push({
			instrument: instrument.id,
			units,
			unitsSettled: units,
			value: round(units * closePrice, 2),
			closePrice,
			gav: price,
		});
		return;
	}
	existing.gav = round((existing.gav * existing.units + price * units) / (existing.units + units), 4);
	existing.units = round(existing.units + units, 4);
	existing.unitsSettled = existing.units;
	existing.value = round(existing.units * closePrice, 2);
}
