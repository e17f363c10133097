import type { operations } from '../../contracts/fondo';
import type { Handlers } from '../http/api';
import type { FondoContext } from './context';
import { notFound, requireAccount, requireClient } from './lookups';
import type { Account, CashTransaction, FundTransaction, Order } from './objects';
import { limitedList, listPage } from './pagination';
import { clientOfAccount, clientOfCash } from './store';

/** Lists and single objects. */
export const readHandlers: Handlers<operations, FondoContext> = {
	getClients: ({ query }, context) => ({ status: 200, body: listPage(context.store.clients.all(), query, context) }),
	getClient: ({ path }, context) => ({ status: 200, body: requireClient(context, path.client_id) }),
	getAccounts: ({ path, query }, context) => {
		const client = requireClient(context, path.client_id);
		const matches = ({ clientId, owner }: Account): boolean =>
			clientId === client.id && (query.ssn === undefined || owner.ssn === query.ssn);
		return { status: 200, body: listPage(context.store.accounts.all(), query, context, matches) };
	},
	getAccount: ({ path }, context) => ({ status: 200, body: requireAccount(context, path.client_id, path.account_id) }),
	getKycStatus: ({ path }, context) => {
		const { id, status } = requireAccount(context, path.client_id, path.account_id);
		return { status: 200, body: { account: id, status: status === 'active' ? 'valid' : 'missing' } };
	},
	getCustodians: ({ path }, context) => {
		requireClient(context, path.client_id);
		return { status: 200, body: context.store.custodians };
	},
	getInstruments: ({ query }, context) => ({ status: 200, body: limitedList(context.store.instruments.all(), query, context) }),
	getClientInstrumentUniverse: ({ path, query }, context) => {
		requireClient(context, path.client_id);
		const tradable = context.store.instruments.all().filter(({ isTradable }) => isTradable);
		return { status: 200, body: limitedList(tradable, query, context) };
	},
	getInstrumentById: ({ path }, context) => {
		const instrument = context.store.instruments.get(path.instrument_id);
		if (instrument === undefined) throw notFound('instrument', path.instrument_id);
		return { status: 200, body: instrument };
	},
	getOrders: ({ path, query }, context) => {
		const client = requireClient(context, path.client_id);
		const matches = ({ account }: Order): boolean => clientOfAccount(context.store, account) === client.id;
		return { status: 200, body: listPage(context.store.orders.all(), query, context, matches) };
	},
	getOrderById: ({ path }, context) => {
		const client = requireClient(context, path.client_id);
		const order = context.store.orders.get(path.order_id);
		if (order === undefined || clientOfAccount(context.store, order.account) !== client.id) throw notFound('order', path.order_id);
		return { status: 200, body: order };
	},
	getCashTransactions: ({ path, query }, context) => {
		const client = requireClient(context, path.client_id);
		const matches = (transaction: CashTransaction): boolean =>
			clientOfCash(context.store, transaction) === client.id && hasReference(transaction, query);
		return { status: 200, body: listPage(context.store.cash.all(), query, context, matches) };
	},
	getFundTransactions: ({ path, query }, context) => {
		const client = requireClient(context, path.client_id);
		const matches = (transaction: FundTransaction): boolean =>
			clientOfAccount(context.store, transaction.account) === client.id && hasReference(transaction, query);
		return { status: 200, body: listPage(context.store.fund.all(), query, context, matches) };
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
	getAccountCashTransactions: ({ path, query }, context) => {
		const { id } = requireAccount(context, path.client_id, path.account_id);
		const matches = ({ creditAccount, debitAccount }: CashTransaction): boolean => creditAccount === id || debitAccount === id;
		return { status: 200, body: listPage(context.store.cash.all(), query, context, matches) };
	},
	getAccountFundTransactions: ({ path, query }, context) => {
		const { id } = requireAccount(context, path.client_id, path.account_id);
		return { status: 200, body: listPage(context.store.fund.all(), query, context, ({ account }) => account === id) };
	},
};

function hasReference(transaction: { ref?: string; refType?: string }, query: { ref?: string; reftype?: string }): boolean {
	return (
		(query.ref === undefined || transaction.ref === query.ref) && (query.reftype === undefined || transaction.refType === query.reftype)
	);
}
