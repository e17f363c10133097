import type { FaultInput, SandboxAdmin } from '../../sandbox';

/** How long the nodes wait for an answer. */
export const TIMEOUT_S = 30;
/** Longer than the nodes wait. */
const TIMED_OUT_S = 45;
const SLOW_S = 10;

type FaultKind = Omit<FaultInput, 'match'>;

/** Each kind of fault by its name in the report. Seconds become real seconds by the speed. */
const kinds = (speed: number): Record<string, FaultKind> => {
	const delay = (seconds: number) => ({ delayMs: (seconds * 1000) / speed });
	return {
		'timeout, executed after it': { kind: 'latency', ...delay(TIMED_OUT_S) },
		'timeout, executed before it': { kind: 'latency', ...delay(TIMED_OUT_S), after: true },
		slow: { kind: 'latency', ...delay(SLOW_S) },
		'cut before the effect': { kind: 'cut_before' },
		'cut after the effect': { kind: 'cut_after' },
		429: { kind: 'rate_limit', retryAfter: 2 },
		'500 before the effect': { kind: 'status', status: 500 },
		'500 after the effect': { kind: 'status', status: 500, after: true },
		'502 after the effect': { kind: 'status', status: 502, after: true },
		'503 before the effect': { kind: 'status', status: 503 },
		'204 without a body': { kind: 'empty' },
		409: { kind: 'status', status: 409 },
		'expired token': { kind: 'expired_token' },
	};
};

/** All kinds of faults, each equally likely, so that together they hit this share of all calls. */
export function faultPlan(share: number, speed: number): Array<{ name: string; fault: FaultInput }> {
	const all = Object.entries(kinds(speed));
	const probability = 1 - (1 - share) ** (1 / all.length);
	return all.map(([name, kind]) => ({ name, fault: { ...kind, match: { probability } } }));
}

/** Switches the fault plan and the vendor positions on and off, and counts the calls that faults hit. */
export class FaultSwitch {
	readonly #plan: ReturnType<typeof faultPlan>;

	readonly #vendor: readonly string[];

	readonly #hits = new Map<string, number>();

	#isOn = false;

	constructor(
		private readonly admin: Pick<SandboxAdmin, 'faults' | 'vendor'>,
		{ faults: share, speed, vendor }: { readonly faults: number; readonly speed: number; readonly vendor: readonly string[] },
	) {
		this.#vendor = vendor;
		admin.vendor.set(vendor);
		this.#plan = faultPlan(share, speed);
	}

	/** How many calls each kind of fault hit; complete while the faults are off. */
	get hits(): ReadonlyMap<string, number> {
		return this.#hits;
	}

	on(): void {
		this.#isOn = true;
		this.admin.faults.add(this.#plan.map(({ fault }) => fault));
	}

	off(): void {
		this.#isOn = false;
		this.admin.faults.list().forEach(({ applied }, index) => {
			const { name } = this.#plan[index];
			this.#hits.set(name, (this.#hits.get(name) ?? 0) + applied);
		});
		this.admin.faults.clear();
	}

	/** Does the task without faults. */
	async paused<T>(task: () => Promise<T>): Promise<T> {
		if (!this.#isOn) return await task();
		this.off();
		const result = await task();
		this.on();
		return result;
	}

	/** Does the task without faults, at APIs that are as the contract is written. */
	async asWritten<T>(task: () => Promise<T>): Promise<T> {
		return await this.paused(async () => {
			this.admin.vendor.set([]);
			const result = await task();
			this.admin.vendor.set(this.#vendor);
			return result;
		});
	}
}
