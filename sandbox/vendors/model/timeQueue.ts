interface Entry<T> {
	readonly due: number;
	readonly order: number;
	readonly item: T;
}

const isBefore = <T>(a: Entry<T>, b: Entry<T>) => a.due < b.due || (a.due === b.due && a.order < b.order);

/** What is due at a time: earliest first, and in the order of adding at the same time (a binary heap). */
export class TimeQueue<T> {
	private readonly heap: Entry<T>[] = [];
	private added = 0;

	add(due: number, item: T): void {
		const entry = { due, order: (this.added += 1), item };
		let at = this.heap.push(entry) - 1;
		while (at > 0) {
			const above = (at - 1) >> 1;
			const parent = this.heap[above];
			if (!parent || isBefore(parent, entry)) break;
			this.heap[at] = parent;
			this.heap[above] = entry;
			at = above;
		}
	}

	/** Removes and gives the first entry that is due at `now`. */
	take(now: number): Entry<T> | undefined {
		const first = this.heap[0];
		if (!first || first.due > now) return undefined;
		const last = this.heap.pop();
		if (last && last !== first) this.sink(last);
		return first;
	}

	private sink(entry: Entry<T>): void {
		let at = 0;
		for (;;) {
			const left = this.heap[2 * at + 1];
			const right = this.heap[2 * at + 2];
			const below = right && left && isBefore(right, left) ? 2 * at + 2 : 2 * at + 1;
			const child = this.heap[below];
			if (!child || isBefore(entry, child)) break;
			this.heap[at] = child;
			at = below;
		}
		this.heap[at] = entry;
	}
}
