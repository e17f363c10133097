import { chaosReport, type ChaosReport } from './report';
import { Worker, type WorkerPlan } from './worker';

export interface Plan {
	readonly writes: number;
	readonly seed: number;
	readonly speed: number;
	readonly workers: number;
	/** The share of all calls that a fault hits. */
	readonly faults: number;
	/** Names of vendor positions. */
	readonly vendor: readonly string[];
}

/** Runs the plan in several workers at once, and compares what the executions reported with the ledgers. */
export async function chaos({ writes, workers, ...plan }: Plan, log: (line: string) => void): Promise<ChaosReport> {
	log(
		`seed ${plan.seed}: ${writes} writes in ${workers} workers, faults at ${plan.faults * 100} % of all calls, ${plan.speed} × real time`,
	);
	log(`vendor: ${plan.vendor.join(', ') || 'as the contract is written'}`);
	const began = Date.now();
	const share = Math.ceil(writes / workers);
	const plans = Array.from({ length: workers }, (_, index): WorkerPlan => ({ ...plan, seed: plan.seed + index, writes: share }));
	const results = await Promise.all(plans.map(async (one) => await Worker.run(one, log)));
	return chaosReport(results, (Date.now() - began) / 1_000);
}
