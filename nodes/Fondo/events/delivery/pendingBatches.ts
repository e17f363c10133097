/**
 * The batches on their way to n8n, as lists of change identities. If n8n dies before it confirms a batch, the same changes must go
 * together again: n8n recognizes an execution by the identities of all changes in it.
 */
export class PendingBatches {
	private readonly pending: Map<string, string[]>;

	constructor(private unconfirmed: string[][] = []) {
		this.pending = new Map(unconfirmed.map((batch) => [batch.join(), batch]));
	}

	get saved(): string[][] {
		return [...this.pending.values()];
	}

	add(batch: string[]) {
		this.pending.set(batch.join(), batch);
	}

	/** n8n has the batch, or the batch no longer has to be delivered. */
	remove(batch: string[]) {
		this.pending.delete(batch.join());
	}

	/** The batches that were on their way when n8n died. Returns them once: after the first complete read of the lists. */
	takeUnconfirmed(): string[][] {
		const { unconfirmed } = this;
		this.unconfirmed = [];
		return unconfirmed;
	}
}
