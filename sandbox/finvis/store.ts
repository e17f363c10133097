import { Collection } from '../state/collection';
import type { Account, Approval, Company, FinvisEvent, Koncern, Match, Payment, PaymentBatch, Transaction, Webhook } from './objects';
import { finvisSeed, type TenantSeed } from './seed/seed';

export interface TenantStore {
	id: string;
	koncerner: Collection<Koncern>;
	companies: Collection<Company>;
	accounts: Collection<Account>;
	transactions: Collection<Transaction>;
	batches: Collection<PaymentBatch>;
	payments: Collection<Payment>;
	approvals: Collection<Approval>;
	matches: Collection<Match>;
	webhooks: Collection<Webhook>;
}

/** One store for each tenant: an id of another tenant finds nothing. */
export class FinvisStore {
	constructor(private readonly tenants: Map<string, TenantStore>) {}

	all(): TenantStore[] {
		return [...this.tenants.values()];
	}

	tenant(id: string): TenantStore {
		const store = this.tenants.get(id);
		if (store === undefined) throw new Error(`There is no tenant ${id}`);
		return store;
	}
}

const byId = (item: { id: string }): string => item.id;

/** The seeded stores. Each one publishes its later changes as events. */
export function openFinvisStore(seed: number, publish: (event: FinvisEvent) => void): FinvisStore {
	const tenants = [...finvisSeed(seed)].map(([id, data]): [string, TenantStore] => [id, openTenant(id, data, publish)]);
	return new FinvisStore(new Map(tenants));
}

function openTenant(id: string, data: TenantSeed, publish: (event: FinvisEvent) => void): TenantStore {
	const store: TenantStore = {
		id,
		koncerner: new Collection<Koncern>(byId, data.koncerner),
		companies: new Collection<Company>(byId, data.companies),
		accounts: new Collection<Account>(byId, data.accounts),
		transactions: new Collection<Transaction>(byId, data.transactions),
		batches: new Collection<PaymentBatch>(byId, data.batches),
		payments: new Collection<Payment>(byId, data.payments),
		approvals: new Collection<Approval>(byId, data.approvals),
		matches: new Collection<Match>(byId, data.matches),
		webhooks: new Collection<Webhook>(byId),
	};
	store.transactions.onChange(({ current }) => publish({ tenantId: id, event: 'transaction.created', id: current.id, data: current }));
	store.batches.onChange(({ current, previous }) => {
		if (previous === undefined || previous.status === current.status) return;
		const data = { batch_id: current.id, previous_status: previous.status, status: current.status };
		publish({ tenantId: id, event: 'payment.status.updated', id: current.id, data });
	});
	return store;
}
