import type { Clock } from './clock';

/** One frame of the event stream, as it was told or would have been. */
export interface ToldEvent {
	seq: number;
	time: string;
	clientId: string | undefined;
	frame: object;
	/** How many connections listened. */
	listeners: number;
	/** Kinds of the faults that struck it on its way out. */
	faults: string[];
}

const MOST_EVENTS = 1000;

/** What the event stream told last, listened to or not. */
export class EventLog {
	private readonly events: ToldEvent[] = [];
	private seq = 0;

	constructor(private readonly clock: Clock) {}

	write(event: Omit<ToldEvent, 'seq' | 'time'>): void {
		this.events.push({ seq: ++this.seq, time: this.clock.iso(), ...event });
		if (this.events.length > MOST_EVENTS) this.events.shift();
	}

	/** Oldest first. */
	read(): readonly ToldEvent[] {
		return this.events;
	}

	/** How many there were since the start or the last reset. */
	get count(): number {
		return this.seq;
	}
}
