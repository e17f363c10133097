import type { operations } from '../../contracts/finvis';
import type { Handlers } from '../http/api';
import { HttpError } from '../http/httpError';
import type { FinvisContext } from './context';
import { listPage } from './pagination';

export const readHandlers: Handlers<operations, FinvisContext> = {
	listAccounts: (request, context) => {
		const { company_id } = request.query;
		const accounts = context.store.tenant(request.grant.tenantId).accounts.all();
		const found = accounts.filter((account) => company_id === undefined || account.company_id === company_id);
		return { status: 200, body: listPage(found, request, '/accounts/', context) };
	},
	getAccount: ({ path, grant }, context) => {
		const account = context.store.tenant(grant.tenantId).accounts.get(path.id);
		if (account === undefined) throw new HttpError(404, 'not_found', `There is no account ${path.id}`);
		return { status: 200, body: account };
	},
	listTransactions: (request, context) => {
		const { account_id, date_from, date_to } = request.query;
		const found = context.store
			.tenant(request.grant.tenantId)
			.transactions.all()
			.filter(
				(transaction) =>
					(account_id === undefined || transaction.account_id === account_id) &&
					(date_from === undefined || transaction.booking_date >= date_from) &&
					(date_to === undefined || transaction.booking_date <= date_to),
			);
		return { status: 200, body: listPage(found, request, '/transactions', context) };
	},
	listPaymentBatches: (request, context) => {
		const batches = context.store.tenant(request.grant.tenantId).batches.all();
		return { status: 200, body: listPage(withStatus(batches, request.query.status), request, '/payments/batches/', context) };
	},
	listReconciliationMatches: (request, context) => {
		const matches = context.store.tenant(request.grant.tenantId).matches.all();
		return { status: 200, body: listPage(withStatus(matches, request.query.status), request, '/reconciliation/matches', context) };
	},
	listPendingApprovals: (request, context) => {
		const approvals = context.store.tenant(request.grant.tenantId).approvals.all();
		return { status: 200, body: listPage(withStatus(approvals, 'pending'), request, '/approvals/pending', context) };
	},
	listCompanies: (request, context) => {
		const { koncern_id } = request.query;
		const companies = context.store.tenant(request.grant.tenantId).companies.all();
		const found = companies.filter((company) => koncern_id === undefined || company.koncern_id === koncern_id);
		return { status: 200, body: listPage(found, request, '/companies', context) };
	},
	listKoncerner: (request, context) => {
		const koncerner = context.store.tenant(request.grant.tenantId).koncerner.all();
		return { status: 200, body: listPage(koncerner, request, '/koncerner', context) };
	},
};

function withStatus<T extends { status: string }>(items: readonly T[], status: string | undefined): readonly T[] {
	return status === undefined ? items : items.filter((item) => item.status === status);
}
