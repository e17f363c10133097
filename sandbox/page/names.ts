import type { World } from '../world';

/** What people call an account of either API, and what tells it from others of that name. */
export interface Named {
	name: string;
	detail: string;
}

export function accountNamed(world: World, id: string): Named {
	const fund = world.fondo.accounts.get(id);
	if (fund !== undefined) return { name: fund.owner.fullName ?? '', detail: `${fund.name ?? ''} · ${fund.ref}` };
	for (const { accounts, companies } of world.finvis.all()) {
		const account = accounts.get(id);
		if (account !== undefined) return { name: companies.get(account.company_id)?.name ?? '', detail: `${account.name} · ${account.bank}` };
	}
	return { name: id, detail: '' };
}

export function instrumentNamed(world: World, id: string): string {
	return world.fondo.instruments.get(id)?.name ?? id;
}

/** The corporate group of a tenant. */
export function groupOf(world: World, tenantId: string): string {
	return world.finvis.tenant(tenantId).koncerner.all()[0]?.name ?? tenantId;
}

/** The client company of Fondo. */
export function clientNamed(world: World, id: string): string {
	const client = world.fondo.clients.get(id);
	return client?.displayName ?? client?.name ?? id;
}
