// `npm run bench`: what the nodes cost, beside n8n's own HTTP Request node and a loop of nothing but axios, into docs/performance.md.
import { readFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';
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
		rounds: { type: 'string', default: '5' },
		only: { type: 'string', multiple: true, default: Object.keys(JOBS) },
		profile: { type: 'string' },
	},
});

/** What somebody must know who measures again. `others` is how many programs wanted a core of this machine before we began. */
async function conditionsOf({ rounds }, others) {
	const { node, folder } = await installN8n();
	const { version } = JSON.parse(readFileSync(join(folder, 'node_modules', 'n8n', 'package.json'), 'utf8'));
	const { output } = await run(node.executable, ['--version']);
	const machine = `${cpus().length} cores (${cpus()[0].model.trim()}), which n8n, the sandbox and the raw loop share`;
	const load = others < 0.5 ? 'Nothing else ran' : `Other programs ran at the same time (load ${others.toFixed(1)} before the beginning)`;
	return `${new Date().toISOString().slice(0, 10)}, n8n ${version} on Node.js ${output.trim()} with SQLite, ${machine}. Medians of ${rounds} rounds. ${load}.`;
}

await runTool(async () => {
	const unknown = values.only.find((name) => !(name in JOBS));
	if (unknown !== undefined) throw new Failure(`There is no job '${unknown}'`, `choose of ${Object.keys(JOBS).join(', ')}`);
	const plan = { quick: values.quick, rounds: values.quick ? 1 : Number(values.rounds), tell: (line) => console.log(`  ${line}`) };
	const [, others] = loadavg();
	const bench = await startBench(temporaryFolder('bench'), { profile: values.profile });
	const results = [];
	for (const name of values.only) results.push(await step(name, async () => await JOBS[name](bench, plan)));
	// By itself, for a profile is written when a process ends by itself.
	await bench.n8n.stop();
	const conditions = await conditionsOf(plan, others);
	console.log(`\n${markdown(results, conditions)}`);
	if (!values.quick && results.length === Object.keys(JOBS).length) write(results, conditions);
});
