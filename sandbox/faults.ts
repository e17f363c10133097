import { z } from 'zod';
import type { Random } from './data/random';
import type { ApiName } from './tokens';

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
			/** An operationId, or a regular expression on the path. */
			path: pattern.optional(),
			/** Only the nth matching request, counted from 1. */
			nth: z.number().int().positive().optional(),
			/** Every nth matching request. */
			every: z.number().int().positive().optional(),
			probability: z.number().min(0).max(1).optional(),
		})
		.default({}),
	/** How often it strikes at most; without it until it is deleted. */
	times: z.number().int().positive().optional(),
	kind: z.enum(['latency', 'rate_limit', 'status', 'cut_before', 'cut_after', 'empty', 'expired_token', 'malformed']),
	delayMs: z.number().nonnegative().optional(),
	retryAfter: z.number().nonnegative().optional(),
	status: z.number().int().min(200).max(599).optional(),
	/** Of `status` and `latency`: only once the effect has happened. */
	after: z.boolean().optional(),
	body: z.unknown().optional(),
	headers: z.record(z.string()).optional(),
});

export type FaultInput = z.input<typeof faultSchema>;
export type Fault = z.output<typeof faultSchema>;

export interface ActiveFault extends Fault {
	id: number;
	/** Matching requests so far. */
	seen: number;
	/** Requests it has struck. */
	struck: number;
}

interface Target {
	api: ApiName;
	method: string;
	path: string;
	operationId: string;
}

export class Faults {
	private active: ActiveFault[] = [];
	private lastId = 0;

	constructor(private readonly random: Random) {}

	/** Adds one fault or a list; throws an error that names the wrong field. */
	add(input: unknown): ActiveFault[] {
		const parsed = z.array(faultSchema).safeParse(Array.isArray(input) ? input : [input]);
		if (!parsed.success) {
			const issues = parsed.error.issues.map((issue) => `${issue.path.join('.') || 'fault'}: ${issue.message}`);
			throw new Error(issues.join('; '));
		}
		const added = parsed.data.map((fault) => ({ ...fault, id: ++this.lastId, seen: 0, struck: 0 }));
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

	/** The faults that strike this request. Every call counts as one request. */
	strike(target: Target): Fault[] {
		return this.active.filter((fault) => {
			if (!aims(fault, target)) return false;
			fault.seen += 1;
			if (fault.times !== undefined && fault.struck >= fault.times) return false;
			const { nth, every, probability } = fault.match;
			if (nth !== undefined && fault.seen !== nth) return false;
			if (every !== undefined && fault.seen % every !== 0) return false;
			if (probability !== undefined && this.random.next() >= probability) return false;
			fault.struck += 1;
			return true;
		});
	}
}

function aims({ match }: ActiveFault, target: Target): boolean {
	if (match.api !== undefined && match.api !== target.api) return false;
	if (match.method !== undefined && match.method.toUpperCase() !== target.method) return false;
	if (match.path === undefined || match.path === target.operationId) return true;
	return new RegExp(match.path).test(target.path);
}
