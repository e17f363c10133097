import type { Clock } from './clock';

interface Entry {
	due: number;
	order: number;
	run: (at: number) => void;
}

/** What is to happen later, by the sandbox's clock. Nothing here needs a timer of its own. */
export class Agenda {
	private entries: Entry[] = [];
	private order = 0;

	constructor(private readonly clock: Clock) {}

	at(due: number, run: (at: number) => void): void {
		this.entries.push({ due, order: this.order++, run });
		this.entries.sort((a, b) => a.due - b.due || a.order - b.order);
	}

	/** Runs everything that is due, oldest first; each step sees the time at which it was due. */
	runDue(): void {
		for (;;) {
			const next = this.entries[0];
			if (next === undefined || next.due > this.clock.now()) return;
			this.entries.shift();
			next.run(next.due);
		}
	}
}
