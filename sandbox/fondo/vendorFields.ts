/** Fondo's objects as the vendor positions write them, and the times that decide what a list shows. */
import type { Clock } from '../state/clock';
import { AS_WRITTEN } from '../vendors/asWritten';
import type { Behaviour, Life, View } from '../vendors/position';
import { type FieldKinds, type Fields, isFields, readFields, writeFields } from '../vendors/writeFields';
import type { CashTransaction, FundTransaction, InstructionRecord, Order } from './objects';
import type { FondoStore } from './store';

/** What decides how an object is shown: a part of the context of the handlers. */
interface ShowContext {
	readonly vendor: Behaviour;
	readonly store: FondoStore;
	readonly clock: Clock;
	readonly endWords: ReadonlyMap<string, string>;
}

const DAY = 86_400_000;

const kindsOf = (kind: FieldKinds[string], names: string) => Object.fromEntries(names.split(' ').map((name) => [name, kind]));

const KINDS: FieldKinds = {
	...kindsOf('amount', 'amount units price balance deposited withdrawn unitsSettled value closePrice gav'),
	...kindsOf('amount', 'minInvestmentAmountSEK minInitialAmountSek minSubsequentAmountSek'),
	...kindsOf('moment', 'createdDate modifiedDate deletedDate canceledDate expiryDate settlementDate tradeDate'),
	...kindsOf('id', 'id account ref creditAccount debitAccount clientId bankAccount'),
	...kindsOf('code', 'instrument identifier isincode orderType transactionType currency'),
	...kindsOf('personalNumber', 'executorRef ssn'),
};

/** As Fondo keeps codes: those of funds in upper case, words in lower case. */
const CODES = { instrument: upper, instrument_id: upper, orderType: lower };

function upper(code: string): string {
	return code.toUpperCase();
}

function lower(code: string): string {
	return code.toLowerCase();
}

export const lifeOfOrder = ({ status, createdDate, modifiedDate }: Order): Life => ({
	kind: 'order',
	createdAt: Date.parse(createdDate),
	executedAt: status === 'confirmed' || status === 'settled' ? Date.parse(modifiedDate) : Infinity,
	finishedAt: status === 'settled' || status === 'canceled' ? Date.parse(modifiedDate) : Infinity,
});

/** A payout is executed on its settlement date; everything else is booked when it has happened. */
export function lifeOfCash({ transactionType, refType, createdDate, settlementDate }: CashTransaction): Life {
	const createdAt = Date.parse(createdDate);
	if (transactionType === 'withdrawal' && refType === 'external') {
		const executedAt = Date.parse(settlementDate ?? createdDate);
		return { kind: 'payout', createdAt, executedAt, finishedAt: executedAt + DAY };
	}
	return { kind: transactionType === 'deposit' ? 'deposit' : 'booking', createdAt, executedAt: createdAt, finishedAt: createdAt + DAY };
}

export function lifeOfFund({ createdDate }: FundTransaction): Life {
	const createdAt = Date.parse(createdDate);
	return { kind: 'booking', createdAt, executedAt: createdAt, finishedAt: createdAt + DAY };
}

export function lifeOfInstruction({ createdAt, completedAt }: InstructionRecord): Life {
	return { kind: 'other', createdAt, executedAt: completedAt, finishedAt: completedAt };
}

/** A value of a response or an event, as the vendor positions write it. */
export function showFondo<T extends object>(value: T, view: View, context: ShowContext): T;
export function showFondo(value: unknown, view: View, context: ShowContext): unknown;
export function showFondo(value: unknown, view: View, context: ShowContext): unknown {
	const { vendor } = context;
	if (vendor === AS_WRITTEN.fondo) return value;
	return writeFields(value, { behaviour: vendor, kinds: KINDS, change: (object) => changed(object, view, context) });
}

/** Path, query or body of a request, with IDs and codes as the store has them. */
export function readFondo(value: unknown, { vendor }: Pick<ShowContext, 'vendor'>): unknown {
	const ids = vendor.id !== AS_WRITTEN.fondo.id || vendor.idNumber !== undefined;
	const codes = vendor.code === AS_WRITTEN.fondo.code ? {} : CODES;
	return ids || vendor.code !== AS_WRITTEN.fondo.code ? readFields(value, { ids, codes, idNumber: vendor.idNumber }) : value;
}

function changed(object: Fields, view: View, context: ShowContext): Fields {
	const { vendor, clock, endWords } = context;
	const { id, clientRef, status, sortedId, createdDate, instructions, closePrice } = object;
	const change: Record<string, unknown> = { ...object };
	if (typeof status === 'string') change.status = endWords.get(String(id)) ?? vendor.status(status);
	// The ID of a fund is its code.
	if (typeof id === 'string' && closePrice !== undefined) change.id = vendor.code(id);
	if (typeof clientRef === 'string') {
		const life = lifeOf(object, context);
		change.clientRef = life ? vendor.showReference(clientRef, view, life, clock.now()) : clientRef;
	}
	if (typeof sortedId === 'string' && vendor.sortedId !== AS_WRITTEN.fondo.sortedId) {
		change.sortedId = vendor.sortedId(context.store.sequenceOf(String(id)) ?? 1, Date.parse(String(createdDate)));
	}
	if (Array.isArray(instructions)) {
		const record = context.store.instructions.get(String(id));
		change.instructions = vendor.payments(instructions)?.map((item: unknown) => withReference(item, record, view, context));
	}
	return change;
}

/** The life of the object that a part of a response shows. */
function lifeOf({ id, instrument, orderType }: Fields, { store, clock }: ShowContext): Life | undefined {
	const key = String(id);
	const order = store.orders.get(key);
	if (order) return lifeOfOrder(order);
	const cash = store.cash.get(key);
	if (cash) return lifeOfCash(cash);
	const fund = store.fund.get(key);
	if (fund) return lifeOfFund(fund);
	const record = store.instructions.all().find(({ payments }) => payments.some((payment) => payment.id === key));
	if (record) return lifeOfInstruction(record);
	// The order of a check is kept nowhere.
	const isChecked = instrument !== undefined && orderType !== undefined;
	return isChecked ? { kind: 'order', createdAt: clock.now(), executedAt: Infinity, finishedAt: Infinity } : undefined;
}

/** An item of an instruction has no ID; its reference shows as the instruction does. */
function withReference(item: unknown, record: InstructionRecord | undefined, view: View, { vendor, clock }: ShowContext): unknown {
	if (!isFields(item) || typeof item.clientRef !== 'string' || record === undefined) return item;
	return { ...item, clientRef: vendor.showReference(item.clientRef, view, lifeOfInstruction(record), clock.now()) };
}
