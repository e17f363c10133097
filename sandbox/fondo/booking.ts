import { round } from '../data/decimal';
import type { World } from '../world';
import type { Account, CashTransaction, FundTransaction } from './objects';

const DAY = 86_400_000;

/** Fresh identifiers and times of an object made at `at`. */
export function born(world: World, at = world.clock.now()) {
	const date = world.clock.iso(at);
	return {
		id: world.random.uuid(),
		sortedId: world.random.nextUlid(world.clock.now()),
		createdDate: date,
		modifiedDate: date,
	};
}

type CashFacts = Pick<
	CashTransaction,
	'transactionType' | 'amount' | 'ref' | 'refType' | 'creditAccount' | 'debitAccount' | 'clientRef' | 'executorRef'
>;
type FundFacts = Pick<
	FundTransaction,
	'transactionType' | 'account' | 'instrument' | 'units' | 'price' | 'ref' | 'clientRef' | 'executorRef'
>;

export function bookCash(world: World, facts: CashFacts, at = world.clock.now()): CashTransaction {
	const { id, sortedId, ...dates } = born(world, at);
	return world.fondo.cash.add({
		id,
		sortedId,
		aborted: false,
		...facts,
		currency: 'SEK',
		...dates,
		settlementDate: world.clock.iso(at + DAY),
	});
}

export function bookFund(world: World, facts: FundFacts, at: number): FundTransaction {
	const { id, sortedId, ...dates } = born(world, at);
	const identifier = facts.instrument.slice(0, 12);
	const settled = world.clock.iso(at);
	return world.fondo.fund.add({
		id,
		sortedId,
		aborted: false,
		...facts,
		refType: 'order',
		identifier,
		currency: 'SEK',
		...dates,
		tradeDate: settled,
		settlementDate: settled,
	});
}

/** Changes the cash of an account. */
export function moveCash(world: World, account: Account, change: number, at = world.clock.now()): Account {
	const now = world.fondo.accounts.get(account.id) ?? account;
	return world.fondo.accounts.update(now, {
		balance: round(now.balance + change, 2),
		modifiedDate: world.clock.iso(at),
	});
}

/** Adds to what was ever paid in or out. */
export function countAmounts(world: World, account: Account, what: 'deposited' | 'withdrawn', amount: number): void {
	const now = world.fondo.accounts.get(account.id) ?? account;
	world.fondo.accounts.update(now, {
		amounts: { ...now.amounts, [what]: round((now.amounts[what] ?? 0) + amount, 2) },
	});
}

/** Changes the units of a position; `settled` says whether the settled units move too. */
export function moveUnits(
	world: World,
	account: Account,
	{ instrument, units, price, settled, at }: { instrument: string; units: number; price: number; settled: number; at: number },
): void {
	const now = world.fondo.accounts.get(account.id) ?? account;
	const known = now.positions.find((position) => position.instrument === instrument);
	const before = known ?? { instrument, units: 0, unitsSettled: 0, value: 0, closePrice: price, gav: price };
	const after = round(before.units + units, 7);
	const position = {
		...before,
		units: after,
		unitsSettled: round(before.unitsSettled + settled, 7),
		value: round(after * before.closePrice, 2),
		gav: units > 0 ? round((before.gav * before.units + price * units) / after, 4) : before.gav,
	};
	const others = now.positions.filter((other) => other.instrument !== instrument);
	const kept = position.units === 0 && position.unitsSettled === 0 ? others : [...others, position];
	world.fondo.accounts.update(now, { positions: kept, modifiedDate: world.clock.iso(at) });
}
