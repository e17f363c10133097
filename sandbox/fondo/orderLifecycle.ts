import { round } from '../state/decimal';
import { addToTotals, bookCash, bookFund, changeBalance, changePosition } from './booking';
import type { FondoContext } from './context';
import type { Account, Order } from './objects';

type Step = 'received' | 'pending' | 'sent' | 'confirmed';
const NEXT: Record<Step, Order['status']> = {
	received: 'pending',
	pending: 'sent',
	sent: 'confirmed',
	confirmed: 'settled',
};

/** Schedules what becomes of a new order. `payoutIban` is set for an order withdrawal. */
export function scheduleOrder(context: FondoContext, { id }: Order, payoutIban?: string): void {
	const now = context.clock.now();
	const { death } = context.vendor;
	if (death === undefined) return scheduleStep(context, id, 'received', now, payoutIban);
	context.scheduler.at(now + death.after, (at) => {
		const order = context.store.orders.get(id);
		if (order?.status !== 'received') return;
		context.endWords.set(id, death.word);
		endOrder(context, order, { modifiedDate: context.clock.iso(at) });
	});
}

/** Ends an order before it is executed: returns the cash or units that it reserved. */
export function endOrder(context: FondoContext, order: Order, dates: Pick<Order, 'modifiedDate' | 'canceledDate'>): Order {
	const ended = context.store.orders.update(order, { status: 'canceled', ...dates });
	releaseReservation(context, order);
	context.ledger.cancel(order.id);
	return ended;
}

function scheduleStep(context: FondoContext, orderId: string, step: Step, since: number, payoutIban?: string): void {
	context.scheduler.at(since + context.settings.orderSteps[step] * 1000, (at) => {
		const order = context.store.orders.get(orderId);
		if (order === undefined || order.status !== step) return;
		const next = NEXT[step];
		const confirmed = next === 'confirmed' ? confirmedFields(context, order) : {};
		const advanced = context.store.orders.update(order, { ...confirmed, status: next, modifiedDate: context.clock.iso(at) });
		if (next === 'settled') settle(context, advanced, at, payoutIban);
		else if (next !== 'received' && next !== 'canceled' && next !== 'hold') scheduleStep(context, orderId, next, at, payoutIban);
	});
}

/** Fields that exist only from confirmation on: units of a subscription, amount of a redemption. */
function confirmedFields(context: FondoContext, order: Order): Pick<Order, 'units' | 'amount'> {
	const { closePrice, decimalsUnits } = context.store.instruments.get(order.instrument) ?? {
		closePrice: 100,
		decimalsUnits: 4,
	};
	return order.orderType === 'subscription'
		? { units: round((order.amount ?? 0) / closePrice, decimalsUnits) }
		: { amount: round((order.units ?? 0) * closePrice, 2) };
}

function settle(context: FondoContext, order: Order, at: number, payoutIban?: string): void {
	const account = context.store.accounts.get(order.account);
	if (account === undefined) return;
	const { amount = 0, units = 0, instrument, clientRef, executorRef } = order;
	const price = context.store.instruments.get(instrument)?.closePrice ?? 0;
	const origin = { ref: order.id, clientRef, executorRef };
	const transactionType = order.orderType;
	bookFund(context, { ...origin, transactionType, account: account.id, instrument, units, price }, at);
	if (transactionType === 'subscription') {
		bookCash(context, { ...origin, transactionType, refType: 'order', debitAccount: account.id, amount }, at);
		changePosition(context, account, { instrument, units, settled: units, price, at });
		return;
	}
	bookCash(context, { ...origin, transactionType, refType: 'order', creditAccount: account.id, amount }, at);
	changePosition(context, account, { instrument, units: 0, settled: -units, price, at });
	changeBalance(context, account, amount, at);
	if (payoutIban !== undefined) payOut(context, account, order, at, payoutIban);
}

function payOut(context: FondoContext, account: Account, { amount = 0, clientRef, executorRef }: Order, at: number, iban: string): void {
	bookCash(
		context,
		{
			transactionType: 'withdrawal',
			refType: 'external',
			ref: iban,
			debitAccount: account.id,
			amount,
			clientRef,
			executorRef,
		},
		at,
	);
	changeBalance(context, account, -amount, at);
	addToTotals(context, account, 'withdrawn', amount);
}

function releaseReservation(context: FondoContext, order: Order): void {
	const account = context.store.accounts.get(order.account);
	if (account === undefined) return;
	const { instrument, units = 0, amount = 0 } = order;
	const at = context.clock.now();
	if (order.orderType === 'subscription') {
		changeBalance(context, account, amount, at);
		return;
	}
	const price = account.positions.find((position) => position.instrument === instrument)?.gav ?? 0;
	changePosition(context, account, { instrument, units, settled: 0, price, at });
}
