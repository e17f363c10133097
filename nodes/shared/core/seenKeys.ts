import { clock } from './clock';

/**
 * Adds a value as the newest. Keeps the newest `most`, and up to an eighth more: V8 passes all deleted keys on its way to the oldest one,
 * so many go at a time.
 */
export function keepNewest<K, V>(map: Map<K, V>, key: K, value: V, most: number) {
	map.delete(key);
	map.set(key, value);
	if (map.size <= most + Math.floor(most / 8)) return;
	for (const oldest of map.keys()) {
		if (map.size <= most) break;
		map.delete(oldest);
	}
}

/** Recently seen keys of this process: the newest `most`, and up to an eighth more, each for at most `forMs` milliseconds. */
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
		keepNewest(this.until, key, clock.now() + this.forMs, this.most);
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
