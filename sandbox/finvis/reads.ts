import type { operations } from '../../contracts/finvis';
import type { Handlers } from '../http/operation';
import { Refusal } from '../http/refusal';
import { page } from './list';

export const readHandlers: Handlers<operations> = {
	listAccounts: (call, world) => {
		const { company_id } = call.query;
		const accounts = world.finvis.tenant(call.grant.tenantId).accounts.all();
		const found = accounts.filter((account) => company_id === undefined || account.company_id === company_id);
		return { status: 200, body: page(found, call, '/accounts/', world) };
	},
	getAccount: ({ path, grant }, world) => {
		const account = world.finvis.tenant(grant.tenantId).accounts.get(path.id);
		if (account === undefined) throw new Refusal(404, 'not_found', `There is no account ${path.id}`);
		return { status: 200, body: account };
	},
	listTransactions: (call, world) => {
		const { account_id, date_from, date_to } = call.query;
		const found = world.finvis
			.tenant(call.grant.tenantId)
			.transactions.all()
			.filter(
				(transaction) =>
					(account_id === undefined || transaction.account_id === account_id) &&
					(date_from === undefined || transaction.booking_date >= date_from) &&
					(date_to === undefined || transaction.booking_date <= date_to),
			);
		return { status: 200, body: page(found, call, '/transactions', world) };
	},
	listPaymentBatches: (call, world) => {
		const batches = world.finvis.tenant(call.grant.tenantId).batches.all();
		return { status: 200, body: page(withStatus(batches, call.query.status), call, '/payments/batches/', world) };
	},
	listReconciliationMatches: (call, world) => {
		const matches = world.finvis.tenant(call.grant.tenantId).matches.all();
		return { status: 200, body: page(withStatus(matches, call.query.status), call, '/reconciliation/matches', world) };
	},
	listPendingApprovals: (call, world) => {
		const approvals = world.finvis.tenant(call.grant.tenantId).approvals.all();
		return { status: 200, body: page(withStatus(approvals, 'pending'), call, '/approvals/pending', world) };
	},
	listCompanies: (call, world) => {
		const { koncern_id } = call.query;
		const companies = world.finvis.tenant(call.grant.tenantId).companies.all();
		const found = companies.filter((company) => koncern_id === undefined || company.koncern_id === koncern_id);
		return { status: 200, body: page(found, call, '/companies', world) };
	},
	listKoncerner: (call, world) => {
		const koncerner = world.finvis.tenant(call.grant.tenantId).koncerner.all();
		return { status: 200, body: page(koncerner, call, '/koncerner', world) };
	},
};

function withStatus<T extends { status: string }>(items: readonly T[], status: string | undefined): readonly T[] {
	return status === undefined ? items : items.filter((item) => item.status === status);
}
