import type { IDataObject } from 'n8n-workflow';
import { isDecimal, sum } from '../../shared/core/decimal';
import { fingerprint } from '../../shared/writes/idempotencyKey';
import { UserError } from '../../shared/core/userError';

/** What controls look at, of a batch at Finvis or of one that is to be made. */
export interface Batch extends IDataObject {
	total_amount?: string | number;
	payment_count?: number;
	currency?: string;
	execution_date?: string;
}

const amountsOf = (body: IDataObject): unknown[] => {
	const payments = Array.isArray(body.payments) ? body.payments : [];
	return payments.map((payment: unknown) =>
		typeof payment === 'object' && payment !== null && 'amount' in payment ? payment.amount : undefined,
	);
};

/** The amounts of a batch that is to be made; refused where one cannot be added up. */
export function paymentAmounts(body: IDataObject): unknown[] {
	const amounts = amountsOf(body);
	const wrong = amounts.findIndex((amount) => !isDecimal(amount));
	if (wrong === -1) return amounts;
	throw new UserError(`The amount of payment ${wrong + 1} cannot be added up`, 'Nothing was sent. Write it as a number such as 12500.00.');
}

/** What Finvis will show of a batch that is to be made. */
export const totalsOf = (body: IDataObject): Batch => {
	const amounts = amountsOf(body);
	return { ...(amounts.every(isDecimal) ? { total_amount: sum(amounts) } : {}), payment_count: amounts.length };
};

const PRINTED = ['id', 'account_id', 'currency', 'total_amount', 'payment_count', 'execution_date', 'updated_at'];

/** Changes with every change of a batch that Finvis shows; undefined where it does not show enough to tell. */
export function batchFingerprint(batch: IDataObject): string | undefined {
	if (PRINTED.some((name) => batch[name] === undefined)) return undefined;
	return fingerprint(PRINTED.map((name) => String(batch[name]))).slice(0, 20);
}

/** Batches that will never be paid. */
const DEAD = ['rejected', 'cancelled', 'canceled', 'failed'];

export const isAlive = ({ status }: IDataObject) => !DEAD.includes(String(status));
