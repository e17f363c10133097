import type { Random } from '../data/random';
import type { Account, CashTransaction, FundTransaction, Instrument, Order } from './objects';

const DAY = 86_400_000;

export interface History {
	orders: Order[];
	cash: CashTransaction[];
	fund: FundTransaction[];
}

/** Whose booking, when, and by what running number. */
export interface Moment {
	account: Account;
	random: Random;
	at: number;
	sequence: string;
}

/** Adds a settled order and returns its id. */
export function order(moment: Moment, what: Pick<Order, 'orderType' | 'instrument' | 'amount' | 'units'>, history: History): string {
	const { account, random, at, sequence } = moment;
	const id = random.uuid();
	history.orders.push({
		id,
		sortedId: random.ulidAt(at),
		status: 'settled',
		...what,
		account: account.id,
		clientRef: `${what.orderType === 'subscription' ? 'SUB' : 'RED'}-${sequence}`,
		executorRef: account.owner.ssn,
		createdDate: iso(at),
		modifiedDate: iso(at + 3 * DAY),
	});
	return id;
}

export function cash(
	{ random, at, sequence }: Moment,
	what: Partial<CashTransaction> & Pick<CashTransaction, 'transactionType' | 'amount'>,
): CashTransaction {
	const date = iso(at);
	return {
		id: random.uuid(),
		sortedId: random.ulidAt(at),
		aborted: false,
		...what,
		currency: 'SEK',
		clientRef: sequence,
		createdDate: date,
		modifiedDate: date,
		settlementDate: iso(at + DAY),
	};
}

export function fund(
	{ account, random, at, sequence }: Moment,
	{
		instrument,
		...what
	}: Pick<FundTransaction, 'transactionType' | 'ref' | 'units' | 'price'> & {
		instrument: Pick<Instrument, 'id' | 'isincode' | 'currency'>;
	},
): FundTransaction {
	const [traded, settled] = [iso(at), iso(at + 2 * DAY)];
	return {
		id: random.uuid(),
		sortedId: random.ulidAt(at),
		aborted: false,
		...what,
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

const iso = (time: number): string => new Date(time).toISOString();
