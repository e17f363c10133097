import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { DEFECTS } from '../../test/simulation/defects';
import { Failure } from '../base/failure';
import { projectRoot } from '../base/project';
import { compile } from '../harness/compile';
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
async function runOnAllCores(run: Run): Promise<Total> {
	const folder = mkdtempSync(join(projectRoot, 'node_modules', '.simulate-'));
	try {
		const file = compile(join(projectRoot, 'tools/simulate/schedules.ts'), folder);
		const cores = run.writes < 1_000 ? 1 : availableParallelism();
		const all = await Promise.all(
			Array.from({ length: cores }, async (_, index): Promise<Total> => {
				const part: Run = { ...run, seed: run.seed + index, step: cores, writes: Math.ceil(run.writes / cores) };
				const { stdout } = await promisify(execFile)(process.execPath, [file, 'run', JSON.stringify(part)], { maxBuffer: 10 ** 8 });
				return JSON.parse(stdout) as Total;
			}),
		);
		const outcomes: Record<string, number> = {};
		for (const total of all) for (const [name, count] of Object.entries(total.outcomes)) outcomes[name] = (outcomes[name] ?? 0) + count;
		const sum = (field: 'schedules' | 'writes') => all.reduce((whole, total) => whole + total[field], 0);
		return {
			schedules: sum('schedules'),
			writes: sum('writes'),
			outcomes,
			failure: all.find(({ failure }) => failure !== undefined)?.failure,
		};
	} finally {
		rmSync(folder, { recursive: true });
	}
}

/**
 * `npm run simulate -- --seed 1 --writes 100000`: the write path over vendors, faults, deaths, workers and time, judged by what
 * happened. `--defect W1` puts an old defect back, and fails where the simulation does not find it.
 */
export async function main(args: string[]): Promise<void> {
	const run: Run = { seed: numberOf(args, 'seed', 1), step: 1, writes: numberOf(args, 'writes', 100_000), defect: valueOf(args, 'defect') };
	const { defect } = run;
	if (defect !== undefined && !(defect in DEFECTS))
		throw new Failure(`There is no defect '${defect}'`, `choose one of ${Object.keys(DEFECTS).join(', ')}`);
	const started = Date.now();
	const { writes, schedules, outcomes, failure } = await runOnAllCores(run);
	const minutes = ((Date.now() - started) / 60_000).toFixed(1);
	if (failure !== undefined) {
		console.log(failure);
		if (defect !== undefined) return console.log(`The simulation finds ${defect}: ${DEFECTS[defect].sentence}`);
		const seed = /with seed (\d+)/.exec(failure)?.[1] ?? '';
		throw new Failure('The simulation has found a broken invariant', `repeat it: npm run simulate -- --seed ${seed} --writes 1`);
	}
	console.log(`Seed ${run.seed}: ${writes} writes in ${schedules} schedules, ${minutes} minutes, no invariant broken.`);
	console.log(`Outcomes: ${JSON.stringify(outcomes)}`);
	if (defect !== undefined) throw new Failure(`The simulation does not find ${defect}`, 'correct test/simulation/defects.ts or the oracle');
}
