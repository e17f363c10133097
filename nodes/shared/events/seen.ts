/** Keys that were seen lately, in this process only: beyond so many the oldest are dropped. */
export class Seen {
	private readonly keys = new Set<string>();

	constructor(private readonly most = 10_000) {}

	/** Keeps a key; true when it was not seen before. */
	isNew(key: string): boolean {
		if (this.keys.has(key)) return false;
		this.keys.add(key);
		for (const oldest of this.keys) {
			if (this.keys.size <= this.most) break;
			this.keys.delete(oldest);
		}
		return true;
	}
}
