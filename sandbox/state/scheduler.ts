import type { Clock } from './clock';

interface Job {
	due: number;
	order: number;
	run: (at: number) => void;
}

/** Jobs for later, by the sandbox's clock. The scheduler has no timer of its own: every request and every tick call `runDue`. */
export class Scheduler {
	private jobs: Job[] = [];
	private order = 0;

	constructor(private readonly clock: Clock) {}

	at(due: number, run: (at: number) => void): void {
		this.jobs.push({ due, order: this.order++, run });
		this.jobs.sort((a, b) => a.due - b.due || a.order - b.order);
	}

	/** When the next job is due, `Infinity` without one. */
	get nextDue(): number {
		return this.jobs[0]?.due ?? Infinity;
	}

	/** Runs every due job, oldest first. Each job receives the time it was due, not the current time. */
	runDue(): void {
		for (;;) {
			const next = this.jobs[0];
			if (next === undefined || next.due > this.clock.now()) return;
			this.jobs.shift();
			next.run(next.due);
		}
	}
}
