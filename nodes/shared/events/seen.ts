import { clock } from '../transport/clock';

/** Keys that were seen lately, in this process only: beyond so many the oldest are dropped, and each after its time. */
export class Seen {
	private readonly keys = new Map<string, number>();

	constructor(
		private readonly most = 10_000,
		private readonly forMs = Infinity,
	) {}

	/** Keeps a key; true when it was not seen before. */
	isNew(key: string): boolean {
		const now = clock.now();
		for (const [oldest, until] of this.keys) {
			if (until > now) break;
			this.keys.delete(oldest);
		}
		if (this.keys.has(key)) return false;
		this.keys.set(key, now + this.forMs);
		for (const oldest of this.keys.keys()) {
			if (this.keys.size <= this.most) break;
			this.keys.delete(oldest);
		}
		return true;
	}

	forget(key: string) {
		this.keys.delete(key);
	}
}
