import type { SandboxState } from '../admin/sandboxState';

/** The name of an account at either API, with a detail that distinguishes it from others of that name. */
export interface AccountLabel {
	name: string;
	detail: string;
}

export function accountLabel(state: SandboxState, id: string): AccountLabel {
	const investorAccount = state.fondo.store.accounts.get(id);
	if (investorAccount !== undefined) {
		const { owner, name, ref } = investorAccount;
		return { name: owner.fullName ?? '', detail: `${name ?? ''} · ${ref}` };
	}
	for (const { accounts, companies } of state.finvis.store.all()) {
		const account = accounts.get(id);
		if (account !== undefined) return { name: companies.get(account.company_id)?.name ?? '', detail: `${account.name} · ${account.bank}` };
	}
	return { name: id, detail: '' };
}

export function instrumentName(state: SandboxState, id: string): string {
	return state.fondo.store.instruments.get(id)?.name ?? id;
}

/** Name of the corporate group of a tenant. */
export function groupName(state: SandboxState, tenantId: string): string {
	return state.finvis.store.tenant(tenantId).koncerner.all()[0]?.name ?? tenantId;
}

/** Name of a client company of Fondo. */
export function clientName(state: SandboxState, id: string): string {
	const client = state.fondo.store.clients.get(id);
	return client?.displayName ?? client?.name ?? id;
}
