import { z } from 'zod';
import type { Random } from './random';
import type { ApiName } from './tokens';
import { describeIssues } from './validation';

const pattern = z.string().superRefine((text, context) => {
	try {
		new RegExp(text);
	} catch (error) {
		context.addIssue({
			code: 'custom',
			message: `is neither an operationId nor a regular expression (${String(error)})`,
		});
	}
});

export const faultSchema = z.strictObject({
	match: z
		.strictObject({
			api: z.enum(['fondo', 'finvis']).optional(),
			method: z.string().optional(),
			/** An operationId, or a regular expression for the path. */
			path: pattern.optional(),
			/** Only the nth matching request, counted from 1. */
			nth: z.number().int().positive().optional(),
			/** Every nth matching request. */
			every: z.number().int().positive().optional(),
			probability: z.number().min(0).max(1).optional(),
		})
		.default({}),
	/** The fault applies at most this often; without a limit by default. */
	times: z.number().int().positive().optional(),
	kind: z.enum(['latency', 'rate_limit', 'status', 'cut_before', 'cut_after', 'empty', 'expired_token', 'malformed']),
	delayMs: z.number().nonnegative().optional(),
	retryAfter: z.number().nonnegative().optional(),
	status: z.number().int().min(200).max(599).optional(),
	/** For `status` and `latency`: apply only after the operation has taken effect. */
	after: z.boolean().optional(),
	body: z.unknown().optional(),
	headers: z.record(z.string()).optional(),
});

export type FaultInput = z.input<typeof faultSchema>;
export type Fault = z.output<typeof faultSchema>;

export interface ActiveFault extends Fault {
	id: number;
	/** Number of matching requests so far. */
	seen: number;
	/** Number of requests to which the fault was applied. */
	applied: number;
}

interface RequestTarget {
	api: ApiName;
	method: string;
	path: string;
	operationId: string;
}

/** Faults of requests to either API: which are switched on, and which apply to a given request. */
export class Faults {
	private active: ActiveFault[] = [];
	private lastId = 0;

	constructor(private readonly random: Random) {}

	/** Adds one fault or a list. Throws an error that names each wrong field. */
	add(input: unknown): ActiveFault[] {
		const parsed = z.array(faultSchema).safeParse(Array.isArray(input) ? input : [input]);
		if (!parsed.success) throw new Error(describeIssues(parsed.error, 'fault'));
		const added = parsed.data.map((fault) => ({ ...fault, id: ++this.lastId, seen: 0, applied: 0 }));
		this.active.push(...added);
		return added.map((fault) => ({ ...fault }));
	}

	list(): ActiveFault[] {
		return this.active.map((fault) => ({ ...fault }));
	}

	clear(id?: number): number {
		const before = this.active.length;
		this.active = this.active.filter((fault) => id !== undefined && fault.id !== id);
		return before - this.active.length;
	}

	/** The faults that apply to this request. Every call counts as one request. */
	apply(target: RequestTarget): Fault[] {
		return this.active.filter((fault) => {
			if (!matches(fault, target)) return false;
			fault.seen += 1;
			if (fault.times !== undefined && fault.applied >= fault.times) return false;
			const { nth, every, probability } = fault.match;
			if (nth !== undefined && fault.seen !== nth) return false;
			if (every !== undefined && fault.seen % every !== 0) return false;
			if (probability !== undefined && this.random.next() >= probability) return false;
			fault.applied += 1;
			return true;
		});
	}
}

function matches({ match }: ActiveFault, target: RequestTarget): boolean {
	if (match.api !== undefined && match.api !== target.api) return false;
	if (match.method !== undefined && match.method.toUpperCase() !== target.method) return false;
	if (match.path === undefined || match.path === target.operationId) return true;
	return new RegExp(match.path).test(target.path);
}
