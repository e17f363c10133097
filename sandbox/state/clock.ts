/** The sandbox reads time only here. Life cycles follow `now`, which can run fast; tokens and rate limits follow `real`. */
export class Clock {
	private anchor = Date.now();
	private base = this.anchor;
	private skipped = 0;

	constructor(private factor = 1) {}

	get speed(): number {
		return this.factor;
	}

	set speed(factor: number) {
		this.base = this.now();
		this.anchor = Date.now();
		this.factor = factor;
	}

	now(): number {
		return this.base + (Date.now() - this.anchor) * this.factor;
	}

	real(): number {
		return Date.now() + this.skipped;
	}

	skip(milliseconds: number): void {
		this.base += milliseconds;
		this.skipped += milliseconds;
	}

	/** ISO 8601 in UTC with milliseconds, as both APIs write times. */
	iso(at = this.now()): string {
		return new Date(at).toISOString();
	}
}
