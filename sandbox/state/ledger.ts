import type { Clock } from './clock';
import type { ApiName } from './tokens';

export interface LedgerEntry {
	seq: number;
	time: string;
	api: ApiName;
	kind: 'order' | 'order_withdrawal' | 'withdrawal' | 'payment_instruction' | 'payment';
	/** The caller's reference: clientRef at Fondo, end_to_end_id at Finvis. */
	reference: string;
	objectId: string;
	batchId?: string;
	idempotencyKey?: string;
	/** Decimal string. */
	amount: string;
	units?: number;
	currency: string;
	account: string;
	counterparty?: string;
	canceled?: boolean;
}

/** Every movement of money. Two entries with one reference mean that it was executed twice. */
export class Ledger {
	private readonly entries: LedgerEntry[] = [];

	constructor(private readonly clock: Clock) {}

	write(entry: Omit<LedgerEntry, 'seq' | 'time'>, at = this.clock.now()): void {
		this.entries.push({ seq: this.entries.length + 1, time: this.clock.iso(at), ...entry });
	}

	cancel(objectId: string): void {
		for (const entry of this.entries) if (entry.objectId === objectId) entry.canceled = true;
	}

	read(reference?: string): LedgerEntry[] {
		return this.entries.filter((entry) => reference === undefined || entry.reference === reference).map((entry) => ({ ...entry }));
	}
}
