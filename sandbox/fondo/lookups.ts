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
