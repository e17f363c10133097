import { readFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { Failure } from '../base/failure';
import { step } from '../base/progress';
import { mustRun } from '../base/run';
import { installN8n } from '../harness/n8n/install';
import { temporaryFolder } from '../harness/stack';
import { startBench } from './bench';
import type { Job, JobResult } from './job';
import { clients } from './jobs/clients';
import { history } from './jobs/history';
import { identities } from './jobs/identities';
import { list } from './jobs/list';
import { load } from './jobs/load';
import { memory } from './jobs/memory';
import { pages } from './jobs/pages';
import { reads } from './jobs/reads';
import { stream } from './jobs/stream';
import { webhook } from './jobs/webhook';
import { writes } from './jobs/writes';
import { markdown, writeReport } from './report';

const JOBS: ReadonlyMap<string, Job> = new Map(
	Object.entries({ reads, writes, list, pages, stream, webhook, load, history, memory, identities, clients }),
);

const OPTIONS = {
	quick: { type: 'boolean', default: false },
	rounds: { type: 'string', default: '3' },
	only: { type: 'string', multiple: true },
	profile: { type: 'string' },
} as const;

/** How many cores were busy, on average of three seconds. */
async function busyCores(): Promise<number> {
	const timesOf = () =>
		cpus().map(({ times: { idle, ...busy } }) => ({ idle, busy: Object.values(busy).reduce((sum, time) => sum + time) }));
	const before = timesOf();
	await sleep(3_000);
	return timesOf().reduce((sum, { idle, busy }, core) => {
		const [rested, worked] = [idle - before[core].idle, busy - before[core].busy];
		return sum + worked / (rested + worked);
	}, 0);
}

/** What a reader needs to repeat the measurements. `busy` is how many cores other programs kept busy at the start. */
async function conditionsOf(rounds: number, busy: number): Promise<string> {
	const { node, folder } = await installN8n();
	const { version }: { version: string } = JSON.parse(readFileSync(join(folder, 'node_modules', 'n8n', 'package.json'), 'utf8'));
	const nodeVersion = (await mustRun(node.executable, ['--version'])).trim();
	const machine = `${cpus().length} cores (${cpus()[0].model.trim()}), which n8n, the sandbox and the raw loop share`;
	const others = busy < 0.2 ? 'Nothing else ran' : `Other programs kept ${busy.toFixed(1)} cores busy at the start`;
	return `${new Date().toISOString().slice(0, 10)}, n8n ${version} on Node.js ${nodeVersion} with SQLite, ${machine}. Medians of ${rounds} rounds. ${others}.`;
}

function jobNamed(name: string): [string, Job] {
	const job = JOBS.get(name);
	if (job) return [name, job];
	throw new Failure(`There is no job '${name}'`, `use one of ${[...JOBS.keys()].join(', ')}`);
}

/** `npm run bench`: what the nodes cost beside n8n's own HTTP Request node and a plain axios loop; writes docs/performance.md. */
export async function main(args: string[]): Promise<void> {
	const { quick, only = [...JOBS.keys()], ...values } = parseArgs({ args, options: OPTIONS }).values;
	const jobs = only.map(jobNamed);
	const plan = { quick, rounds: quick ? 1 : Number(values.rounds), log: (line: string) => console.log(`  ${line}`) };
	const busy = await busyCores();
	const bench = await startBench(temporaryFolder('bench'), { profile: values.profile });
	const results: JobResult[] = [];
	for (const [name, job] of jobs) results.push(await step(name, async () => await job(bench, plan)));
	// SIGTERM and not SIGKILL, because a process writes its CPU profile when it ends by itself.
	await bench.n8n.stop();
	const conditions = await conditionsOf(plan.rounds, busy);
	console.log(`\n${markdown(results, conditions)}`);
	if (!quick && results.length === JOBS.size) writeReport(results, conditions);
}
