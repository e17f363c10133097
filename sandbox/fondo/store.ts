import { Collection, type Change } from '../data/collection';
import type { Publish } from '../world';
import type {
	Account,
	AllocationPlan,
	CashTransaction,
	Client,
	Custodian,
	FundTransaction,
	Instrument,
	InstructionRecord,
	Journey,
	Order,
} from './objects';
import { seedFondo } from './seed';

export interface FondoStore {
	clients: Collection<Client>;
	accounts: Collection<Account>;
	instruments: Collection<Instrument>;
	orders: Collection<Order>;
	cash: Collection<CashTransaction>;
	fund: Collection<FundTransaction>;
	plans: Collection<AllocationPlan>;
	instructions: Collection<InstructionRecord>;
	journeys: Collection<Journey>;
	custodians: Custodian[];
}

const byId = (item: { id?: string }): string | undefined => item.id;

/** The seeded store; every later change is published to the event stream of its client. */
export function openFondo(seed: number, publish: Publish): FondoStore {
	const data = seedFondo(seed);
	const store: FondoStore = {
		clients: new Collection<Client>(byId, data.clients),
		accounts: new Collection<Account>(byId, data.accounts),
		instruments: new Collection<Instrument>(byId, data.instruments),
		orders: new Collection<Order>(byId, data.orders),
		cash: new Collection<CashTransaction>(byId, data.cash),
		fund: new Collection<FundTransaction>(byId, data.fund),
		plans: new Collection<AllocationPlan>(byId, data.plans),
		instructions: new Collection<InstructionRecord>(byId),
		journeys: new Collection<Journey>(byId),
		custodians: data.custodians,
	};
	const tell =
		<T extends object>(object: string, clientOf: (item: T) => string | undefined) =>
		({ current, previous }: Change<T>): void => {
			const clientId = clientOf(current);
			if (clientId === undefined) return;
			if (previous === undefined) publish(clientId, { eventType: `${object}.create`, current });
			else if (isDeleted(current) && !isDeleted(previous)) publish(clientId, { eventType: `${object}.delete`, previous });
			else publish(clientId, { eventType: `${object}.update`, current, previous });
		};
	store.clients.onChange(tell('client', (client) => client.id));
	store.accounts.onChange(tell('account', (account) => account.clientId));
	store.orders.onChange(tell('order', (order) => clientOfAccount(store, order.account)));
	store.cash.onChange(tell('transaction', (transaction) => clientOfCash(store, transaction)));
	store.fund.onChange(tell('transaction', (transaction) => clientOfAccount(store, transaction.account)));
	store.journeys.onChange(tell('journey', (journey) => journey.clientId));
	return store;
}

function isDeleted(item: object): boolean {
	return 'deleted' in item && item.deleted === true;
}

export function clientOfAccount(store: FondoStore, accountId: string | undefined): string | undefined {
	return accountId === undefined ? undefined : store.accounts.get(accountId)?.clientId;
}

export function clientOfCash(store: FondoStore, { creditAccount, debitAccount }: CashTransaction): string | undefined {
	return clientOfAccount(store, creditAccount ?? debitAccount);
}
