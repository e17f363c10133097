import type { Behaviour } from '../vendors/position';
import { type Fields, isFields } from '../vendors/writeFields';
import type { Clock } from './clock';
import type { Scheduler } from './scheduler';

interface ChannelContext {
	readonly clock: Clock;
	readonly scheduler: Scheduler;
	readonly vendor: Behaviour;
}

/** An event with its states changed. */
const withStates = (event: Fields, change: Behaviour['eventState']): Fields =>
	Object.fromEntries(Object.entries(event).map(([name, value]) => [name, isFields(value) ? change(value) : value]));

/** One receiver of events: the stream of a client, or an address. It gets them as often, as late and as many at once as the vendor sends them. */
export class EventChannel {
	private count = 0;
	private collected: Array<{ shown: unknown; id: string }> = [];

	constructor(
		private readonly context: ChannelContext,
		/** Sends a message; the ID is that of its first event. */
		private readonly send: (message: unknown, id: string) => void,
	) {}

	publish(event: Fields, id = ''): void {
		const { vendor } = this.context;
		const shown = vendor.event(withStates(event, vendor.eventState));
		this.count += 1;
		for (const delay of vendor.eventCopies(this.count)) this.after(delay, () => this.collect(shown, id));
	}

	private collect(shown: unknown, id: string): void {
		const { eventsCollectedFor } = this.context.vendor;
		if (eventsCollectedFor === 0) return this.send(shown, id);
		this.collected.push({ shown, id });
		if (this.collected.length === 1) this.after(eventsCollectedFor, () => this.flush(id));
	}

	private flush(id: string): void {
		const events = this.collected.splice(0).map(({ shown }) => shown);
		this.send(this.context.vendor.eventList(events), id);
	}

	private after(delay: number, run: () => void): void {
		if (delay === 0) run();
		else this.context.scheduler.at(this.context.clock.now() + delay, run);
	}
}

/** A channel for each receiver by its name. */
export function channels(): (receiver: string, open: () => EventChannel) => EventChannel {
	const opened = new Map<string, EventChannel>();
	return (receiver, open) => {
		const channel = opened.get(receiver) ?? open();
		opened.set(receiver, channel);
		return channel;
	};
}
