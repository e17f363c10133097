import type { ApiName } from './tokens';

/** A change of an object as the store has it, before any vendor position, stream fault or lost connection. */
export interface BookedChange {
	readonly api: ApiName;
	/** The name of the event, such as `order.update`. */
	readonly event: string;
	readonly id: string;
	/** Milliseconds of the sandbox's clock. */
	readonly at: number;
	/** The object after the change; before it, where it is deleted. */
	readonly object: Readonly<Record<string, unknown>>;
	/** The object as the vendor shows it. */
	readonly shown: Readonly<Record<string, unknown>>;
}

/** Every change that a trigger of a workflow must deliver, in order. */
export class ChangeBook {
	private readonly changes: BookedChange[] = [];

	write(change: BookedChange): void {
		this.changes.push(change);
	}

	read(): readonly BookedChange[] {
		return this.changes;
	}
}
