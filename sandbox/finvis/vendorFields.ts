/** Finvis' objects as the vendor positions write them, and the times that decide what the list of batches shows. */
import type { Clock } from '../state/clock';
import { AS_WRITTEN } from '../vendors/asWritten';
import type { Behaviour, Life } from '../vendors/position';
import { type FieldKinds, type Fields, readFields, writeFields } from '../vendors/writeFields';
import type { Payment, PaymentBatch } from './objects';
import type { FinvisStore } from './store';

/** What decides how an object is shown: a part of the context of the handlers. */
interface ShowContext {
	readonly vendor: Behaviour;
	readonly store: FinvisStore;
	readonly clock: Clock;
	readonly endWords: ReadonlyMap<string, string>;
}

const kindsOf = (kind: FieldKinds[string], names: string) => Object.fromEntries(names.split(' ').map((name) => [name, kind]));

const KINDS: FieldKinds = {
	...kindsOf('amount', 'amount total_amount booked_balance available_balance inflow outflow net total'),
	...kindsOf('moment', 'created_at updated_at requested_at decided_at confirmed_at balance_updated_at as_of'),
	...kindsOf('day', 'execution_date booking_date value_date date_from date_to period_start period_end'),
	...kindsOf('id', 'id account_id company_id koncern_id object_id batch_id target_id transaction_id'),
	...kindsOf('code', 'currency'),
	...kindsOf('status', 'previous_status'),
};

const CODES = { currency: (code: string) => code.toUpperCase() };

const FINAL = ['executed', 'failed', 'rejected'];

export function lifeOfBatch({ id, status, created_at, updated_at }: PaymentBatch, { endWords }: ShowContext): Life {
	const updatedAt = Date.parse(updated_at);
	return {
		kind: 'batch',
		createdAt: Date.parse(created_at),
		executedAt: status === 'executed' ? updatedAt : Infinity,
		finishedAt: FINAL.includes(status) || endWords.has(id) ? updatedAt : Infinity,
	};
}

/** The status of an object as Finvis shows it. */
export const shownStatus = ({ id, status }: { id: string; status: string }, { endWords, vendor }: ShowContext): string =>
	endWords.get(id) ?? vendor.status(status);

/** A value of a response or an event, as the vendor positions write it. */
export function showFinvis(value: object, context: ShowContext): object;
export function showFinvis(value: unknown, context: ShowContext): unknown;
export function showFinvis(value: unknown, context: ShowContext): unknown {
	const { vendor } = context;
	if (vendor === AS_WRITTEN.finvis) return value;
	return writeFields(value, { behaviour: vendor, kinds: KINDS, change: (object) => changed(object, context) });
}

/** Path, query or body of a request, with IDs and codes as the store has them. */
export function readFinvis(value: unknown, { vendor }: Pick<ShowContext, 'vendor'>): unknown {
	const ids = vendor.id !== AS_WRITTEN.finvis.id || vendor.idNumber !== undefined;
	const hasCodes = vendor.code !== AS_WRITTEN.finvis.code;
	return ids || hasCodes ? readFields(value, { ids, codes: hasCodes ? CODES : {}, idNumber: vendor.idNumber }) : value;
}

function changed(object: Fields, context: ShowContext): Fields {
	const { vendor, store, clock, endWords } = context;
	const { id, batch_id, status } = object;
	const change: Record<string, unknown> = { ...object };
	if (typeof status === 'string') change.status = endWords.get(String(batch_id ?? id)) ?? vendor.status(status);
	const tenant = store.all().find(({ batches }) => batches.get(String(id)) !== undefined);
	const batch = tenant?.batches.get(String(id));
	if (tenant === undefined || batch === undefined) return change;
	change.name = vendor.showName(batch.name, lifeOfBatch(batch, context), clock.now());
	const payments = tenant.payments.all().filter(({ batchId }) => batchId === batch.id);
	return { ...change, payments: vendor.payments(payments.map((payment) => paymentAsSent(payment, batch.currency))) };
}

function paymentAsSent({ amount, creditorName, creditorAccount, reference, endToEndId }: Payment, currency: string): Fields {
	return {
		amount,
		currency,
		creditor_name: creditorName,
		creditor_account: creditorAccount,
		...(reference === null ? {} : { reference }),
		...(endToEndId === '' ? {} : { end_to_end_id: endToEndId }),
	};
}
