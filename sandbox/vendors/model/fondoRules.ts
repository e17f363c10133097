import { type Fields, isFields } from './vendor';

const isPositive = (value: unknown) => typeof value === 'number' && Number.isFinite(value) && value > 0;
const isText = (value: unknown) => typeof value === 'string' && value !== '';

/** Why Fondo refuses an order, or undefined. */
export function checkOrder(order: Fields, payout: boolean): string | undefined {
	const { orderType, account, instrument, amount, units, executorRef, bankAccount } = order;
	if (orderType !== 'redemption' && (payout || orderType !== 'subscription')) return 'orderType is not valid';
	if (!isText(account)) return 'account is required';
	if (!isText(instrument)) return 'instrument is required';
	if (orderType === 'subscription' && !isPositive(amount)) return 'amount must be above zero';
	if (orderType === 'redemption' && !isPositive(units)) return 'units must be above zero';
	if (payout && !isText(executorRef)) return 'executorRef is required';
	if (payout && !isText(bankAccount)) return 'bankAccount is required';
	return undefined;
}

/** Why Fondo refuses to pay out from an account, or undefined. */
export function checkPayout({ amount, executorRef }: Fields): string | undefined {
	if (!isPositive(amount)) return 'amount must be above zero';
	return isText(executorRef) ? undefined : 'executorRef is required';
}

/** Why Fondo refuses a payment instruction, or undefined. */
export function checkInstruction({ type, payments }: Fields): string | undefined {
	if (type !== 'autogiro') return 'type is not valid';
	if (!Array.isArray(payments) || payments.length === 0) return 'payments must not be empty';
	const isGood = (payment: unknown) =>
		isFields(payment) && isPositive(payment.amount) && isText(payment.account) && isText(payment.clientRef);
	return payments.every(isGood) ? undefined : 'a payment is not valid';
}

export const bankAccountOf = (client: string) => ({ id: client, feeType: 'client_fee', iban: 'SE7280000810340009783242' });

/** Two open accounts for each client, with IDs that follow from the client's. */
export const accountOf = (client: string, number: 1 | 2) => ({
	id: `${client.slice(0, -1)}${number}`,
	ref: `16036714669515${number}`,
	name: number === 1 ? 'Spar' : 'Pension',
	status: 'active',
	accountType: 'isk',
	serviceType: 'portfolioManagement',
	balance: 1_000_000,
	currency: 'SEK',
	deleted: false,
	clientId: client,
	bankAccounts: [bankAccountOf(client)],
});

export const INSTRUMENTS = ['SE0001862426SEK', 'SE0000000019SEK'].map((id) => ({
	id,
	isincode: id.slice(0, 12),
	name: `Fund ${id}`,
	currency: 'SEK',
	closePrice: 100,
	decimalsUnits: 4,
	isBuyable: true,
	isSellable: true,
	isTradable: true,
}));
