import { clock } from './clock';

/** Puts a value in as the newest; beyond so many the oldest are dropped. */
export function keepNewest<K, V>(map: Map<K, V>, key: K, value: V, most: number) {
	map.delete(key);
	map.set(key, value);
	for (const oldest of map.keys()) {
		if (map.size <= most) break;
		map.delete(oldest);
	}
}

/** Keys that were seen lately, in this process only: beyond so many the oldest are dropped, and each after its time. */
export class SeenKeys {
	private readonly until = new Map<string, number>();

	constructor(
		private most = 10_000,
		private readonly forMs = Infinity,
		keys: Iterable<string> = [],
	) {
		for (const key of keys) this.keep(key);
	}

	/** The oldest first. */
	get keys(): string[] {
		return [...this.until.keys()];
	}

	/** From now on as many are kept at least. */
	ensureCapacity(count: number) {
		this.most = Math.max(this.most, count);
	}

	has(key: string): boolean {
		return (this.until.get(key) ?? -Infinity) > clock.now();
	}

	/** Keeps a key as the newest. */
	keep(key: string) {
		const now = clock.now();
		keepNewest(this.until, key, now + this.forMs, this.most);
		for (const [oldest, until] of this.until) {
			if (until > now) break;
			this.until.delete(oldest);
		}
	}

	/** Keeps a key; true when it was not seen before. */
	isNew(key: string): boolean {
		if (this.has(key)) return false;
		this.keep(key);
		return true;
	}

	forget(key: string) {
		this.until.delete(key);
	}
}
