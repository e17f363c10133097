import type { operations } from '../../contracts/fondo';
import type { World } from '../world';
import { invalid, theClient } from './lookups';
import type { Account, Instrument } from './objects';

export type OrderWish =
	| operations['createOrder']['requestBody']['content']['application/json']
	| operations['createOrderWithdrawal']['requestBody']['content']['application/json'];

/** An account that may move money, or a 400 that says why not. */
export function usableAccount(world: World, clientId: string, accountId: string | undefined): Account {
	const client = theClient(world, clientId);
	const account = accountId === undefined ? undefined : world.fondo.accounts.get(accountId);
	if (account === undefined || account.clientId !== client.id) throw invalid(`account ${accountId} does not exist at this client`);
	if (account.status !== 'active' || account.deleted === true) {
		throw invalid(`account ${account.id} is not active (status ${account.deleted === true ? 'closed' : account.status})`);
	}
	return account;
}

export function bankAccountOf(account: Account, bankAccount: string | undefined): string {
	const found = account.bankAccounts.find(({ id }) => bankAccount === undefined || id === bankAccount);
	if (found?.iban === undefined) throw invalid(`bankAccount ${bankAccount} does not belong to account ${account.id}`);
	return found.iban;
}

/** Everything that can be wrong with an order, in words. */
export function checkOrder(world: World, clientId: string, wish: OrderWish): { account: Account; instrument: Instrument } {
	const account = usableAccount(world, clientId, wish.account);
	const instrument = world.fondo.instruments.get(wish.instrument);
	if (instrument === undefined) throw invalid(`instrument ${wish.instrument} does not exist`);
	if (wish.orderType === 'subscription') {
		if (!instrument.isBuyable) throw invalid(`instrument ${instrument.id} cannot be bought`);
		checkAmount(account, wish.amount, instrument.minSubsequentAmountSek);
	} else {
		if (!instrument.isSellable) throw invalid(`instrument ${instrument.id} cannot be sold`);
		checkUnits(account, instrument.id, wish.units);
	}
	return { account, instrument };
}

export function checkAmount(account: Account, amount: number, least = 0): void {
	if (!(amount > 0)) throw invalid(`amount must be greater than 0, not ${amount}`);
	if (Math.abs(amount * 100 - Math.round(amount * 100)) > 1e-6) throw invalid('amount may have at most two decimals');
	if (amount < least) throw invalid(`amount must be at least ${least} SEK for this instrument`);
	if (amount > account.balance) throw invalid(`not enough cash: ${account.balance} SEK on the account, ${amount} SEK asked for`);
}

function checkUnits(account: Account, instrument: string, units: number): void {
	if (!(units > 0)) throw invalid(`units must be greater than 0, not ${units}`);
	if (Number(units.toFixed(7)) !== units) throw invalid('units may have at most seven decimals');
	const held = account.positions.find((position) => position.instrument === instrument)?.units ?? 0;
	if (units > held) throw invalid(`not enough units of ${instrument}: ${held} held, ${units} asked for`);
}
