import { HttpError } from '../http/httpError';
import { parseDecimal } from '../state/decimal';
import type { Account, PaymentBatchCreate } from './objects';
import type { TenantStore } from './store';

export interface PaymentRequest {
	amount: string;
	creditorName: string;
	creditorAccount: { type: string; value: string };
	reference: string | null;
	endToEndId: string;
}

export interface BatchRequest {
	account: Account;
	name: string;
	executionDate: string;
	payments: PaymentRequest[];
}

const badRequest = (message: string): HttpError => new HttpError(400, 'invalid', message);

/** Reads a batch from a body whose fields are all optional in the contract. Throws a 400 that names the missing or wrong field. */
export function readBatch(body: PaymentBatchCreate, tenant: TenantStore): BatchRequest {
	if (body.account_id === undefined) throw badRequest('account_id is missing: the account that pays');
	const account = tenant.accounts.get(body.account_id);
	if (account === undefined) throw badRequest(`account_id: there is no account ${body.account_id}`);
	// The wall clock decides, because today's date would soon be in the past on a fast sandbox clock.
	const today = new Date().toISOString().slice(0, 10);
	const executionDate = body.execution_date ?? today;
	if (executionDate < today) throw badRequest('execution_date must not be in the past');
	if (body.payments === undefined || body.payments.length === 0) throw badRequest('payments: at least one payment is needed');
	const payments = body.payments.map((payment, index): PaymentRequest => {
		const field = `payments.${index}`;
		const amount = parseDecimal(payment.amount ?? '');
		if (amount === undefined) throw badRequest(`${field}.amount must be a decimal amount like "12500.00", not ${payment.amount}`);
		if (amount <= 0n) throw badRequest(`${field}.amount must be greater than 0, not ${payment.amount}`);
		const currency = payment.currency ?? body.currency ?? account.currency;
		if (currency !== account.currency) throw badRequest(`${field}.currency ${currency} differs from the account's ${account.currency}`);
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
