import { HttpError } from '../http/httpError';
import type { FondoContext } from './context';
import type { Account, Client } from './objects';

/** The client, or a 403: the contract has no 404 for most client paths. */
export function requireClient(context: FondoContext, clientId: string): Client {
	const client = context.store.clients.get(clientId);
	if (client === undefined) throw new HttpError(403, 'forbidden', 'No access to this client');
	return client;
}

/** The client's account, or a 404. */
export function requireAccount(context: FondoContext, clientId: string, accountId: string): Account {
	const client = requireClient(context, clientId);
	const account = context.store.accounts.get(accountId);
	if (account === undefined || account.clientId !== client.id) throw notFound('account', accountId);
	return account;
}

export function notFound(what: string, id: string): HttpError {
	return new HttpError(404, 'not_found', `There is no ${what} ${id}`);
}

export function badRequest(message: string): HttpError {
	return new HttpError(400, 'invalid_request', message);
}

/** The response to an act that is already done, without its body. Throws where the vendor refuses it. */
export function doneBefore({ vendor }: FondoContext, reason: string): { status: 200; nothingDone: true } {
	if (vendor.actAgain === 409) throw new HttpError(409, 'conflict', reason);
	if (vendor.actAgain !== 'state') throw badRequest(reason);
	return { status: 200, nothingDone: true };
}

/** Throws where the vendor refuses a reference that an earlier object of the client has. */
export function requireNewReference({ vendor, store }: FondoContext, client: Client, references: ReadonlyArray<string | undefined>): void {
	if (vendor.usedReference === 'executed') return;
	const accounts = new Set(store.accounts.all().flatMap(({ id, clientId }) => (clientId === client.id ? [id] : [])));
	const isOwn = (account: string | undefined): boolean => account !== undefined && accounts.has(account);
	const used = new Set([
		...store.orders.all().flatMap(({ account, clientRef }) => (isOwn(account) ? [clientRef] : [])),
		...store.cash.all().flatMap(({ creditAccount, debitAccount, clientRef }) => (isOwn(creditAccount ?? debitAccount) ? [clientRef] : [])),
		...store.instructions.all().flatMap(({ clientId, payments }) => (clientId === client.id ? payments.map((one) => one.clientRef) : [])),
	]);
	if (!references.some((reference) => reference !== undefined && used.has(reference))) return;
	throw new HttpError(vendor.usedReference, vendor.usedReference === 409 ? 'conflict' : 'invalid_request', 'clientRef is already used');
}
