import type { Random } from '../../state/random';
import type { Account, CashTransaction, FundTransaction, Instrument, Order } from '../objects';

const DAY = 86_400_000;

export interface History {
	orders: Order[];
	cash: CashTransaction[];
	fund: FundTransaction[];
}

/** Account, time and sequence number of a booking. */
export interface BookingTime {
	account: Account;
	random: Random;
	at: number;
	sequence: string;
}

/** Adds a settled order to the history and returns its id. */
export function addOrder(
	time: BookingTime,
	fields: Pick<Order, 'orderType' | 'instrument' | 'amount' | 'units'>,
	history: History,
): string {
	const { account, random, at, sequence } = time;
	const id = random.uuid();
	history.orders.push({
		id,
		sortedId: random.ulidAt(at),
		status: 'settled',
		...fields,
		account: account.id,
		clientRef: `${fields.orderType === 'subscription' ? 'SUB' : 'RED'}-${sequence}`,
		executorRef: account.owner.ssn,
		createdDate: iso(at),
		modifiedDate: iso(at + 3 * DAY),
	});
	return id;
}

export function cashTransaction(
	{ random, at, sequence }: BookingTime,
	fields: Partial<CashTransaction> & Pick<CashTransaction, 'transactionType' | 'amount'>,
): CashTransaction {
	const date = iso(at);
	return {
		id: random.uuid(),
		sortedId: random.ulidAt(at),
		aborted: false,
		...fields,
		currency: 'SEK',
		clientRef: sequence,
		createdDate: date,
		modifiedDate: date,
		settlementDate: iso(at + DAY),
	};
}

export function fundTransaction(
	{ account, random, at, sequence }: BookingTime,
	{
		instrument,
		...fields
	}: Pick<FundTransaction, 'transactionType' | 'ref' | 'units' | 'price'> & {
		instrument: Pick<Instrument, 'id' | 'isincode' | 'currency'>;
	},
): FundTransaction {
	const [traded, settled] = [iso(at), iso(at + 2 * DAY)];
	return {
		id: random.uuid(),
		sortedId: random.ulidAt(at),
		aborted: false,
		...fields,
		refType: 'order',
		account: account.id,
		instrument: instrument.id,
		identifier: instrument.isincode,
		currency: instrument.currency,
		clientRef: sequence,
		createdDate: traded,
		modifiedDate: settled,
		tradeDate: traded,
		settlementDate: settled,
	};
}

const iso = (at: number): string => new Date(at).toISOString();
