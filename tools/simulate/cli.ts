import { spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { scheduleOf, shrink, simulate } from '../../test/simulation/simulate';
import { Failure } from '../base/failure';
import { projectRoot } from '../base/project';

/** Writes of one schedule: enough for repeats over weeks, few enough to read when it fails. */
const WRITES_A_SCHEDULE = 30;
const LINES_SHOWN = 60;

const numberOf = (args: readonly string[], name: string, otherwise: number): number => {
	const at = args.indexOf(`--${name}`);
	const value = at === -1 ? otherwise : Number(args[at + 1]);
	if (Number.isFinite(value)) return value;
	throw new Failure(`'--${name}' needs a number`, `start again, such as: npm run simulate -- --${name} ${otherwise}`);
};

interface Total {
	schedules: number;
	writes: number;
	outcomes: Record<string, number>;
}

/** Runs every `step`-th schedule from a seed on; throws with the seed, the shrunk schedule and the broken invariant. */
async function runSchedules(first: number, step: number, writes: number): Promise<Total> {
	const total: Total = { schedules: 0, writes: 0, outcomes: {} };
	for (let seed = first; total.writes < writes; seed += step) {
		const schedule = scheduleOf(seed, WRITES_A_SCHEDULE);
		const { violations, writes: done, outcomes } = await simulate(schedule);
		total.schedules += 1;
		total.writes += done;
		for (const [name, count] of Object.entries(outcomes)) total.outcomes[name] = (total.outcomes[name] ?? 0) + count;
		if (violations.length === 0) continue;
		const small = await shrink(schedule);
		const { violations: again, log } = await simulate(small, true);
		const [{ invariant, sentence }] = again.length > 0 ? again : violations;
		console.log(log.slice(-LINES_SHOWN).join('\n'));
		console.log(`Schedule, shrunk: ${JSON.stringify(small)}`);
		throw new Failure(`${invariant} is broken with seed ${seed}: ${sentence}`, `repeat it: npm run simulate -- --seed ${seed} --writes 1`);
	}
	return total;
}

/** One process for each core: schedules share nothing. */
async function runOnAllCores(seed: number, writes: number): Promise<Total> {
	const cores = availableParallelism();
	const runs = Array.from({ length: cores }, async (_, index) => {
		const args = ['--seed', String(seed + index), '--step', String(cores), '--writes', String(Math.ceil(writes / cores)), '--json'];
		const child = spawn(process.execPath, [join(projectRoot, 'tools/base/command.js'), 'simulate', ...args], {
			cwd: projectRoot,
			stdio: ['ignore', 'pipe', 'inherit'],
		});
		let output = '';
		child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
		const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
		const last = output.trim().split('\n').at(-1) ?? '';
		if (code === 0) return JSON.parse(last) as Total;
		console.log(output);
		throw new Failure('The simulation has found a broken invariant', 'read the schedule above');
	});
	const totals = await Promise.all(runs);
	const outcomes: Record<string, number> = {};
	for (const total of totals) for (const [name, count] of Object.entries(total.outcomes)) outcomes[name] = (outcomes[name] ?? 0) + count;
	const sum = (field: 'schedules' | 'writes') => totals.reduce((all, total) => all + total[field], 0);
	return { schedules: sum('schedules'), writes: sum('writes'), outcomes };
}

/** `npm run simulate -- --seed 1 --writes 100000`: the write path over vendors, faults, deaths, workers and time, judged by what happened. */
export async function main(args: string[]): Promise<void> {
	const seed = numberOf(args, 'seed', 1);
	const writes = numberOf(args, 'writes', 100_000);
	if (args.includes('--json')) {
		console.log(JSON.stringify(await runSchedules(seed, numberOf(args, 'step', 1), writes)));
		return;
	}
	const started = Date.now();
	const total = writes <= 100 ? await runSchedules(seed, 1, writes) : await runOnAllCores(seed, writes);
	const minutes = (Date.now() - started) / 60_000;
	console.log(`Seed ${seed}: ${total.writes} writes in ${total.schedules} schedules, ${minutes.toFixed(1)} minutes, no invariant broken.`);
	console.log(`Outcomes: ${JSON.stringify(total.outcomes)}`);
}
