// `npm run chaos`: thousands of writes that move money, with trouble at every third call, and what the ledgers say of them.
import { parseArgs } from 'node:util';
import { Failure } from '../failure.mjs';
import { ensureInstalled } from '../install.mjs';
import { runTool } from '../tool.mjs';
import { load } from './typescript.mjs';

const { values } = parseArgs({
	options: {
		writes: { type: 'string', default: '10000' },
		seed: { type: 'string', default: String(Date.now() % 1_000_000) },
		/** How many times faster than the wall clock all of it runs: waits, timeouts, slow answers, the clocks of both APIs. */
		speed: { type: 'string', default: '50' },
		lanes: { type: 'string', default: '3' },
		faults: { type: 'string', default: '0.3' },
	},
});

await runTool(async () => {
	await ensureInstalled();
	const plan = Object.fromEntries(Object.entries(values).map(([name, value]) => [name, Number(value)]));
	const wrong = Object.entries(plan).find(([, value]) => !Number.isFinite(value) || value < 0);
	if (wrong) throw new Failure(`--${wrong[0]} wants a number`);
	const { chaos } = load('./chaos.ts');
	const { report, isTrue } = await chaos(plan, (line) => console.log(`  ${line}`));
	console.log(report);
	if (!isTrue)
		throw new Failure('Not every reference was executed exactly once and told truly', `see above; --seed ${plan.seed} repeats it`);
});
