// `npm run bench`: what the nodes cost, beside n8n's own HTTP Request node and a loop of nothing but axios, into docs/performance.md.
import { readFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { Failure } from '../failure.mjs';
import { installN8n } from '../n8n-host/install.mjs';
import { step } from '../progress.mjs';
import { run } from '../run.mjs';
import { temporaryFolder } from '../suite.mjs';
import { runTool } from '../tool.mjs';
import { startBench } from './bench.mjs';
import { list } from './jobs/list.mjs';
import { load } from './jobs/load.mjs';
import { pages } from './jobs/pages.mjs';
import { reads } from './jobs/reads.mjs';
import { stream } from './jobs/stream.mjs';
import { webhook } from './jobs/webhook.mjs';
import { writes } from './jobs/writes.mjs';
import { markdown, write } from './report.mjs';

const JOBS = { reads, writes, list, pages, stream, webhook, load };

const { values } = parseArgs({
	options: {
		quick: { type: 'boolean', default: false },
		rounds: { type: 'string', default: '3' },
		only: { type: 'string', multiple: true, default: Object.keys(JOBS) },
		profile: { type: 'string' },
	},
});

/** How many cores were busy, on average of some seconds. */
async function busyCores() {
	const times = () => cpus().map(({ times: { idle, ...busy } }) => ({ idle, busy: Object.values(busy).reduce((sum, time) => sum + time) }));
	const before = times();
	await sleep(3_000);
	return times().reduce((sum, { idle, busy }, core) => {
		const [rested, worked] = [idle - before[core].idle, busy - before[core].busy];
		return sum + worked / (rested + worked);
	}, 0);
}

/** What somebody must know who measures again. `others` is how many cores other programs kept busy before we began. */
async function conditionsOf({ rounds }, others) {
	const { node, folder } = await installN8n();
	const { version } = JSON.parse(readFileSync(join(folder, 'node_modules', 'n8n', 'package.json'), 'utf8'));
	const { output } = await run(node.executable, ['--version']);
	const machine = `${cpus().length} cores (${cpus()[0].model.trim()}), which n8n, the sandbox and the raw loop share`;
	const load = others < 0.2 ? 'Nothing else ran' : `Other programs kept ${others.toFixed(1)} cores busy before the beginning`;
	return `${new Date().toISOString().slice(0, 10)}, n8n ${version} on Node.js ${output.trim()} with SQLite, ${machine}. Medians of ${rounds} rounds. ${load}.`;
}

await runTool(async () => {
	const unknown = values.only.find((name) => !(name in JOBS));
	if (unknown !== undefined) throw new Failure(`There is no job '${unknown}'`, `choose of ${Object.keys(JOBS).join(', ')}`);
	const plan = { quick: values.quick, rounds: values.quick ? 1 : Number(values.rounds), tell: (line) => console.log(`  ${line}`) };
	const others = await busyCores();
	const bench = await startBench(temporaryFolder('bench'), { profile: values.profile });
	const results = [];
	for (const name of values.only) results.push(await step(name, async () => await JOBS[name](bench, plan)));
	// By itself, for a profile is written when a process ends by itself.
	await bench.n8n.stop();
	const conditions = await conditionsOf(plan, others);
	console.log(`\n${markdown(results, conditions)}`);
	if (!values.quick && results.length === Object.keys(JOBS).length) write(results, conditions);
});
