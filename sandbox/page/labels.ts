import type { SandboxState } from '../admin/sandboxState';
import type { Html } from '../http/html';
import { withDetail } from './format';

/** The name of an account at either API, with a detail that distinguishes it from others of that name. */
export function accountCell(state: SandboxState, id: string): Html {
	const investorAccount = state.fondo.store.accounts.get(id);
	if (investorAccount !== undefined) {
		const { owner, name, ref } = investorAccount;
		return withDetail(owner.fullName ?? '', `${name ?? ''} · ${ref}`);
	}
	for (const { accounts, companies } of state.finvis.store.all()) {
		const account = accounts.get(id);
		if (account !== undefined) return withDetail(companies.get(account.company_id)?.name ?? '', `${account.name} · ${account.bank}`);
	}
	return withDetail(id);
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
