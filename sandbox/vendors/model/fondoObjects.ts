/** What Fondo keeps, and how it shows it. */
import { DAY, HOUR } from '../durations';
import type { Behaviour, Life, View } from '../position';
import type { Row, RowList } from './rowList';
import { type Effect, type Fields, present, textOf } from './vendor';

export interface Order extends Row {
	readonly id: string;
	readonly client: ClientState;
	readonly sent: Fields;
	readonly payout: boolean;
	readonly effect: Effect | undefined;
	canceledAt?: number;
}

export interface CashTransaction extends Row {
	readonly id: string;
	readonly type: 'deposit' | 'withdrawal' | 'subscription' | 'redemption';
	readonly amount: unknown;
	readonly account: unknown;
	readonly clientRef: unknown;
	readonly executorRef?: unknown;
	readonly ref?: string;
	readonly refType?: string;
}

export interface Instruction {
	readonly id: string;
	readonly payments: readonly { readonly row: Payment }[];
	readonly list: RowList<Payment>;
	readonly life: Life;
}

export interface Payment extends Row {
	readonly id: string;
	readonly sent: Fields;
	completedAt: number;
}

export interface ClientState {
	readonly id: string;
	readonly orders: RowList<Order>;
	readonly cash: RowList<CashTransaction>;
	readonly references: Set<string>;
	readonly closedAccounts: Set<string>;
	fields: Fields;
}

/** How long after its creation an order reaches a status. */
const ORDER_STEPS = [
	[3 * DAY, 'settled'],
	[2 * DAY, 'confirmed'],
	[DAY, 'sent'],
	[HOUR, 'pending'],
	[0, 'received'],
] as const;

export class FondoViews {
	constructor(private readonly behaviour: Behaviour) {}

	modifiedAt(row: Row, now: number): number {
		if (row.life.kind !== 'order') return row.modifiedAt;
		if (!Number.isFinite(row.life.executedAt)) return Math.max(row.modifiedAt, now >= row.life.finishedAt ? row.life.finishedAt : 0);
		const step = ORDER_STEPS.find(([after]) => now >= row.life.createdAt + after)?.[0] ?? 0;
		return Math.max(row.modifiedAt, row.life.createdAt + step);
	}

	private status(order: Order, now: number): string {
		const { death, status } = this.behaviour;
		if (order.canceledAt !== undefined) return status('canceled');
		if (death && now >= order.life.finishedAt) return death.word;
		return status(ORDER_STEPS.find(([after]) => now >= order.life.createdAt + after)?.[1] ?? 'received');
	}

	order(order: Order, view: View, now: number): Record<string, unknown> {
		const { sent, life } = order;
		const b = this.behaviour;
		return present({
			id: b.id(order.id),
			sortedId: order.sortedId,
			status: this.status(order, now),
			orderType: b.code(textOf(sent.orderType)),
			account: b.id(textOf(sent.account)),
			clientRef: this.reference(sent.clientRef, view, life, now),
			executorRef: typeof sent.executorRef === 'string' ? b.personalNumber(sent.executorRef) : undefined,
			instrument: b.code(textOf(sent.instrument)),
			units: b.amount(sent.units ?? 0),
			amount: b.amount(sent.amount),
			createdDate: b.moment(life.createdAt),
			modifiedDate: b.moment(this.modifiedAt(order, now)),
			canceledDate: order.canceledAt === undefined ? undefined : b.moment(order.canceledAt),
		});
	}

	cash(row: CashTransaction, view: View, now: number): Record<string, unknown> {
		const b = this.behaviour;
		const account = b.id(textOf(row.account));
		return present({
			id: b.id(row.id),
			sortedId: row.sortedId,
			transactionType: b.code(row.type),
			aborted: false,
			ref: row.ref === undefined ? undefined : b.id(row.ref),
			refType: row.refType,
			[row.type === 'deposit' || row.type === 'redemption' ? 'creditAccount' : 'debitAccount']: account,
			amount: b.amount(row.amount),
			currency: b.code('SEK'),
			clientRef: this.reference(row.clientRef, view, row.life, now),
			executorRef: typeof row.executorRef === 'string' ? b.personalNumber(row.executorRef) : undefined,
			createdDate: b.moment(row.life.createdAt),
			modifiedDate: b.moment(row.modifiedAt),
		});
	}

	instruction({ id, payments, life }: Instruction, view: View, now: number): Record<string, unknown> {
		const b = this.behaviour;
		const shown = payments.map(({ row: { sent } }) =>
			present({
				amount: b.amount(sent.amount),
				account: b.id(textOf(sent.account)),
				clientRef: this.reference(sent.clientRef, view, life, now),
			}),
		);
		const begun = payments.some(({ row }) => row.completedAt <= now);
		return {
			id: b.id(id),
			type: 'autogiro',
			instructions: b.payments(shown),
			bankTransferRef: null,
			status: b.status(now >= life.finishedAt ? 'completed' : begun ? 'processing' : 'new'),
		};
	}

	payment(row: Payment, now: number): Record<string, unknown> {
		const b = this.behaviour;
		return present({
			id: b.id(row.id),
			sortedId: row.sortedId,
			account: b.id(textOf(row.sent.account)),
			amount: b.amount(row.sent.amount),
			clientRef: this.reference(row.sent.clientRef, 'list', row.life, now),
			status: b.status(row.completedAt <= now ? 'completed' : 'new'),
			reason: null,
			reasonCode: null,
		});
	}

	client({ id, fields }: ClientState, now: number): Record<string, unknown> {
		return {
			id: this.behaviour.id(id),
			crn: '1034567891',
			country: 'SE',
			serviceTypes: [],
			...fields,
			modifiedDate: this.behaviour.moment(now),
		};
	}

	private reference(sent: unknown, view: View, life: Life, now: number): string | undefined {
		return typeof sent === 'string' ? this.behaviour.showReference(sent, view, life, now) : undefined;
	}
}
