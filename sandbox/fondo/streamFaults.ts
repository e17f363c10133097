import { z } from 'zod';

export const streamFaultSchema = z.strictObject({
	kind: z.enum(['silence', 'lose', 'duplicate', 'reorder', 'late', 'garbage', 'cut']),
	/** Only every nth event; heartbeats are no events. Silence holds always, and for heartbeats too. */
	every: z.number().int().positive().default(1),
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
	private held: string | undefined;

	add(input: StreamFaultInput): StreamFault[] {
		this.active.push({ ...streamFaultSchema.parse(input), seen: 0, struck: 0 });
		return this.list();
	}

	list(): StreamFault[] {
		return this.active.map((fault) => ({ ...fault }));
	}

	clear(): number {
		const count = this.active.length;
		this.active = [];
		return count;
	}

	get silent(): boolean {
		return this.active.some(({ kind }) => kind === 'silence');
	}

	/** Sends what is left of an event, and says whether the connections are to be cut after it. */
	pass(text: string, send: (text: string) => void): { cut: boolean } {
		if (this.silent) return { cut: false };
		const struck = this.active.filter((fault) => strikes(fault));
		const has = (kind: StreamFault['kind']): StreamFault | undefined => struck.find((fault) => fault.kind === kind);
		if (has('garbage')) GARBAGE.forEach(send);
		const late = has('late');
		if (late) setTimeout(() => send(text), late.delayMs).unref();
		else if (has('reorder') && this.held === undefined) this.held = text;
		else if (!has('lose')) {
			send(text);
			if (has('duplicate')) send(text);
			if (this.held !== undefined) send(this.held);
			this.held = undefined;
		}
		return { cut: has('cut') !== undefined };
	}
}

function strikes(fault: StreamFault): boolean {
	fault.seen += 1;
	if (fault.seen % fault.every !== 0 || (fault.times !== undefined && fault.struck >= fault.times)) return false;
	fault.struck += 1;
	return true;
}
