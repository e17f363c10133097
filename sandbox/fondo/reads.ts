import type { operations } from '../../contracts/fondo';
import type { Handlers } from '../http/operation';
import { limited, page } from './list';
import { missing, theAccount, theClient } from './lookups';
import type { Account, CashTransaction, FundTransaction, Order } from './objects';
import { clientOfAccount, clientOfCash } from './store';

/** Lists and single objects; none of them changes anything. */
export const readHandlers: Handlers<operations> = {
	getClients: ({ query }, world) => ({ status: 200, body: page(world.fondo.clients.all(), query, world) }),
	getClient: ({ path }, world) => ({ status: 200, body: theClient(world, path.client_id) }),
	getAccounts: ({ path, query }, world) => {
		const client = theClient(world, path.client_id);
		const isWanted = ({ clientId, owner }: Account): boolean =>
			clientId === client.id && (query.ssn === undefined || owner.ssn === query.ssn);
		return { status: 200, body: page(world.fondo.accounts.all(), query, world, isWanted) };
	},
	getAccount: ({ path }, world) => ({ status: 200, body: theAccount(world, path.client_id, path.account_id) }),
	getKycStatus: ({ path }, world) => {
		const { id, status } = theAccount(world, path.client_id, path.account_id);
		return { status: 200, body: { account: id, status: status === 'active' ? 'valid' : 'missing' } };
	},
	getCustodians: ({ path }, world) => {
		theClient(world, path.client_id);
		return { status: 200, body: world.fondo.custodians };
	},
	getInstruments: ({ query }, world) => ({ status: 200, body: limited(world.fondo.instruments.all(), query, world) }),
	getClientInstrumentUniverse: ({ path, query }, world) => {
		theClient(world, path.client_id);
		const tradable = world.fondo.instruments.all().filter(({ isTradable }) => isTradable);
		return { status: 200, body: limited(tradable, query, world) };
	},
	getInstrumentById: ({ path }, world) => {
		const instrument = world.fondo.instruments.get(path.instrument_id);
		if (instrument === undefined) throw missing('instrument', path.instrument_id);
		return { status: 200, body: instrument };
	},
	getOrders: ({ path, query }, world) => {
		const client = theClient(world, path.client_id);
		const isWanted = ({ account }: Order): boolean => clientOfAccount(world.fondo, account) === client.id;
		return { status: 200, body: page(world.fondo.orders.all(), query, world, isWanted) };
	},
	getOrderById: ({ path }, world) => {
		const client = theClient(world, path.client_id);
		const order = world.fondo.orders.get(path.order_id);
		if (order === undefined || clientOfAccount(world.fondo, order.account) !== client.id) throw missing('order', path.order_id);
		return { status: 200, body: order };
	},
	getCashTransactions: ({ path, query }, world) => {
		const client = theClient(world, path.client_id);
		const isWanted = (one: CashTransaction): boolean => clientOfCash(world.fondo, one) === client.id && refers(one, query);
		return { status: 200, body: page(world.fondo.cash.all(), query, world, isWanted) };
	},
	getFundTransactions: ({ path, query }, world) => {
		const client = theClient(world, path.client_id);
		const isWanted = (one: FundTransaction): boolean => clientOfAccount(world.fondo, one.account) === client.id && refers(one, query);
		return { status: 200, body: page(world.fondo.fund.all(), query, world, isWanted) };
	},
	getCashTransactionById: ({ path }, world) => {
		const client = theClient(world, path.client_id);
		const found = world.fondo.cash.get(path.transaction_id);
		if (found === undefined || clientOfCash(world.fondo, found) !== client.id) throw missing('cash transaction', path.transaction_id);
		return { status: 200, body: found };
	},
	getFundTransactionById: ({ path }, world) => {
		const client = theClient(world, path.client_id);
		const found = world.fondo.fund.get(path.transaction_id);
		if (found === undefined || clientOfAccount(world.fondo, found.account) !== client.id)
			throw missing('fund transaction', path.transaction_id);
		return { status: 200, body: found };
	},
	getAccountCashTransactions: ({ path, query }, world) => {
		const { id } = theAccount(world, path.client_id, path.account_id);
		const isWanted = ({ creditAccount, debitAccount }: CashTransaction): boolean => creditAccount === id || debitAccount === id;
		return { status: 200, body: page(world.fondo.cash.all(), query, world, isWanted) };
	},
	getAccountFundTransactions: ({ path, query }, world) => {
		const { id } = theAccount(world, path.client_id, path.account_id);
		return { status: 200, body: page(world.fondo.fund.all(), query, world, ({ account }) => account === id) };
	},
};

function refers(transaction: { ref?: string; refType?: string }, query: { ref?: string; reftype?: string }): boolean {
	return (
		(query.ref === undefined || transaction.ref === query.ref) && (query.reftype === undefined || transaction.refType === query.reftype)
	);
}
