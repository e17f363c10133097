import { parseDecimal } from '../data/decimal';
import { Refusal } from '../http/refusal';
import type { Account, PaymentBatchCreate } from './objects';
import type { TenantStore } from './store';

export interface PaymentWish {
	amount: string;
	creditorName: string;
	creditorAccount: { type: string; value: string };
	reference: string | null;
	endToEndId: string;
}

export interface BatchWish {
	account: Account;
	name: string;
	executionDate: string;
	payments: PaymentWish[];
}

const invalid = (message: string): Refusal => new Refusal(400, 'invalid', message);

/** Reads a batch out of a body in which the contract demands nothing; says what is missing or wrong. */
export function readBatch(body: PaymentBatchCreate, tenant: TenantStore): BatchWish {
	if (body.account_id === undefined) throw invalid('account_id is missing: which account shall pay?');
	const account = tenant.accounts.get(body.account_id);
	if (account === undefined) throw invalid(`account_id: there is no account ${body.account_id}`);
	// Judged by the wall clock: on a sandbox clock that runs fast, today's date would soon be in the past.
	const today = new Date().toISOString().slice(0, 10);
	const executionDate = body.execution_date ?? today;
	if (executionDate < today) throw invalid('execution_date must not be in the past');
	if (body.payments === undefined || body.payments.length === 0) throw invalid('payments: at least one payment is needed');
	const payments = body.payments.map((payment, index): PaymentWish => {
		const where = `payments.${index}`;
		const amount = parseDecimal(payment.amount ?? '');
		if (amount === undefined) throw invalid(`${where}.amount must be a decimal amount like "12500.00", not ${payment.amount}`);
		if (amount <= 0n) throw invalid(`${where}.amount must be greater than 0, not ${payment.amount}`);
		const currency = payment.currency ?? body.currency ?? account.currency;
		if (currency !== account.currency) throw invalid(`${where}.currency ${currency} differs from the account's ${account.currency}`);
		return {
			amount: String(payment.amount),
			creditorName: payment.creditor_name,
			creditorAccount: { type: payment.creditor_account.type, value: payment.creditor_account.value },
			reference: payment.reference ?? null,
			endToEndId: payment.end_to_end_id ?? '',
		};
	});
	return { account, name: body.name ?? `Batch ${executionDate}`, executionDate, payments };
}
