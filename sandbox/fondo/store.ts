import type { Clock } from '../state/clock';
import { type Change, Collection } from '../state/collection';
import type {
	Account,
	AllocationPlan,
	CashTransaction,
	Client,
	Custodian,
	FundTransaction,
	InstructionRecord,
	Instrument,
	Journey,
	Order,
} from './objects';
import { fondoSeed } from './seed/seed';

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
	/** The place of an object in its collection, or of a payment in its instruction, from 1. */
	sequenceOf(id: string): number | undefined;
}

const byId = (item: { id?: string }): string | undefined => item.id;

/** Sends one frame to every connection that listens to a client. */
/** An event of the stream, and the body of a callback. */
export type EventFrame = { readonly eventType: string; readonly current?: object; readonly previous?: object };

type PublishEvent = (clientId: string, frame: EventFrame) => void;

export interface FondoStoreOptions {
	seed: number;
	/** Number of transactions in the history. */
	transactions?: number;
}

/** The seeded store. It publishes every later change to the event stream of the client. */
export function openFondoStore({ seed, transactions }: FondoStoreOptions, clock: Clock, publish: PublishEvent): FondoStore {
	const data = fondoSeed(seed, transactions);
	// Every change advances modifiedDate by at least a millisecond, so two states of an object never share one.
	const withModifiedDate = <T extends { modifiedDate?: string }>(current: T, previous: T): T => {
		const before = Date.parse(previous.modifiedDate ?? '');
		const given = current.modifiedDate === previous.modifiedDate ? clock.now() : Date.parse(current.modifiedDate ?? '');
		return { ...current, modifiedDate: clock.iso(Math.max(given, before + 1)) };
	};
	const store: FondoStore = {
		clients: new Collection<Client>(byId, data.clients, withModifiedDate),
		accounts: new Collection<Account>(byId, data.accounts, withModifiedDate),
		instruments: new Collection<Instrument>(byId, data.instruments),
		orders: new Collection<Order>(byId, data.orders, withModifiedDate),
		cash: new Collection<CashTransaction>(byId, data.cash, withModifiedDate),
		fund: new Collection<FundTransaction>(byId, data.fund, withModifiedDate),
		plans: new Collection<AllocationPlan>(byId, data.plans),
		instructions: new Collection<InstructionRecord>(byId),
		journeys: new Collection<Journey>(byId, [], withModifiedDate),
		custodians: data.custodians,
		sequenceOf: (id) => {
			const place = [store.clients, store.accounts, store.orders, store.cash, store.fund, store.journeys].map((objects) =>
				objects.indexOf(id),
			);
			const payments = store.instructions.all().map((record) => record.payments.findIndex((payment) => payment.id === id));
			const found = [...place, ...payments].find((index) => index !== undefined && index >= 0);
			return found === undefined ? undefined : found + 1;
		},
	};
	const publishChange =
		<T extends object>(object: string, clientOf: (item: T) => string | undefined) =>
		({ current, previous }: Change<T>): void => {
			const clientId = clientOf(current);
			if (clientId === undefined) return;
			if (previous === undefined) publish(clientId, { eventType: `${object}.create`, current });
			else if (isDeleted(current) && !isDeleted(previous)) publish(clientId, { eventType: `${object}.delete`, previous });
			else publish(clientId, { eventType: `${object}.update`, current, previous });
		};
	store.clients.onChange(publishChange('client', (client) => client.id));
	store.accounts.onChange(publishChange('account', (account) => account.clientId));
	store.orders.onChange(publishChange('order', (order) => clientOfAccount(store, order.account)));
	store.cash.onChange(publishChange('transaction', (transaction) => clientOfCash(store, transaction)));
	store.fund.onChange(publishChange('transaction', (transaction) => clientOfAccount(store, transaction.account)));
	store.journeys.onChange(publishChange('journey', (journey) => journey.clientId));
	// The contract does not name the events of these objects.
	store.plans.onChange(publishChange('allocationPlan', (plan) => clientOfAccount(store, plan.account)));
	store.instructions.onChange(({ current, previous }) => {
		publishChange('paymentInstruction', () => current.clientId)({ current: current.instruction, previous: previous?.instruction });
		current.payments.forEach((payment, index) => {
			publishChange('payment', () => current.clientId)({ current: payment, previous: previous?.payments[index] });
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
