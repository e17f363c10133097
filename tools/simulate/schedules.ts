import { DEFECTS } from '../../test/simulation/defects';
import { scheduleOf, shrink, simulate } from '../../test/simulation/simulate';

/** Writes of one schedule: enough for repeats over weeks, few enough to read when it fails. */
const WRITES_A_SCHEDULE = 30;
const LINES_SHOWN = 60;

export interface Run {
	/** The first seed; each schedule has a seed of its own, `step` apart. */
	readonly seed: number;
	readonly step: number;
	readonly writes: number;
	/** The name of an old defect that is put back. */
	readonly defect?: string;
}

export interface Total {
	schedules: number;
	writes: number;
	outcomes: Record<string, number>;
	/** Why the run ended early: seed, broken invariant, schedule and what happened. */
	failure?: string;
}

/** Runs schedules until one breaks an invariant, or until there were enough writes. */
export async function runSchedules({ seed: first, step, writes, defect: name = '' }: Run): Promise<Total> {
	const defect = DEFECTS[name];
	const total: Total = { schedules: 0, writes: 0, outcomes: {} };
	for (let seed = first; total.writes < writes; seed += step) {
		const schedule = scheduleOf(seed, WRITES_A_SCHEDULE, defect?.positions);
		const { violations, writes: done, outcomes } = await simulate(schedule, { defect });
		total.schedules += 1;
		total.writes += done;
		for (const [outcome, count] of Object.entries(outcomes)) total.outcomes[outcome] = (total.outcomes[outcome] ?? 0) + count;
		if (violations.length === 0) continue;
		const small = await shrink(schedule, defect);
		const { violations: again, log } = await simulate(small, { isLogged: true, defect });
		const [{ invariant, sentence }] = again.length > 0 ? again : violations;
		return {
			...total,
			failure: [
				...log.slice(-LINES_SHOWN),
				`Schedule, shrunk: ${JSON.stringify(small)}`,
				`${invariant} is broken with seed ${seed} after ${total.writes} writes: ${sentence}`,
			].join('\n'),
		};
	}
	return total;
}

/** A process of its own: tools/simulate/cli.ts compiles this file and starts it once for each core. */
if (process.argv[2] === 'run') void runSchedules(JSON.parse(process.argv[3]) as Run).then((total) => console.log(JSON.stringify(total)));
