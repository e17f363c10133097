import type { operations } from '../../contracts/fondo';
import type { FondoContext } from './context';
import { badRequest, requireClient } from './lookups';
import type { Account, Instrument } from './objects';

export type OrderRequest =
	| operations['createOrder']['requestBody']['content']['application/json']
	| operations['createOrderWithdrawal']['requestBody']['content']['application/json'];

/** An account that may move money, or a 400 with the reason. */
export function requireUsableAccount(context: FondoContext, clientId: string, accountId: string | undefined): Account {
	const client = requireClient(context, clientId);
	const account = accountId === undefined ? undefined : context.store.accounts.get(accountId);
	if (account === undefined || account.clientId !== client.id) throw badRequest(`account ${accountId} does not exist at this client`);
	if (account.status !== 'active' || account.deleted === true) {
		throw badRequest(`account ${account.id} is not active (status ${account.deleted === true ? 'closed' : account.status})`);
	}
	return account;
}

/** The IBAN of the account's bank account, or of its first one. */
export function payoutIban(account: Account, bankAccount: string | undefined): string {
	const found = account.bankAccounts.find(({ id }) => bankAccount === undefined || id === bankAccount);
	if (found?.iban === undefined) throw badRequest(`bankAccount ${bankAccount} does not belong to account ${account.id}`);
	return found.iban;
}

/** Throws a 400 that says what is wrong with the order. */
export function checkOrder(context: FondoContext, clientId: string, request: OrderRequest): { account: Account; instrument: Instrument } {
	const account = requireUsableAccount(context, clientId, request.account);
	const instrument = context.store.instruments.get(request.instrument);
	if (instrument === undefined) throw badRequest(`instrument ${request.instrument} does not exist`);
	if (request.orderType === 'subscription') {
		if (!instrument.isBuyable) throw badRequest(`instrument ${instrument.id} cannot be bought`);
		checkAmount(account, request.amount, instrument.minSubsequentAmountSek);
	} else {
		if (!instrument.isSellable) throw badRequest(`instrument ${instrument.id} cannot be sold`);
		checkUnits(account, instrument.id, request.units);
	}
	return { account, instrument };
}

export function checkAmount(account: Account, amount: number, minimum = 0): void {
	if (!(amount > 0)) throw badRequest(`amount must be greater than 0, not ${amount}`);
	if (Math.abs(amount * 100 - Math.round(amount * 100)) > 1e-6) throw badRequest('amount may have at most two decimals');
	if (amount < minimum) throw badRequest(`amount must be at least ${minimum} SEK for this instrument`);
	if (amount > account.balance) throw badRequest(`not enough cash: ${account.balance} SEK on the account, ${amount} SEK requested`);
}

function checkUnits(account: Account, instrument: string, units: number): void {
	if (!(units > 0)) throw badRequest(`units must be greater than 0, not ${units}`);
	if (Number(units.toFixed(7)) !== units) throw badRequest('units may have at most seven decimals');
	const held = account.positions.find((position) => position.instrument === instrument)?.units ?? 0;
	if (units > held) throw badRequest(`not enough units of ${instrument}: ${held} held, ${units} requested`);
}
