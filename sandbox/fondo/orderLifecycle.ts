import { round } from '../data/decimal';
import type { World } from '../world';
import { bookCash, bookFund, countAmounts, moveCash, moveUnits } from './booking';
import type { Account, Order } from './objects';

type Step = 'received' | 'pending' | 'sent' | 'confirmed';
const NEXT: Record<Step, Order['status']> = {
	received: 'pending',
	pending: 'sent',
	sent: 'confirmed',
	confirmed: 'settled',
};

/** Puts the next step of an order on the agenda. `payoutTo` is the IBAN of an order withdrawal. */
export function schedule(world: World, orderId: string, step: Step, since: number, payoutTo?: string): void {
	world.agenda.at(since + world.settings.fondo.orderSteps[step] * 1000, (at) => {
		const order = world.fondo.orders.get(orderId);
		if (order === undefined || order.status !== step) return;
		const next = NEXT[step];
		const fixed = next === 'confirmed' ? price(world, order) : {};
		const advanced = world.fondo.orders.update(order, { ...fixed, status: next, modifiedDate: world.clock.iso(at) });
		if (next === 'settled') settle(world, advanced, at, payoutTo);
		else if (next !== 'received' && next !== 'canceled' && next !== 'hold') schedule(world, orderId, next, at, payoutTo);
	});
}

/** What is known only at confirmation: units of a subscription, amount of a redemption. */
function price(world: World, order: Order): Pick<Order, 'units' | 'amount'> {
	const { closePrice, decimalsUnits } = world.fondo.instruments.get(order.instrument) ?? {
		closePrice: 100,
		decimalsUnits: 4,
	};
	return order.orderType === 'subscription'
		? { units: round((order.amount ?? 0) / closePrice, decimalsUnits) }
		: { amount: round((order.units ?? 0) * closePrice, 2) };
}

function settle(world: World, order: Order, at: number, payoutTo?: string): void {
	const account = world.fondo.accounts.get(order.account);
	if (account === undefined) return;
	const { amount = 0, units = 0, instrument, clientRef, executorRef } = order;
	const price = world.fondo.instruments.get(instrument)?.closePrice ?? 0;
	const cause = { ref: order.id, clientRef, executorRef };
	const transactionType = order.orderType;
	bookFund(world, { ...cause, transactionType, account: account.id, instrument, units, price }, at);
	if (transactionType === 'subscription') {
		bookCash(world, { ...cause, transactionType, refType: 'order', debitAccount: account.id, amount }, at);
		moveUnits(world, account, { instrument, units, settled: units, price, at });
		return;
	}
	bookCash(world, { ...cause, transactionType, refType: 'order', creditAccount: account.id, amount }, at);
	moveUnits(world, account, { instrument, units: 0, settled: -units, price, at });
	moveCash(world, account, amount, at);
	if (payoutTo !== undefined) payOut(world, account, order, at, payoutTo);
}

function payOut(world: World, account: Account, { amount = 0, clientRef, executorRef }: Order, at: number, iban: string): void {
	bookCash(
		world,
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
	moveCash(world, account, -amount, at);
	countAmounts(world, account, 'withdrawn', amount);
}

/** Gives back what the order had reserved. */
export function release(world: World, order: Order): void {
	const account = world.fondo.accounts.get(order.account);
	if (account === undefined) return;
	const { instrument, units = 0, amount = 0 } = order;
	const at = world.clock.now();
	if (order.orderType === 'subscription') {
		moveCash(world, account, amount, at);
		return;
	}
	const price = account.positions.find((position) => position.instrument === instrument)?.gav ?? 0;
	moveUnits(world, account, { instrument, units, settled: 0, price, at });
}
