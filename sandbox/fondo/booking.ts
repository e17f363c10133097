import { round } from '../state/decimal';
import type { FondoContext } from './context';
import type { Account, CashTransaction, FundTransaction } from './objects';

const DAY = 86_400_000;

/** Identifiers and dates of an object created at `at`. */
export function newEntity(context: FondoContext, at = context.clock.now()) {
	const date = context.clock.iso(at);
	return {
		id: context.random.uuid(),
		sortedId: context.random.nextUlid(context.clock.now()),
		createdDate: date,
		modifiedDate: date,
	};
}

type CashBooking = Pick<
	CashTransaction,
	'transactionType' | 'amount' | 'ref' | 'refType' | 'creditAccount' | 'debitAccount' | 'clientRef' | 'executorRef'
>;
type FundBooking = Pick<
	FundTransaction,
	'transactionType' | 'account' | 'instrument' | 'units' | 'price' | 'ref' | 'clientRef' | 'executorRef'
>;

export function bookCash(context: FondoContext, booking: CashBooking, at = context.clock.now()): CashTransaction {
	const { id, sortedId, ...dates } = newEntity(context, at);
	return context.store.cash.add({
		id,
		sortedId,
		aborted: false,
		...booking,
		currency: 'SEK',
		...dates,
		settlementDate: context.clock.iso(at + DAY),
	});
}

export function bookFund(context: FondoContext, booking: FundBooking, at: number): FundTransaction {
	const { id, sortedId, ...dates } = newEntity(context, at);
	const identifier = booking.instrument.slice(0, 12);
	const settled = context.clock.iso(at);
	return context.store.fund.add({
		id,
		sortedId,
		aborted: false,
		...booking,
		refType: 'order',
		identifier,
		currency: 'SEK',
		...dates,
		tradeDate: settled,
		settlementDate: settled,
	});
}

/** Adds `change` to the cash of an account; a withdrawal is negative. */
export function changeBalance(context: FondoContext, account: Account, change: number, at = context.clock.now()): Account {
	const now = context.store.accounts.get(account.id) ?? account;
	return context.store.accounts.update(now, {
		balance: round(now.balance + change, 2),
		modifiedDate: context.clock.iso(at),
	});
}

/** Adds to the account's total of deposits or withdrawals. */
export function addToTotals(context: FondoContext, account: Account, total: 'deposited' | 'withdrawn', amount: number): void {
	const now = context.store.accounts.get(account.id) ?? account;
	context.store.accounts.update(now, {
		amounts: { ...now.amounts, [total]: round((now.amounts[total] ?? 0) + amount, 2) },
	});
}

/** Adds `units` to a position and `settled` to its settled units; a sale is negative. */
export function changePosition(
	context: FondoContext,
	account: Account,
	{ instrument, units, price, settled, at }: { instrument: string; units: number; price: number; settled: number; at: number },
): void {
	const now = context.store.accounts.get(account.id) ?? account;
	const existing = now.positions.find((position) => position.instrument === instrument);
	const before = existing ?? { instrument, units: 0, unitsSettled: 0, value: 0, closePrice: price, gav: price };
	const after = round(before.units + units, 7);
	const position = {
		...before,
		units: after,
		unitsSettled: round(before.unitsSettled + settled, 7),
		value: round(after * before.closePrice, 2),
		gav: units > 0 ? round((before.gav * before.units + price * units) / after, 4) : before.gav,
	};
	const others = now.positions.filter((other) => other.instrument !== instrument);
	const positions = position.units === 0 && position.unitsSettled === 0 ? others : [...others, position];
	context.store.accounts.update(now, { positions, modifiedDate: context.clock.iso(at) });
}
