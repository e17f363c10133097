import type { Clock } from './clock';

/** One frame of the event stream. The log keeps it even when no connection listened. */
export interface PublishedEvent {
	seq: number;
	time: string;
	clientId: string | undefined;
	frame: object;
	/** Number of connections that listened. */
	listeners: number;
	/** Kinds of the stream faults that applied to it. */
	faults: string[];
}

const MAX_EVENTS = 1000;

/** The latest events of the event stream. */
export class EventLog {
	private readonly events: PublishedEvent[] = [];
	private seq = 0;

	constructor(private readonly clock: Clock) {}

	write(event: Omit<PublishedEvent, 'seq' | 'time'>): void {
		this.events.push({ seq: ++this.seq, time: this.clock.iso(), ...event });
		if (this.events.length > MAX_EVENTS) this.events.shift();
	}

	/** Oldest first. */
	read(): readonly PublishedEvent[] {
		return this.events;
	}

	/** Number of events since the start or the last reset, including those that the log no longer keeps. */
	get count(): number {
		return this.seq;
	}
}
