/** What was on its way to n8n when n8n died. The journal takes it once, and n8n gets it again. */
import type { Change } from '../changes/change';
import { identityOf, isIn } from '../changes/change';

/** Batches of changes that went together, and changes that no list shows. */
export class Interrupted {
	/** All of them, also after they are taken. */
	readonly identities: ReadonlySet<string>;

	constructor(
		/** The batches that are not taken yet. */
		public batches: readonly string[][] = [],
		/** The changes without a list that are not taken yet. */
		public queued: readonly Change[] = [],
	) {
		this.identities = new Set([...batches.flat(), ...queued.map(identityOf)]);
	}

	takeQueued(): Change[] {
		const queued = [...this.queued];
		this.queued = [];
		return queued;
	}

	/** The batches, with their changes among the given ones. */
	takeBatches(changes: readonly Change[]): Array<{ batch: string[]; members: Change[] }> {
		const { batches } = this;
		this.batches = [];
		return batches.map((batch) => {
			const identities = new Set(batch);
			return { batch, members: changes.filter((change) => isIn(identities, change)) };
		});
	}
}
