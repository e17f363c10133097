import { Lane, type LanePlan } from './lane';
import { reportOf } from './report';

export interface Plan {
	readonly writes: number;
	readonly seed: number;
	readonly speed: number;
	readonly lanes: number;
	readonly faults: number;
}

/** Plays the plan, in lanes side by side, and holds all that was told against the ledgers. */
export async function chaos({ writes, lanes, ...plan }: Plan, tell: (line: string) => void) {
	tell(`seed ${plan.seed}: ${writes} writes in ${lanes} lanes, faults at ${plan.faults * 100} % of all calls, ${plan.speed} times as fast`);
	const began = Date.now();
	const share = Math.ceil(writes / lanes);
	const plans = Array.from({ length: lanes }, (_, lane): LanePlan => ({ ...plan, seed: plan.seed + lane, writes: share }));
	const results = await Promise.all(plans.map(async (one) => await Lane.run(one, tell)));
	return reportOf(results, (Date.now() - began) / 1_000);
}
