import { round } from '../data/decimal';
import type { Random } from '../data/random';
import type { Account, Instrument, Position } from './objects';
import { cash, fund, order, type History, type Moment } from './pastBooking';

const DAY = 86_400_000;

/** Two years of saving on one account, in exactly `quota` transactions; leaves balance and positions on the account. */
export function liveThrough(
	account: Account,
	quota: number,
	tradable: [Instrument, ...Instrument[]],
	random: Random,
	history: History,
): void {
	const chosen: [Instrument, ...Instrument[]] = [random.pick(tradable), random.pick(tradable), random.pick(tradable)];
	const start = Date.parse(account.createdDate);
	let left = quota;
	for (let month = 0; left > 0; month += 1) {
		const at = start + DAY * (2 + month * 30) + random.integer(0, 9) * 3_600_000;
		const moment = { account, random, at, sequence: `${account.ref.slice(-6)}-${month + 1}` };
		const held = account.positions.find(({ units }) => units > 1);
		if (left < 3) retrocession(moment, history);
		else if (month % 7 === 6 && held !== undefined) sell(moment, held, history);
		else save(moment, random.pick(chosen), history);
		left -= left < 3 ? 1 : 3;
	}
}

function save(moment: Moment, instrument: Instrument, history: History): void {
	const { account, random, at } = moment;
	const deposit = random.integer(5, 200) * 100;
	history.cash.push(
		cash(moment, {
			transactionType: 'deposit',
			refType: 'text',
			ref: account.ref,
			creditAccount: account.id,
			amount: deposit,
		}),
	);
	account.amounts.deposited = (account.amounts.deposited ?? 0) + deposit;
	account.balance = round(account.balance + deposit, 2);

	const later = { ...moment, at: at + DAY };
	const amount = Math.max(100, Math.floor((account.balance * 0.8) / 100) * 100);
	const price = round(instrument.closePrice * (0.7 + random.next() * 0.3), 2);
	const units = round(amount / price, 4);
	const ref = order(later, { orderType: 'subscription', instrument: instrument.id, amount, units }, history);
	history.cash.push(cash(later, { transactionType: 'subscription', refType: 'order', ref, debitAccount: account.id, amount }));
	history.fund.push(fund(later, { transactionType: 'subscription', ref, instrument, units, price }));
	account.balance = round(account.balance - amount, 2);
	hold(account.positions, instrument, units, price);
}

function sell(moment: Moment, position: Position, history: History): void {
	const { account, at } = moment;
	const units = round(position.units * 0.3, 4);
	const price = position.closePrice;
	const amount = round(units * price, 2);
	const ref = order(moment, { orderType: 'redemption', instrument: position.instrument, amount, units }, history);
	const instrument = { id: position.instrument, isincode: position.instrument.slice(0, 12), currency: 'SEK' };
	history.cash.push(cash(moment, { transactionType: 'redemption', refType: 'order', ref, creditAccount: account.id, amount }));
	history.fund.push(fund(moment, { transactionType: 'redemption', ref, instrument, units, price }));
	position.units = round(position.units - units, 4);
	position.unitsSettled = position.units;
	position.value = round(position.units * position.closePrice, 2);

	const withdrawn = Math.floor(amount / 2);
	const later = { ...moment, at: at + 4 * DAY };
	history.cash.push(
		cash(later, {
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

function retrocession(moment: Moment, history: History): void {
	const amount = round(moment.random.integer(100, 9000) / 100, 2);
	history.cash.push(cash(moment, { transactionType: 'retrocession', refType: 'internal', creditAccount: moment.account.id, amount }));
	moment.account.balance = round(moment.account.balance + amount, 2);
}

function hold(positions: Position[], instrument: Instrument, units: number, price: number): void {
	const closePrice = instrument.closePrice;
	const known = positions.find((position) => position.instrument === instrument.id);
	if (known === undefined) {
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
	known.gav = round((known.gav * known.units + price * units) / (known.units + units), 4);
	known.units = round(known.units + units, 4);
	known.unitsSettled = known.units;
	known.value = round(known.units * closePrice, 2);
}
