import type { operations } from '../../contracts/finvis';
import type { Handlers } from '../http/api';
import { HttpError } from '../http/httpError';
import type { FinvisContext } from './context';
import { listPage } from './pagination';
import { lifeOfBatch, shownStatus } from './vendorFields';

export const readHandlers: Handlers<operations, FinvisContext> = {
	listAccounts: (request, context) => {
		const { company_id } = request.query;
		const accounts = context.store.tenant(request.grant.tenantId).accounts.all();
		const filter = (account: { company_id: string }): boolean => company_id === undefined || account.company_id === company_id;
		return listPage(accounts, request, '/accounts/', context, { filter });
	},
	getAccount: ({ path, grant }, context) => {
		const account = context.store.tenant(grant.tenantId).accounts.get(path.id);
		if (account === undefined) throw new HttpError(404, 'not_found', `There is no account ${path.id}`);
		return { status: 200, body: account };
	},
	listTransactions: (request, context) => {
		const { account_id, date_from, date_to } = request.query;
		const transactions = context.store.tenant(request.grant.tenantId).transactions.all();
		const filter = (transaction: { account_id: string; booking_date: string }): boolean =>
			(account_id === undefined || transaction.account_id === account_id) &&
			(date_from === undefined || transaction.booking_date >= date_from) &&
			(date_to === undefined || transaction.booking_date <= date_to);
		return listPage(transactions, request, '/transactions', context, { filter });
	},
	listPaymentBatches: (request, context) => {
		const batches = context.store.tenant(request.grant.tenantId).batches.all();
		const filter = hasStatus(request.query.status, context);
		return listPage(batches, request, '/payments/batches/', context, { filter, life: (batch) => lifeOfBatch(batch, context) });
	},
	listReconciliationMatches: (request, context) => {
		const matches = context.store.tenant(request.grant.tenantId).matches.all();
		return listPage(matches, request, '/reconciliation/matches', context, { filter: hasStatus(request.query.status, context) });
	},
	listPendingApprovals: (request, context) => {
		const approvals = context.store.tenant(request.grant.tenantId).approvals.all();
		const pending = approvals.filter(({ status, object_id }) => status === 'pending' && !context.endWords.has(object_id));
		return listPage(pending, request, '/approvals/pending', context);
	},
	listCompanies: (request, context) => {
		const { koncern_id } = request.query;
		const companies = context.store.tenant(request.grant.tenantId).companies.all();
		const filter = (company: { koncern_id: string | null }): boolean => koncern_id === undefined || company.koncern_id === koncern_id;
		return listPage(companies, request, '/companies', context, { filter });
	},
	listKoncerner: (request, context) => {
		const koncerner = context.store.tenant(request.grant.tenantId).koncerner.all();
		return listPage(koncerner, request, '/koncerner', context);
	},
};

const hasStatus =
	(asked: string | undefined, context: FinvisContext) =>
	(item: { id: string; status: string }): boolean =>
		asked === undefined || shownStatus(item, context) === asked;
