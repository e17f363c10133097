import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { DEFECTS } from '../../test/simulation/defects';
import { EVENT_DEFECTS } from '../../test/simulation/events/defects';
import { Failure } from '../base/failure';
import { projectRoot } from '../base/project';
import { compile } from '../harness/compile';
import type { EventRun, EventTotal } from './eventSchedules';
import type { Run, Total } from './schedules';

const valueOf = (args: readonly string[], name: string): string | undefined => {
	const at = args.indexOf(`--${name}`);
	return at === -1 ? undefined : (args[at + 1] ?? '');
};

const numberOf = (args: readonly string[], name: string, otherwise: number): number => {
	const value = Number(valueOf(args, name) ?? otherwise);
	if (Number.isFinite(value) && value > 0) return value;
	throw new Failure(`'--${name}' needs a number above zero`, `start again, such as: npm run simulate -- --${name} ${otherwise}`);
};

/** One process for each core: schedules share nothing. Compiled, because a loader for TypeScript makes each function slower. */
async function onAllCores<T>(source: string, count: number, partOf: (index: number, cores: number) => Run | EventRun): Promise<T[]> {
	const folder = mkdtempSync(join(projectRoot, 'node_modules', '.simulate-'));
	try {
		const file = compile(join(projectRoot, 'tools/simulate', source), folder);
		const cores = count < 1_000 ? 1 : availableParallelism();
		return await Promise.all(
			Array.from({ length: cores }, async (_, index): Promise<T> => {
				const part = JSON.stringify(partOf(index, cores));
				const { stdout } = await promisify(execFile)(process.execPath, [file, 'run', part], { maxBuffer: 10 ** 8 });
				return JSON.parse(stdout) as T;
			}),
		);
	} finally {
		rmSync(folder, { recursive: true });
	}
}

/** One number of all parts. */
const sumOf = <K extends string>(parts: ReadonlyArray<Readonly<Record<K, number>>>, field: K) =>
	parts.reduce((whole, part) => whole + part[field], 0);

const failureIn = (parts: ReadonlyArray<{ readonly failure?: string }>) => parts.find(({ failure }) => failure !== undefined)?.failure;

/** Shows a failure: an old defect must have one, and the right code must have none. */
function report(failure: string | undefined, sentence: string | undefined, again: string, summary: string) {
	if (failure === undefined) {
		console.log(summary);
		if (sentence !== undefined)
			throw new Failure(`The simulation does not find: ${sentence}`, 'correct the defect or the judge in test/simulation');
		return;
	}
	console.log(failure);
	if (sentence !== undefined) return console.log(`The simulation finds: ${sentence}`);
	const seed = /with seed (\d+)/.exec(failure)?.[1] ?? '';
	throw new Failure('The simulation has found a broken invariant', `repeat it: npm run simulate -- --seed ${seed} ${again}`);
}

const refuseUnknown = (defect: string | undefined, known: object) => {
	if (defect !== undefined && !(defect in known))
		throw new Failure(`There is no defect '${defect}'`, `choose one of ${Object.keys(known).join(', ')}`);
};

async function simulateWrites(args: string[], minutes: () => string) {
	const run: Run = { seed: numberOf(args, 'seed', 1), step: 1, writes: numberOf(args, 'writes', 100_000), defect: valueOf(args, 'defect') };
	const { defect } = run;
	refuseUnknown(defect, DEFECTS);
	const parts = await onAllCores<Total>('schedules.ts', run.writes, (index, cores) => ({
		...run,
		seed: run.seed + index,
		step: cores,
		writes: Math.ceil(run.writes / cores),
	}));
	const outcomes: Record<string, number> = {};
	for (const part of parts) for (const [name, count] of Object.entries(part.outcomes)) outcomes[name] = (outcomes[name] ?? 0) + count;
	const done = `${sumOf(parts, 'writes')} writes in ${sumOf(parts, 'schedules')} schedules, ${minutes()} minutes, no invariant broken.`;
	report(
		failureIn(parts),
		defect && `${defect}: ${DEFECTS[defect].sentence}`,
		'--writes 1',
		`Seed ${run.seed}: ${done}\nOutcomes: ${JSON.stringify(outcomes)}`,
	);
}

async function simulateEvents(args: string[], minutes: () => string) {
	const run: EventRun = {
		seed: numberOf(args, 'seed', 1),
		step: 1,
		events: numberOf(args, 'events', 100_000),
		defect: valueOf(args, 'defect'),
	};
	const { defect } = run;
	refuseUnknown(defect, EVENT_DEFECTS);
	const parts = await onAllCores<EventTotal>('eventSchedules.ts', run.events, (index, cores) => ({
		...run,
		seed: run.seed + index,
		step: cores,
		events: Math.ceil(run.events / cores),
	}));
	const done = `${sumOf(parts, 'events')} events in ${sumOf(parts, 'schedules')} schedules, ${minutes()} minutes, no invariant broken.`;
	report(
		failureIn(parts),
		defect && EVENT_DEFECTS[defect].sentence,
		'--events 1',
		`Seed ${run.seed}: ${done}\nDelivered: ${sumOf(parts, 'delivered')}; the others are not wanted, happened while the workflow was off, or a newer state took their place.`,
	);
}

/**
 * `npm run simulate -- --seed 1 --writes 100000`: the write path over vendors, faults, deaths, workers and time, judged by what
 * happened. `--only events` or `--events 100000`: the Fondo Trigger in the same way. `--defect W1` puts an old defect back, and fails
 * where the simulation does not find it.
 */
export async function main(args: string[]): Promise<void> {
	const started = Date.now();
	const minutes = () => ((Date.now() - started) / 60_000).toFixed(1);
	const isAboutEvents = valueOf(args, 'only') === 'events' || valueOf(args, 'events') !== undefined;
	await (isAboutEvents ? simulateEvents : simulateWrites)(args, minutes);
}
