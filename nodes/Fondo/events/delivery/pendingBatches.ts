/**
 * What goes to n8n together, by identities. Should n8n die before it is certain that it has them, they have to go together again:
 * n8n knows an execution by the identities of all that is in it.
 */
export class PendingBatches {
	private readonly open: Map<string, string[]>;

	constructor(private uncertain: string[][] = []) {
		this.open = new Map(uncertain.map((offer) => [offer.join(), offer]));
	}

	get saved(): string[][] {
		return [...this.open.values()];
	}

	make(offer: string[]) {
		this.open.set(offer.join(), offer);
	}

	/** They have arrived, or need not any more. */
	close(offer: string[]) {
		this.open.delete(offer.join());
	}

	/** What was on its way when n8n died; told once, when the lists have been read. */
	recover(): string[][] {
		const { uncertain } = this;
		this.uncertain = [];
		return uncertain;
	}
}
