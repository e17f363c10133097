import { swedishIban } from '../../state/checkDigits';
import { sum } from '../../state/decimal';
import type { Random } from '../../state/random';
import type { Account, Approval, Payment, PaymentBatch } from '../objects';

const STATUSES = [
	'executed',
	'executed',
	'executed',
	'failed',
	'rejected',
	'cancelled',
	'submitted',
	'processing',
	'approved',
	'pending_approval',
	'pending_approval',
	'pending_approval',
	'draft',
	'draft',
];
const DAY = 86_400_000;
const FIRST_BATCH = Date.UTC(2025, 11, 1, 9);

/** Batches in every status, with the approvals of the submitted ones. */
export function seedBatches(
	accounts: Account[],
	people: string[],
	random: Random,
): { batches: PaymentBatch[]; payments: Payment[]; approvals: Approval[] } {
	const sekAccounts = accounts.filter(({ currency }) => currency === 'SEK');
	const payments: Payment[] = [];
	const approvals: Approval[] = [];
	const batches = STATUSES.flatMap((status, index): PaymentBatch[] => {
		const account = sekAccounts[index % sekAccounts.length];
		if (account === undefined) return [];
		const id = random.uuid();
		const at = FIRST_BATCH + index * 2 * DAY;
		const batchPayments = Array.from({ length: random.integer(1, 6) }, (_, n) => seedPayment(id, index, n, random));
		payments.push(...batchPayments);
		const batch: PaymentBatch = {
			id,
			name: `Leverantörer vecka ${48 + Math.floor(index / 4)}:${index + 1}`,
			status,
			account_id: account.id,
			company_id: account.company_id,
			currency: account.currency,
			total_amount: sum(batchPayments.map(({ amount }) => amount)),
			payment_count: batchPayments.length,
			execution_date: new Date(at + 3 * DAY).toISOString().slice(0, 10),
			created_at: new Date(at).toISOString(),
			updated_at: new Date(at + DAY).toISOString(),
		};
		if (status !== 'draft' && status !== 'cancelled') approvals.push(seedApproval(batch, people[index % people.length] ?? '', random));
		return [batch];
	});
	return { batches, payments, approvals };
}

function seedPayment(batchId: string, batch: number, index: number, random: Random): Payment {
	return {
		id: random.uuid(),
		batchId,
		amount: sum([random.integer(500, 40_000), random.pick(['0', '0.50', '0.25'])]),
		creditorName: random.pick(['Leverantören AB', 'Åkeriet i Sundsvall AB', 'Papper & Kontor AB', 'Verktygsboden AB']),
		creditorAccount: { type: 'iban', value: swedishIban(`500${random.digits(17)}`) },
		reference: `2025${random.digits(4)}`,
		endToEndId: `FAKT-2025-${batch + 1}-${index + 1}`,
	};
}

function seedApproval(batch: PaymentBatch, person: string, random: Random): Approval {
	const requested = Date.parse(batch.created_at) + 600_000;
	const open = batch.status === 'pending_approval';
	return {
		id: random.uuid(),
		status: open ? 'pending' : batch.status === 'rejected' ? 'rejected' : 'approved',
		object_type: 'payment_batch',
		object_id: batch.id,
		amount: batch.total_amount,
		currency: batch.currency,
		requested_by: person,
		requested_at: new Date(requested).toISOString(),
		decided_at: open ? null : new Date(requested + 3_600_000).toISOString(),
	};
}
