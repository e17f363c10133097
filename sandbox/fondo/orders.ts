import type { operations } from '../../contracts/fondo';
import type { Handlers } from '../http/api';
import { decimal, formatDecimal, round } from '../state/decimal';
import { changeBalance, changePosition, newEntity } from './booking';
import type { FondoContext } from './context';
import { badRequest, notFound, requireClient } from './lookups';
import type { Order } from './objects';
import { releaseReservation, scheduleStep } from './orderLifecycle';
import { checkOrder, type OrderRequest, payoutIban } from './orderRules';
import { clientOfAccount } from './store';

export const orderHandlers: Handlers<operations, FondoContext> = {
	createOrder: ({ path, query, body }, context) => {
		const { instrument } = checkOrder(context, path.client_id, body);
		if (isValidateOnly(query['validate-only'])) return validationResponse(body, context);
		const order = placeOrder(body, context);
		context.ledger.write({ ...ledgerEntry(order, instrument.closePrice), kind: 'order' });
		scheduleStep(context, order.id, 'received', context.clock.now());
		return context.settings.createAnswer === 'body' ? { status: 200, body: order } : { status: 204 };
	},
	createOrderWithdrawal: ({ path, query, body }, context) => {
		const { account, instrument } = checkOrder(context, path.client_id, body);
		const iban = payoutIban(account, body.bankAccount);
		if (isValidateOnly(query['validate-only'])) return validationResponse(body, context);
		const order = placeOrder(body, context);
		context.ledger.write({ ...ledgerEntry(order, instrument.closePrice), kind: 'order_withdrawal', counterparty: iban });
		scheduleStep(context, order.id, 'received', context.clock.now(), iban);
		return context.settings.createAnswer === 'body' ? { status: 200, body: order } : { status: 204 };
	},
	cancelOrder: ({ path }, context) => {
		const client = requireClient(context, path.client_id);
		const order = context.store.orders.get(path.order_id);
		if (order === undefined || clientOfAccount(context.store, order.account) !== client.id) throw notFound('order', path.order_id);
		if (order.status !== 'received' && order.status !== 'pending') {
			throw badRequest(`An order can be canceled while it is received or pending; this one is ${order.status}`);
		}
		const date = context.clock.iso();
		const canceled = context.store.orders.update(order, { status: 'canceled', modifiedDate: date, canceledDate: date });
		releaseReservation(context, order);
		context.ledger.cancel(order.id);
		return { status: 200, body: canceled };
	},
};

function isValidateOnly(value: string | undefined): boolean {
	if (value === undefined || value === 'false') return false;
	if (value === 'true') return true;
	throw badRequest(`validate-only must be true or false, not ${value}`);
}

function orderFields(request: OrderRequest): Omit<Order, 'id' | 'sortedId' | 'status' | 'createdDate' | 'modifiedDate'> {
	const { account, clientRef, executorRef, instrument } = request;
	const common = { account, clientRef, executorRef, instrument };
	return request.orderType === 'subscription'
		? { orderType: 'subscription', ...common, amount: request.amount, units: 0 }
		: { orderType: 'redemption', ...common, units: request.units };
}

function validationResponse(
	request: OrderRequest,
	context: FondoContext,
): { status: 200; body: Omit<Order, 'id' | 'sortedId' | 'status' | 'createdDate' | 'modifiedDate'> } | { status: 204 } {
	return context.settings.validateOnlyAnswer === 'body' ? { status: 200, body: orderFields(request) } : { status: 204 };
}

/** Stores the order and reserves cash or units. Accepts a `clientRef` more than once, because the contract does not forbid it. */
function placeOrder(request: OrderRequest, context: FondoContext): Order {
	const order = context.store.orders.add({ ...newEntity(context), status: 'received', ...orderFields(request) });
	const account = context.store.accounts.get(request.account);
	if (account === undefined) throw new Error(`Account ${request.account} disappeared`);
	const at = context.clock.now();
	if (request.orderType === 'subscription') changeBalance(context, account, -request.amount, at);
	else changePosition(context, account, { instrument: request.instrument, units: -request.units, settled: 0, price: 0, at });
	return order;
}

function ledgerEntry(order: Order, price: number) {
	const amount = order.orderType === 'subscription' ? (order.amount ?? 0) : round((order.units ?? 0) * price, 2);
	return {
		api: 'fondo' as const,
		reference: order.clientRef ?? '',
		objectId: order.id,
		amount: formatDecimal(decimal(amount)),
		...(order.orderType === 'redemption' ? { units: order.units } : {}),
		currency: 'SEK',
		account: order.account,
		counterparty: order.instrument,
	};
}
