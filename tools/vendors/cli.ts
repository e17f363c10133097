import { fork } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { POSITIONS } from '../../sandbox/vendors';
import type { Api } from '../../sandbox/vendors/position';
import { Random } from '../../sandbox/state/random';
import { Failure } from '../base/failure';
import { projectRoot } from '../base/project';
import { defectsOf, pageOf, type Tried } from './table';
import type { Task } from './worker';

const OPTIONS = {
	/** Random pairs of positions of different axes, instead of each position alone. */
	pairs: { type: 'string' },
	seed: { type: 'string', default: '1' },
	/** Names of positions with commas between them, one vendor. */
	only: { type: 'string' },
} as const;

const APIS: readonly Api[] = ['fondo', 'finvis'];

function pairs(count: number, seed: number): Task[] {
	const random = new Random(seed);
	return Array.from({ length: count }, (): Task => {
		const first = random.pick(POSITIONS as [(typeof POSITIONS)[number], ...typeof POSITIONS]);
		const others = POSITIONS.filter(({ api, axis }) => api === first.api && axis !== first.axis);
		const second = random.pick(others as [(typeof POSITIONS)[number], ...typeof POSITIONS]);
		return { api: first.api, names: [first.name, second.name] };
	});
}

function onlyOf(text: string): Task[] {
	const names = text.split(',').filter(Boolean);
	const api = POSITIONS.find(({ name }) => name === names[0])?.api;
	if (api === undefined)
		throw new Failure(`There is no vendor position '${names[0] ?? ''}'`, 'npm run sandbox, then GET /vendor lists them');
	return [{ api, names }];
}

const singles = (): Task[] => [
	...APIS.map((api) => ({ api, names: [] })),
	...APIS.flatMap((api) => POSITIONS.filter((position) => position.api === api).map(({ name }) => ({ api, names: [name] }))),
];

/** Hands the next vendor to the process that is done first. Each process has its own sandboxes. */
async function tryAll(tasks: readonly Task[], note: (tried: Tried) => void): Promise<Tried[]> {
	const tried: Tried[] = [];
	let next = 0;
	const oneProcess = async () => {
		const child = fork(join(__dirname, 'worker.ts'), { execArgv: ['--require', require.resolve('tsx/cjs')] });
		try {
			while (next < tasks.length) {
				const task = tasks[next++];
				const answer = await new Promise<Tried & { failure?: string }>((resolve, reject) => {
					child.once('message', resolve).once('error', reject);
					child.once('exit', (code) =>
						reject(new Error(`A process of the vendors ended with ${code} over ${task.names.join() || task.api}`)),
					);
					child.send(task);
				});
				child.removeAllListeners();
				if (answer.failure !== undefined) throw new Error(`${task.names.join()}: ${answer.failure}`);
				tried.push(answer);
				note(answer);
			}
		} finally {
			child.disconnect();
		}
	};
	await Promise.all(Array.from({ length: Math.min(availableParallelism(), tasks.length) }, oneProcess));
	return tried;
}

/** `npm run vendors`: every operation over every vendor position, judged by the books of the sandbox. Writes docs/vendors.md. */
export async function main(args: string[]): Promise<void> {
	const { values } = parseArgs({ args, options: OPTIONS });
	const started = Date.now();
	const seed = Number(values.seed);
	const tasks =
		values.only !== undefined ? onlyOf(values.only) : values.pairs !== undefined ? pairs(Number(values.pairs), seed) : singles();
	const isWhole = values.only === undefined && values.pairs === undefined;
	let found = 0;
	const tried = await tryAll(tasks, (one) => {
		const name = one.names.join(',') || `${one.api} as the contract is written`;
		const refused = Object.entries(one.verdicts).filter(([, { verdict }]) => verdict === 'refused');
		const defects = defectsOf(one);
		found += defects.length;
		if (!isWhole) for (const [at, { message }] of refused) console.log(`${name}: ${at} is refused: ${message}`);
		for (const line of defects) console.log(`DEFECT ${name}: ${line}`);
		console.log(`${name}: ${Object.keys(one.verdicts).length - refused.length - defects.length} work, ${refused.length} are refused`);
	});
	if (isWhole) writeFileSync(join(projectRoot, 'docs/vendors.md'), pageOf(tried));
	const seconds = Math.round((Date.now() - started) / 1000);
	console.log(`${tried.length} vendors in ${seconds} seconds${values.pairs === undefined ? '' : `, seed ${seed}`}, ${found} defects.`);
	if (found > 0) throw new Failure('The nodes have defects over these vendors', 'repeat one: npm run vendors -- --only <positions>');
}
