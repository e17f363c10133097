/** What Finvis keeps, and how it shows it. */
import type { Behaviour } from '../position';
import type { Row } from './rowList';
import { type Effect, type Fields, fieldsOf, present, textOf } from './vendor';

export interface Batch extends Row {
	readonly id: string;
	readonly sent: Fields;
	readonly payments: readonly unknown[];
	readonly total: string;
	readonly tenant: string;
	readonly effect: Effect | undefined;
	submittedAt?: number;
	approvedAt?: number;
}

export interface Approval extends Row {
	readonly id: string;
	readonly batch: Batch;
	decidedAt?: number;
}

export interface Match extends Row {
	readonly id: string;
	confirmedAt?: number;
}

export class FinvisViews {
	constructor(private readonly behaviour: Behaviour) {}

	isDead(batch: Batch, now: number): boolean {
		return batch.approvedAt === undefined && now >= batch.life.finishedAt;
	}

	status(batch: Batch, now: number): string {
		const { death, status } = this.behaviour;
		if (death && this.isDead(batch, now)) return death.word;
		if (batch.approvedAt !== undefined) return status(now >= batch.life.executedAt ? 'executed' : 'approved');
		return status(batch.submittedAt === undefined ? 'draft' : 'pending_approval');
	}

	batch(batch: Batch, now: number): Record<string, unknown> {
		const { sent, life, payments } = batch;
		const b = this.behaviour;
		return present({
			id: b.id(batch.id),
			name: typeof sent.name === 'string' ? b.showName(sent.name, life, now) : undefined,
			status: this.status(batch, now),
			account_id: typeof sent.account_id === 'string' ? b.id(sent.account_id) : undefined,
			currency: typeof sent.currency === 'string' ? b.code(sent.currency) : undefined,
			total_amount: b.amount(batch.total),
			payment_count: payments.length,
			payments: b.payments(payments)?.map((payment) => this.payment(payment)),
			execution_date: typeof sent.execution_date === 'string' ? b.day(sent.execution_date) : undefined,
			created_at: b.moment(life.createdAt),
			updated_at: b.moment(Math.max(batch.modifiedAt, now >= life.finishedAt ? life.finishedAt : 0)),
		});
	}

	private payment(sent: unknown): Record<string, unknown> {
		const payment = fieldsOf(sent);
		const b = this.behaviour;
		const currency = typeof payment.currency === 'string' ? b.code(payment.currency) : undefined;
		return present({ ...payment, amount: b.amount(payment.amount), currency });
	}

	approval({ id, batch, life, decidedAt }: Approval): Record<string, unknown> {
		const b = this.behaviour;
		return {
			id: b.id(id),
			status: b.status(decidedAt === undefined ? 'pending' : 'approved'),
			object_type: 'payment_batch',
			object_id: b.id(batch.id),
			amount: b.amount(batch.total),
			currency: b.code(textOf(batch.sent.currency) || 'SEK'),
			requested_by: 'anna.ekonomi@example.se',
			requested_at: b.moment(life.createdAt),
			decided_at: decidedAt === undefined ? null : b.moment(decidedAt),
		};
	}

	match({ id, life, confirmedAt }: Match): Record<string, unknown> {
		const b = this.behaviour;
		return {
			id: b.id(id),
			status: b.status(confirmedAt === undefined ? 'suggested' : 'confirmed'),
			target_type: 'invoice',
			amount: b.amount('12500.00'),
			currency: b.code('SEK'),
			created_at: b.moment(life.createdAt),
			confirmed_at: confirmedAt === undefined ? null : b.moment(confirmedAt),
		};
	}
}
