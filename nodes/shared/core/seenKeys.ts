import { clock } from './clock';

/** Adds a value as the newest, then removes the oldest ones beyond `most`. */
export function keepNewest<K, V>(map: Map<K, V>, key: K, value: V, most: number) {
	map.delete(key);
	map.set(key, value);
	for (const oldest of map.keys()) {
		if (map.size <= most) break;
		map.delete(oldest);
	}
}

/** Recently seen keys of this process: at most `most`, each for at most `forMs` milliseconds. */
export class SeenKeys {
	private readonly until = new Map<string, number>();

	constructor(
		private most = 10_000,
		private readonly forMs = Infinity,
		keys: Iterable<string> = [],
	) {
		for (const key of keys) this.keep(key);
	}

	/** Oldest first. */
	get keys(): string[] {
		return [...this.until.keys()];
	}

	/** Raises the capacity to at least `count` keys. */
	ensureCapacity(count: number) {
		this.most = Math.max(this.most, count);
	}

	has(key: string): boolean {
		return (this.until.get(key) ?? -Infinity) > clock.now();
	}

	/** Adds a key as the newest. */
	keep(key: string) {
		const now = clock.now();
		keepNewest(this.until, key, now + this.forMs, this.most);
		for (const [oldest, until] of this.until) {
			if (until > now) break;
			this.until.delete(oldest);
		}
	}

	/** Adds a key; true when it was not there before. */
	isNew(key: string): boolean {
		if (this.has(key)) return false;
		this.keep(key);
		return true;
	}

	forget(key: string) {
		this.until.delete(key);
	}
}
