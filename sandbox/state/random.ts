import { encodeTime, monotonicFactory } from 'ulid';

// Local copies, because the seed calls these a million times and looking up a global is slow inside jest.
const { floor, imul } = Math;
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const BYTES = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

/** A pseudo-random generator: the same seed gives the same sandbox. */
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
		t = imul(t ^ (t >>> 15), t | 1);
		t ^= t + imul(t ^ (t >>> 7), t | 61);
		return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
	}

	integer(from: number, to: number): number {
		return from + floor(this.next() * (to - from + 1));
	}

	pick<T>(choices: readonly [T, ...T[]]): T {
		return choices[floor(this.next() * choices.length)] ?? choices[0];
	}

	digits(count: number): string {
		return Array.from({ length: count }, () => this.integer(0, 9)).join('');
	}

	uuid(): string {
		const hex = this.word() + this.word() + this.word() + this.word();
		const variant = '89ab'[this.integer(0, 3)];
		return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20)}`;
	}

	/** Six characters of the ULID alphabet, five bits each. */
	private letters(): string {
		let value = floor(this.next() * 1_073_741_824);
		let text = '';
		for (let count = 0; count < 6; count += 1) {
			text += ALPHABET[value & 31];
			value >>>= 5;
		}
		return text;
	}

	private word(): string {
		const value = floor(this.next() * 4_294_967_296);
		return `${BYTES[value >>> 24]}${BYTES[(value >>> 16) & 255]}${BYTES[(value >>> 8) & 255]}${BYTES[value & 255]}`;
	}

	/** A ULID for a seeded object. The seed creates objects in any order of time. */
	ulidAt(time: number): string {
		return encodeTime(time) + (this.letters() + this.letters() + this.letters()).slice(0, 16);
	}

	/** A ULID that sorts after every earlier one, for objects created while the sandbox runs. */
	nextUlid(time: number): string {
		return this.ordered(floor(time));
	}
}
