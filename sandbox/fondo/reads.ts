import type { operations } from '../../contracts/fondo';
import type { Handlers } from '../http/api';
import type { FondoContext } from './context';
import { notFound, requireAccount, requireClient } from './lookups';
import type { Account, CashTransaction, FundTransaction, Order } from './objects';
import { limitedList, listPage, wholeList } from './pagination';
import { clientOfAccount, clientOfCash } from './store';
import { lifeOfCash, lifeOfFund, lifeOfOrder } from './vendorFields';

/** Lists and single objects. */
export const readHandlers: Handlers<operations, FondoContext> = {
	getClients: (request, context) => listPage(context.store.clients.all(), request, context),
	getClient: ({ path }, context) => ({ status: 200, body: requireClient(context, path.client_id) }),
	getAccounts: (request, context) => {
		const client = requireClient(context, request.path.client_id);
		const { ssn } = request.query;
		return listPage(context.store.accounts.all(), request, context, {
			belongs: ({ clientId }: Account) => clientId === client.id,
			filter: ({ owner }) => ssn === undefined || owner.ssn === ssn,
		});
	},
	getAccount: ({ path }, context) => ({ status: 200, body: requireAccount(context, path.client_id, path.account_id) }),
	getKycStatus: ({ path }, context) => {
		const { id, status } = requireAccount(context, path.client_id, path.account_id);
		return { status: 200, body: { account: id, status: status === 'active' ? 'valid' : 'missing' } };
	},
	getCustodians: (request, context) => {
		requireClient(context, request.path.client_id);
		return wholeList(context.store.custodians, request, context);
	},
	getInstruments: (request, context) => limitedList(context.store.instruments.all(), request, context),
	getClientInstrumentUniverse: (request, context) => {
		requireClient(context, request.path.client_id);
		const tradable = context.store.instruments.all().filter(({ isTradable }) => isTradable);
		return limitedList(tradable, request, context);
	},
	getInstrumentById: ({ path }, context) => {
		const instrument = context.store.instruments.get(path.instrument_id);
		if (instrument === undefined) throw notFound('instrument', path.instrument_id);
		return { status: 200, body: instrument };
	},
	getOrders: (request, context) => {
		const client = requireClient(context, request.path.client_id);
		const belongs = ({ account }: Order): boolean => clientOfAccount(context.store, account) === client.id;
		return listPage(context.store.orders.all(), request, context, { belongs, life: lifeOfOrder });
	},
	getOrderById: ({ path }, context) => {
		const client = requireClient(context, path.client_id);
		const order = context.store.orders.get(path.order_id);
		if (order === undefined || clientOfAccount(context.store, order.account) !== client.id) throw notFound('order', path.order_id);
		return { status: 200, body: order };
	},
	getCashTransactions: (request, context) => {
		const client = requireClient(context, request.path.client_id);
		return listPage(context.store.cash.all(), request, context, {
			belongs: (transaction: CashTransaction) => clientOfCash(context.store, transaction) === client.id,
			filter: (transaction) => hasReference(transaction, request.query),
			life: lifeOfCash,
		});
	},
	getFundTransactions: (request, context) => {
		const client = requireClient(context, request.path.client_id);
		return listPage(context.store.fund.all(), request, context, {
			belongs: ({ account }: FundTransaction) => clientOfAccount(context.store, account) === client.id,
			filter: (transaction) => hasReference(transaction, request.query),
			life: lifeOfFund,
		});
	},
	getCashTransactionById: ({ path }, context) => {
		const client = requireClient(context, path.client_id);
		const found = context.store.cash.get(path.transaction_id);
		if (found === undefined || clientOfCash(context.store, found) !== client.id) throw notFound('cash transaction', path.transaction_id);
		return { status: 200, body: found };
	},
	getFundTransactionById: ({ path }, context) => {
		const client = requireClient(context, path.client_id);
		const found = context.store.fund.get(path.transaction_id);
		if (found === undefined || clientOfAccount(context.store, found.account) !== client.id)
			throw notFound('fund transaction', path.transaction_id);
		return { status: 200, body: found };
	},
	getAccountCashTransactions: (request, context) => {
		const { id } = requireAccount(context, request.path.client_id, request.path.account_id);
		const belongs = ({ creditAccount, debitAccount }: CashTransaction): boolean => creditAccount === id || debitAccount === id;
		return listPage(context.store.cash.all(), request, context, { belongs, life: lifeOfCash });
	},
	getAccountFundTransactions: (request, context) => {
		const { id } = requireAccount(context, request.path.client_id, request.path.account_id);
		return listPage(context.store.fund.all(), request, context, { belongs: ({ account }) => account === id, life: lifeOfFund });
	},
};

function hasReference(transaction: { ref?: string; refType?: string }, query: { ref?: string; reftype?: string }): boolean {
	return (
		(query.ref === undefined || transaction.ref === query.ref) && (query.reftype === undefined || transaction.refType === query.reftype)
	);
}
