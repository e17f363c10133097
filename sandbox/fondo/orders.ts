import type { operations } from '../../contracts/fondo';
import type { Handlers } from '../http/api';
import { decimal, formatDecimal, round } from '../state/decimal';
import { changeBalance, changePosition, newEntity } from './booking';
import type { FondoContext } from './context';
import { badRequest, doneBefore, notFound, requireClient, requireNewReference } from './lookups';
import type { Order } from './objects';
import { endOrder, scheduleOrder } from './orderLifecycle';
import { checkOrder, type OrderRequest, payoutIban } from './orderRules';
import { clientOfAccount } from './store';

export const orderHandlers: Handlers<operations, FondoContext> = {
	createOrder: ({ path, query, body }, context) => {
		const { account, instrument } = checkOrder(context, path.client_id, body);
		if (isCheck(query['validate-only'], context)) return validationResponse(body, context);
		requireNewReference(context, requireClient(context, account.clientId), [body.clientRef]);
		const order = placeOrder(body, context);
		context.ledger.write({ ...ledgerEntry(order, instrument.closePrice), kind: 'order' });
		scheduleOrder(context, order);
		return createdOrder(order, context);
	},
	createOrderWithdrawal: ({ path, query, body }, context) => {
		const { account, instrument } = checkOrder(context, path.client_id, body);
		const iban = payoutIban(account, body.bankAccount);
		if (isCheck(query['validate-only'], context)) return validationResponse(body, context);
		requireNewReference(context, requireClient(context, account.clientId), [body.clientRef]);
		const order = placeOrder(body, context);
		context.ledger.write({ ...ledgerEntry(order, instrument.closePrice), kind: 'order_withdrawal', counterparty: iban });
		scheduleOrder(context, order, iban);
		return createdOrder(order, context);
	},
	cancelOrder: ({ path }, context) => {
		const client = requireClient(context, path.client_id);
		const order = context.store.orders.get(path.order_id);
		if (order === undefined || clientOfAccount(context.store, order.account) !== client.id) throw notFound('order', path.order_id);
		const endWord = context.endWords.get(order.id);
		const reason = `An order can be canceled while it is received or pending; this one is ${endWord ?? order.status}`;
		if (order.status === 'canceled' && endWord === undefined) return { ...doneBefore(context, reason), body: order };
		if (order.status !== 'received' && order.status !== 'pending') throw badRequest(reason);
		const date = context.clock.iso();
		return { status: 200, body: endOrder(context, order, { modifiedDate: date, canceledDate: date }) };
	},
};

/** Whether the order is to be checked only. One vendor executes it all the same. */
function isCheck(value: string | undefined, { vendor }: FondoContext): boolean {
	if (value !== undefined && value !== 'false' && value !== 'true') throw badRequest(`validate-only must be true or false, not ${value}`);
	return value === 'true' && vendor.validateOnly !== 'executed';
}

function createdOrder(order: Order, { settings, store }: FondoContext) {
	if (settings.createAnswer === 'empty') return { status: 204 as const };
	const created = `/v2/partner/client/${clientOfAccount(store, order.account)}/order/${order.id}`;
	return { status: 200 as const, body: order, created };
}

function orderFields(request: OrderRequest): Omit<Order, 'id' | 'sortedId' | 'status' | 'createdDate' | 'modifiedDate'> {
	const { account, clientRef, executorRef, instrument } = request;
	const common = { account, clientRef, executorRef, instrument };
	return request.orderType === 'subscription'
		? { orderType: 'subscription', ...common, amount: request.amount, units: 0 }
		: { orderType: 'redemption', ...common, units: request.units };
}

function validationResponse(request: OrderRequest, context: FondoContext) {
	const { settings, vendor } = context;
	const nothingDone = true as const;
	if (settings.validateOnlyAnswer === 'empty') return { status: 204 as const, nothingDone };
	const answer = { status: 200 as const, body: orderFields(request), nothingDone };
	if (vendor.validateOnly === 'valid') return { ...answer, instead: { valid: true } };
	if (vendor.validateOnly !== 'order with id') return answer;
	return { ...answer, body: { ...newEntity(context), status: 'received' as const, ...orderFields(request) } };
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
