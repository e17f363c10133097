import { decimal, formatDecimal } from '../state/decimal';
import type { FinvisContext } from './context';
import type { Account, Payment, PaymentBatch } from './objects';
import type { TenantStore } from './store';

/** approved → processing → executed, or failed when the account does not cover the batch. */
export function scheduleExecution(context: FinvisContext, tenant: TenantStore, batchId: string): void {
	const { batchSteps, waitForExecutionDate } = context.settings;
	const executionDate = Date.parse(tenant.batches.get(batchId)?.execution_date ?? '');
	const earliest = waitForExecutionDate && Number.isFinite(executionDate) ? executionDate : 0;
	const processing = Math.max(context.clock.now() + batchSteps.approved * 1000, earliest);
	context.scheduler.at(processing, (at) => {
		const batch = tenant.batches.get(batchId);
		if (batch !== undefined) tenant.batches.update(batch, { status: 'processing', updated_at: context.clock.iso(at) });
	});
	context.scheduler.at(processing + batchSteps.processing * 1000, (at) => {
		const batch = tenant.batches.get(batchId);
		const account = batch === undefined ? undefined : tenant.accounts.get(batch.account_id);
		if (batch === undefined || account === undefined) return;
		const covered = decimal(account.available_balance) >= decimal(batch.total_amount);
		if (covered) execute(context, tenant, batch, at);
		tenant.batches.update(batch, { status: covered ? 'executed' : 'failed', updated_at: context.clock.iso(at) });
	});
}

function execute(context: FinvisContext, tenant: TenantStore, batch: PaymentBatch, at: number): void {
	for (const payment of tenant.payments.all().filter(({ batchId }) => batchId === batch.id)) {
		book(context, tenant, {
			accountId: batch.account_id,
			amount: -decimal(payment.amount),
			payment,
			name: payment.creditorName,
			at,
		});
		const receiver = ownAccount(tenant, payment);
		if (receiver !== undefined) {
			const payer = tenant.companies.get(batch.company_id)?.name ?? null;
			book(context, tenant, { accountId: receiver.id, amount: decimal(payment.amount), payment, name: payer, at });
		}
		context.ledger.write(
			{
				api: 'finvis',
				kind: 'payment',
				reference: payment.endToEndId,
				objectId: payment.id,
				batchId: batch.id,
				idempotencyKey: payment.idempotencyKey,
				amount: formatDecimal(decimal(payment.amount)),
				currency: batch.currency,
				account: batch.account_id,
				counterparty: payment.creditorAccount.value,
			},
			at,
		);
	}
}

/** The receiving account, when the payment stays within the tenant. */
function ownAccount(tenant: TenantStore, { creditorAccount }: Payment): Account | undefined {
	const iban = creditorAccount.value.replaceAll(' ', '');
	return creditorAccount.type === 'iban' ? tenant.accounts.all().find((account) => account.iban === iban) : undefined;
}

interface Booking {
	accountId: string;
	amount: bigint;
	payment: Payment;
	name: string | null;
	at: number;
}

function book(context: FinvisContext, tenant: TenantStore, { accountId, amount, payment, name, at }: Booking): void {
	const account = tenant.accounts.get(accountId);
	if (account === undefined) return;
	const time = context.clock.iso(at);
	tenant.transactions.add({
		id: context.random.uuid(),
		account_id: account.id,
		booking_date: time.slice(0, 10),
		value_date: time.slice(0, 10),
		amount: formatDecimal(amount),
		currency: account.currency,
		counterparty_name: name,
		reference: payment.reference ?? payment.endToEndId,
		created_at: time,
	});
	tenant.accounts.update(account, {
		booked_balance: formatDecimal(decimal(account.booked_balance) + amount),
		available_balance: formatDecimal(decimal(account.available_balance) + amount),
		balance_updated_at: time,
	});
}
