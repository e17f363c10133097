import { EVENT_DEFECTS, putBack } from '../../test/simulation/events/defects';
import { scheduleOf } from '../../test/simulation/events/schedule';
import { shrink, simulate } from '../../test/simulation/events/simulate';

/** Events of one schedule: enough for several troubles, few enough to read when it fails. */
const EVENTS_A_SCHEDULE = 120;
const LINES_SHOWN = 200;

export interface EventRun {
	/** The first seed; each schedule has a seed of its own, `step` apart. */
	readonly seed: number;
	readonly step: number;
	readonly events: number;
	/** The name of an old defect that is put back. */
	readonly defect?: string;
}

export interface EventTotal {
	schedules: number;
	/** Changes at Fondo, and those of them that started an execution. */
	events: number;
	delivered: number;
	/** Why the run ended early: seed, broken invariant, schedule and what happened. */
	failure?: string;
}

/** Runs schedules of events until one breaks an invariant, or until there were enough events. */
export async function runEventSchedules({ seed: first, step, events, defect }: EventRun): Promise<EventTotal> {
	const mend = defect === undefined ? () => undefined : putBack(EVENT_DEFECTS[defect]);
	try {
		const total: EventTotal = { schedules: 0, events: 0, delivered: 0 };
		for (let seed = first; total.events < events; seed += step) {
			const schedule = scheduleOf(seed, EVENTS_A_SCHEDULE);
			const result = await simulate(schedule);
			total.schedules += 1;
			total.events += result.events;
			total.delivered += result.delivered;
			const [violation] = result.violations;
			if (violation === undefined) continue;
			const small = await shrink(schedule, violation.invariant);
			const { violations, log } = await simulate(small, true);
			const { invariant, sentence } = violations.find((one) => one.invariant === violation.invariant) ?? violation;
			return {
				...total,
				failure: [
					...log.slice(-LINES_SHOWN),
					`Schedule, shrunk: ${JSON.stringify(small)}`,
					`${invariant} is broken with seed ${seed} after ${total.events} events: ${sentence}`,
				].join('\n'),
			};
		}
		return total;
	} finally {
		mend();
	}
}

/** A process of its own, as schedules.ts. */
if (process.argv[2] === 'run')
	void runEventSchedules(JSON.parse(process.argv[3]) as EventRun).then((total) => console.log(JSON.stringify(total)));
