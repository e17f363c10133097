import { z } from 'zod';
import type { Random } from '../state/random';

const streamFaultSchema = z.strictObject({
	kind: z.enum(['silence', 'lose', 'duplicate', 'reorder', 'late', 'garbage', 'cut']),
	/** Only every nth event; heartbeats do not count. `silence` ignores this and covers heartbeats too. */
	every: z.number().int().positive().default(1),
	probability: z.number().min(0).max(1).optional(),
	/** The fault applies at most this often. */
	times: z.number().int().positive().optional(),
	/** Delay of a `late` frame. */
	delayMs: z.number().nonnegative().default(200),
});

export type StreamFaultInput = z.input<typeof streamFaultSchema>;
export type StreamFault = z.output<typeof streamFaultSchema> & { seen: number; applied: number };

const GARBAGE = ['garbage', '[]', '{"eventType":7}', '{"eventType":"order.update","current":"broken'];

/** Applies faults to outgoing frames. */
export class StreamFaults {
	private active: StreamFault[] = [];
	/** By client: the frame to send after the next one. */
	private readonly delayed = new Map<string, () => void>();

	constructor(private readonly random: Random) {}

	add(input: StreamFaultInput): StreamFault[] {
		this.active.push({ ...streamFaultSchema.parse(input), seen: 0, applied: 0 });
		return this.list();
	}

	list(): StreamFault[] {
		return this.active.map((fault) => ({ ...fault }));
	}

	/** Removes all faults and sends the delayed frames. */
	clear(): number {
		const count = this.active.length;
		this.active = [];
		for (const client of this.delayed.keys()) this.release(client);
		return count;
	}

	get silent(): boolean {
		return this.active.some(({ kind }) => kind === 'silence');
	}

	/** Sends what the faults leave of an event. Returns the applied faults; after `cut` the caller cuts the connections. */
	send(client: string, text: string, sendFrame: (text: string) => void): Array<StreamFault['kind']> {
		if (this.silent) return ['silence'];
		const applied = this.active.filter((fault) => this.applies(fault));
		const has = (kind: StreamFault['kind']): StreamFault | undefined => applied.find((fault) => fault.kind === kind);
		if (has('garbage')) GARBAGE.forEach(sendFrame);
		const late = has('late');
		if (late) setTimeout(() => sendFrame(text), late.delayMs).unref();
		else if (has('reorder') && !this.delayed.has(client)) this.delayed.set(client, () => sendFrame(text));
		else {
			const copies = has('lose') ? 0 : has('duplicate') ? 2 : 1;
			for (let copy = 0; copy < copies; copy += 1) sendFrame(text);
			this.release(client);
		}
		return applied.map(({ kind }) => kind);
	}

	private release(client: string): void {
		this.delayed.get(client)?.();
		this.delayed.delete(client);
	}

	private applies(fault: StreamFault): boolean {
		fault.seen += 1;
		if (fault.seen % fault.every !== 0 || (fault.times !== undefined && fault.applied >= fault.times)) return false;
		if (fault.probability !== undefined && this.random.next() >= fault.probability) return false;
		fault.applied += 1;
		return true;
	}
}
