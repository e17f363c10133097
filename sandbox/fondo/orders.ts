import type { operations } from '../../contracts/fondo';
import { formatDecimal, decimal, round } from '../data/decimal';
import type { Handlers } from '../http/operation';
import type { World } from '../world';
import { born, moveCash, moveUnits } from './booking';
import { invalid, missing, theClient } from './lookups';
import { release, schedule } from './orderLifecycle';
import { bankAccountOf, checkOrder, type OrderWish } from './orderRules';
import type { Order } from './objects';
import { clientOfAccount } from './store';

export const orderHandlers: Handlers<operations> = {
	createOrder: ({ path, query, body }, world) => {
		const { instrument } = checkOrder(world, path.client_id, body);
		if (onlyValidate(query['validate-only'])) return validated(body, world);
		const order = accept(body, world);
		world.ledger.write({ ...entry(order, instrument.closePrice), kind: 'order' });
		schedule(world, order.id, 'received', world.clock.now());
		return world.settings.fondo.createAnswer === 'body' ? { status: 200, body: order } : { status: 204 };
	},
	createOrderWithdrawal: ({ path, query, body }, world) => {
		const { account, instrument } = checkOrder(world, path.client_id, body);
		const iban = bankAccountOf(account, body.bankAccount);
		if (onlyValidate(query['validate-only'])) return validated(body, world);
		const order = accept(body, world);
		world.ledger.write({ ...entry(order, instrument.closePrice), kind: 'order_withdrawal', counterparty: iban });
		schedule(world, order.id, 'received', world.clock.now(), iban);
		return world.settings.fondo.createAnswer === 'body' ? { status: 200, body: order } : { status: 204 };
	},
	cancelOrder: ({ path }, world) => {
		const client = theClient(world, path.client_id);
		const order = world.fondo.orders.get(path.order_id);
		if (order === undefined || clientOfAccount(world.fondo, order.account) !== client.id) throw missing('order', path.order_id);
		if (order.status !== 'received' && order.status !== 'pending') {
			throw invalid(`An order can be canceled while it is received or pending; this one is ${order.status}`);
		}
		const date = world.clock.iso();
		const canceled = world.fondo.orders.update(order, { status: 'canceled', modifiedDate: date, canceledDate: date });
		release(world, order);
		world.ledger.cancel(order.id);
		return { status: 200, body: canceled };
	},
};

function onlyValidate(value: string | undefined): boolean {
	if (value === undefined || value === 'false') return false;
	if (value === 'true') return true;
	throw invalid(`validate-only must be true or false, not ${value}`);
}

function facts(wish: OrderWish): Omit<Order, 'id' | 'sortedId' | 'status' | 'createdDate' | 'modifiedDate'> {
	const { account, clientRef, executorRef, instrument } = wish;
	const common = { account, clientRef, executorRef, instrument };
	return wish.orderType === 'subscription'
		? { orderType: 'subscription', ...common, amount: wish.amount, units: 0 }
		: { orderType: 'redemption', ...common, units: wish.units };
}

function validated(
	wish: OrderWish,
	world: World,
): { status: 200; body: Omit<Order, 'id' | 'sortedId' | 'status' | 'createdDate' | 'modifiedDate'> } | { status: 204 } {
	return world.settings.fondo.validateOnlyAnswer === 'body' ? { status: 200, body: facts(wish) } : { status: 204 };
}

/** Stores the order and reserves what it needs. The same `clientRef` is accepted again and again, as nothing says otherwise. */
function accept(wish: OrderWish, world: World): Order {
	const order = world.fondo.orders.add({ ...born(world), status: 'received', ...facts(wish) });
	const account = world.fondo.accounts.get(wish.account);
	if (account === undefined) throw new Error(`Account ${wish.account} vanished`);
	const at = world.clock.now();
	if (wish.orderType === 'subscription') moveCash(world, account, -wish.amount, at);
	else moveUnits(world, account, { instrument: wish.instrument, units: -wish.units, settled: 0, price: 0, at });
	return order;
}

function entry(order: Order, price: number) {
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
