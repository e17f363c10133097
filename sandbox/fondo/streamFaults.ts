import { z } from 'zod';
import type { Random } from '../data/random';

export const streamFaultSchema = z.strictObject({
	kind: z.enum(['silence', 'lose', 'duplicate', 'reorder', 'late', 'garbage', 'cut']),
	/** Only every nth event; heartbeats are no events. Silence holds always, and for heartbeats too. */
	every: z.number().int().positive().default(1),
	probability: z.number().min(0).max(1).optional(),
	/** How often it strikes at most. */
	times: z.number().int().positive().optional(),
	/** How late a late frame comes. */
	delayMs: z.number().nonnegative().default(200),
});

export type StreamFaultInput = z.input<typeof streamFaultSchema>;
export type StreamFault = z.output<typeof streamFaultSchema> & { seen: number; struck: number };

const GARBAGE = ['garbage', '[]', '{"eventType":7}', '{"eventType":"order.update","current":"broken'];

/** What becomes of the frames on their way out. */
export class StreamFaults {
	private active: StreamFault[] = [];
	/** Frames that go after the next one of their client. */
	private readonly held = new Map<string, () => void>();

	constructor(private readonly random: Random) {}

	add(input: StreamFaultInput): StreamFault[] {
		this.active.push({ ...streamFaultSchema.parse(input), seen: 0, struck: 0 });
		return this.list();
	}

	list(): StreamFault[] {
		return this.active.map((fault) => ({ ...fault }));
	}

	/** Frames that were held back are sent. */
	clear(): number {
		const count = this.active.length;
		this.active = [];
		for (const client of this.held.keys()) this.release(client);
		return count;
	}

	get silent(): boolean {
		return this.active.some(({ kind }) => kind === 'silence');
	}

	/** Sends what is left of an event, and says which faults struck; after `cut` the connections are to be cut. */
	pass(client: string, text: string, send: (text: string) => void): Array<StreamFault['kind']> {
		if (this.silent) return ['silence'];
		const struck = this.active.filter((fault) => this.strikes(fault));
		const has = (kind: StreamFault['kind']): StreamFault | undefined => struck.find((fault) => fault.kind === kind);
		if (has('garbage')) GARBAGE.forEach(send);
		const late = has('late');
		if (late) setTimeout(() => send(text), late.delayMs).unref();
		else if (has('reorder') && !this.held.has(client)) this.held.set(client, () => send(text));
		else {
			const copies = has('lose') ? 0 : has('duplicate') ? 2 : 1;
			for (let copy = 0; copy < copies; copy += 1) send(text);
			this.release(client);
		}
		return struck.map(({ kind }) => kind);
	}

	private release(client: string): void {
		this.held.get(client)?.();
		this.held.delete(client);
	}

	private strikes(fault: StreamFault): boolean {
		fault.seen += 1;
		if (fault.seen % fault.every !== 0 || (fault.times !== undefined && fault.struck >= fault.times)) return false;
		if (fault.probability !== undefined && this.random.next() >= fault.probability) return false;
		fault.struck += 1;
		return true;
	}
}
