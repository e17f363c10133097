import { Failure } from '../base/failure';
import type { FinvisClient, FondoClient } from '../harness/apiClient';
import type { Item } from './operations';

/** The objects that an act is tried on, each once. */
export interface Targets {
	/** Input items for objects that the act was not tried on. Fewer than `count`, where there are no more. */
	take(count: number): Promise<Item[]>;
	/** IDs of the objects that show that the act was executed. */
	executed(items: readonly Item[]): Promise<ReadonlySet<string>>;
}

export interface Batch {
	readonly id: string;
	readonly name: string;
	readonly status: string;
}

interface Approval {
	readonly id: string;
	readonly object_id: string;
}

interface Account {
	readonly id: string;
	readonly balance: number;
	readonly positions: readonly unknown[];
	readonly deleted?: boolean;
}

interface World {
	readonly fondo: FondoClient;
	readonly finvis: FinvisClient;
	/** An investor account that can pay. */
	readonly saver: () => Item;
	/** The batches that the run has made. */
	readonly batches: () => Promise<Batch[]>;
}

/** Where each act gets its objects from, by the field that chooses them. Both APIs are read and called past n8n. */
export function targetsIn({ fondo, finvis, saver, batches }: World): (target: string) => Targets {
	const used = new Set<string>();
	const fresh = (ids: readonly string[], count: number) => ids.filter((id) => !used.has(id)).slice(0, count);
	const use = (id: string) => {
		used.add(id);
		return id;
	};
	const batchOfApproval = new Map<string, string>();
	const matchesThatAre = async (status: string) =>
		(await finvis.list('/reconciliation/matches')).filter((match) => match.status === status).map(({ id }) => id);
	let orders = 0;
	const all: Readonly<Record<string, Targets>> = {
		order: {
			take: async (count) => {
				const taken: Item[] = [];
				while (taken.length < count) {
					const { client, account, instrument, executorRef } = saver();
					const order = {
						account,
						instrument,
						executorRef,
						orderType: 'subscription',
						amount: 100,
						clientRef: `to-cancel-${(orders += 1)}`,
					};
					taken.push({ client, order: (await fondo.send('POST', `/client/${client}/order`, order)).id });
				}
				return taken;
			},
			executed: async (items) => {
				const read = items.map(async ({ client, order }) => await fondo.read(`/client/${client}/order/${order}`));
				return new Set((await Promise.all(read)).filter(({ status }) => status === 'canceled').map(({ id }) => id));
			},
		},
		account: {
			take: async (count) => {
				const { client } = saver();
				const accounts = await fondo.read<Account[]>(`/client/${client}/account`);
				const empty = accounts.filter(({ balance, positions, deleted }) => balance === 0 && positions.length === 0 && deleted !== true);
				return fresh(
					empty.map(({ id }) => id),
					count,
				).map((id) => ({ client, account: use(id) }));
			},
			executed: async (items) => {
				const read = items.map(async ({ client, account }) => await fondo.read<Account>(`/client/${client}/account/${account}`));
				return new Set((await Promise.all(read)).filter(({ deleted }) => deleted === true).map(({ id }) => id));
			},
		},
		match: {
			take: async (count) => fresh(await matchesThatAre('suggested'), count).map((id) => ({ match: use(id) })),
			executed: async () => new Set(await matchesThatAre('confirmed')),
		},
		paymentBatch: {
			take: async (count) => {
				const drafts = (await batches()).filter(({ status }) => status === 'draft').map(({ id }) => id);
				return fresh(drafts, count).map((id) => ({ paymentBatch: use(id) }));
			},
			executed: async () => new Set((await batches()).filter(({ status }) => status !== 'draft').map(({ id }) => id)),
		},
		approval: {
			take: async (count) => {
				const ours = new Set((await batches()).map(({ id }) => id));
				const pending = await finvis.list<Approval & { readonly status: string }>('/approvals/pending');
				for (const { id, object_id } of pending) batchOfApproval.set(id, object_id);
				const open = pending.filter(({ object_id }) => ours.has(object_id)).map(({ id }) => id);
				return fresh(open, count).map((id) => ({ approval: use(id) }));
			},
			executed: async (items) => {
				const isOpen = ({ status }: Batch) => ['draft', 'pending_approval'].includes(status);
				const decided = new Set((await batches()).filter((batch) => !isOpen(batch)).map(({ id }) => id));
				return new Set(items.map(({ approval }) => approval).filter((id) => decided.has(batchOfApproval.get(id) ?? '')));
			},
		},
	};
	return (target) => {
		if (target in all) return all[target];
		throw new Failure(`The run has no objects for the field '${target}' of an act`, 'add it to tools/chaos/targets.ts');
	};
}
