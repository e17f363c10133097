import { Collection, type Change } from '../data/collection';
import type { Clock } from '../clock';
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

/** What a store is made of: the same seed gives the same world, with so many transactions in its past. */
export interface FondoWish {
	seed: number;
	transactions?: number;
}

/** The seeded store; every later change is published to the event stream of its client. */
export function openFondo({ seed, transactions }: FondoWish, clock: Clock, publish: Publish): FondoStore {
	const data = seedFondo(seed, transactions);
	/** Every change moves modifiedDate on, by a millisecond at least: so stream and lists can tell two states apart. */
	const dated = <T extends { modifiedDate?: string }>(current: T, previous: T): T => {
		const before = Date.parse(previous.modifiedDate ?? '');
		const given = current.modifiedDate === previous.modifiedDate ? clock.now() : Date.parse(current.modifiedDate ?? '');
		return { ...current, modifiedDate: clock.iso(Math.max(given, before + 1)) };
	};
	const store: FondoStore = {
		clients: new Collection<Client>(byId, data.clients, dated),
		accounts: new Collection<Account>(byId, data.accounts, dated),
		instruments: new Collection<Instrument>(byId, data.instruments),
		orders: new Collection<Order>(byId, data.orders, dated),
		cash: new Collection<CashTransaction>(byId, data.cash, dated),
		fund: new Collection<FundTransaction>(byId, data.fund, dated),
		plans: new Collection<AllocationPlan>(byId, data.plans),
		instructions: new Collection<InstructionRecord>(byId),
		journeys: new Collection<Journey>(byId, [], dated),
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
	// What these are called in events is nowhere to be read.
	store.plans.onChange(tell('allocationPlan', (plan) => clientOfAccount(store, plan.account)));
	store.instructions.onChange(({ current, previous }) => {
		tell('paymentInstruction', () => current.clientId)({ current: current.instruction, previous: previous?.instruction });
		current.payments.forEach((payment, index) => {
			tell('payment', () => current.clientId)({ current: payment, previous: previous?.payments[index] });
		});
	});
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
