import { monotonicFactory, ulid } from 'ulid';

/** Repeatable chance: the same seed gives the same world. */
export class Random {
	private state: number;
	private readonly ordered = monotonicFactory(() => this.next());

	constructor(seed: number) {
		this.state = seed >>> 0;
	}

	/** mulberry32 */
	next(): number {
		this.state = (this.state + 0x6d2b79f5) >>> 0;
		let t = this.state;
		t = Math.imul(t ^ (t >>> 15), t | 1);
		t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
		return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
	}

	integer(from: number, to: number): number {
		return from + Math.floor(this.next() * (to - from + 1));
	}

	pick<T>(choices: readonly [T, ...T[]]): T {
		return choices[Math.floor(this.next() * choices.length)] ?? choices[0];
	}

	digits(count: number): string {
		return Array.from({ length: count }, () => this.integer(0, 9)).join('');
	}

	uuid(): string {
		const hex = Array.from({ length: 4 }, () =>
			Math.floor(this.next() * 4_294_967_296).toString(16).padStart(8, '0'),
		).join('');
		const variant = '89ab'[this.integer(0, 3)];
		return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20)}`;
	}

	/** For seeded objects, whose times are made in any order. */
	ulidAt(time: number): string {
		return ulid(time, () => this.next());
	}

	/** For objects made while running: sorts after every one made before. */
	nextUlid(time: number): string {
		return this.ordered(Math.floor(time));
	}
}
