import type { IDataObject } from 'n8n-workflow';
import { compare, isDecimal, sum } from '../../shared/core/decimal';
import { UserError } from '../../shared/core/userError';
import { contentFingerprint } from '../../shared/writes/canonical';

/** The fields of a batch that controls compare: of a batch at Finvis, or of one that the node is about to create. */
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

/** The amounts of a batch that the node is about to create. Throws a UserError when one of them is not a decimal number, or is negative: it would hide others in the total. */
export function paymentAmounts(body: IDataObject): unknown[] {
	const amounts = amountsOf(body);
	const wrong = amounts.findIndex((amount) => !isDecimal(amount) || compare(amount, 0) < 0);
	if (wrong === -1) return amounts;
	throw new UserError(
		`The amount of payment ${wrong + 1} cannot be added up`,
		'Nothing was sent. Write it as a number from zero on, such as 12500.00.',
	);
}

/** The totals that Finvis will show for the batch of this body. */
export const totalsOf = (body: IDataObject): Batch => {
	const amounts = amountsOf(body);
	return { ...(amounts.every(isDecimal) ? { total_amount: sum(amounts) } : {}), payment_count: amounts.length };
};

const FINGERPRINT_FIELDS = ['id', 'account_id', 'currency', 'total_amount', 'payment_count', 'execution_date', 'updated_at'];

/** A hash of what a batch says, which differs after every change that Finvis shows; undefined when Finvis leaves out one of the fields. */
export function batchFingerprint(batch: IDataObject): string | undefined {
	if (FINGERPRINT_FIELDS.some((name) => batch[name] === undefined)) return undefined;
	return contentFingerprint(Object.fromEntries(FINGERPRINT_FIELDS.map((name) => [name, batch[name]]))).slice(0, 20);
}

/** Batches that will never be paid. */
const DEAD = /^(rejected|declined|cancell?ed|expired|failed|deleted)$/i;

/** Words of Finvis and of vendors like it for batches that were approved, and for those that were paid. */
export const APPROVED = /^(approved|processing|executed|completed|paid|settled)$/i;
export const EXECUTED = /^(executed|completed|paid|settled)$/i;

/** False for a batch that Finvis will never pay. */
export const isAlive = ({ status }: IDataObject) => !DEAD.test(String(status).trim());

/** Words of Finvis and of vendors like it for batches that were submitted. */
export const SUBMITTED = /^(submitted|pending_approval|pending|approved|processing|executed|completed|paid|settled)$/i;
