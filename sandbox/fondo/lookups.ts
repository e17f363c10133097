import { Refusal } from '../http/refusal';
import type { World } from '../world';
import type { Account, Client } from './objects';

/** The contract knows no 404 for most client paths, so a foreign client is forbidden. */
export function theClient(world: World, clientId: string): Client {
	const client = world.fondo.clients.get(clientId);
	if (client === undefined) throw new Refusal(403, 'forbidden', 'No access to this client');
	return client;
}

export function theAccount(world: World, clientId: string, accountId: string): Account {
	const client = theClient(world, clientId);
	const account = world.fondo.accounts.get(accountId);
	if (account === undefined || account.clientId !== client.id) throw missing('account', accountId);
	return account;
}

export function missing(what: string, id: string): Refusal {
	return new Refusal(404, 'not_found', `There is no ${what} ${id}`);
}

export function invalid(message: string): Refusal {
	return new Refusal(400, 'invalid_request', message);
}
