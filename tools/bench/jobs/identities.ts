import { join } from 'node:path';
import { projectRoot } from '../../base/project';
import { mustRun } from '../../base/run';
import { compile } from '../../harness/compile';
import { installN8n } from '../../harness/n8n/install';
import type { BenchStack } from '../bench';
import type { Known } from '../inside/identities';
import type { BenchPlan, JobResult } from '../job';
import { kilobytes, mebibytes } from '../numbers';

/** The script is outside the project. */
const PACKAGES = join(projectRoot, 'node_modules');
const COUNTS = [1_000, 100_000, 1_000_000, 10_000_000];

/** What known changes cost a Fondo Trigger: its journal alone, in a new process. */
export async function identities({ dataFolder }: BenchStack, { quick }: BenchPlan): Promise<JobResult> {
	const { node } = await installN8n();
	const script = compile(join(__dirname, '..', 'inside', 'identities.ts'), dataFolder);
	const counts = quick ? COUNTS.slice(0, 2) : COUNTS;
	const output = await mustRun(node.executable, ['--expose-gc', script, ...counts.map(String)], { env: { NODE_PATH: PACKAGES } });
	const known = output
		.trim()
		.split('\n')
		.map((line): Known => JSON.parse(line));
	const [most, few] = [known[known.length - 1], known[known.length > 2 ? 1 : 0]];
	return {
		title: 'Known changes of a Fondo Trigger',
		table: [
			['changes', 'each', 'live heap', 'saved state'],
			...known.map(({ count, microseconds, heap, saved }) => [
				count.toLocaleString('en'),
				`${microseconds.toFixed(1)} µs`,
				mebibytes(heap),
				kilobytes(saved),
			]),
		],
		verdicts: [
			{
				goal: `the state of ${most.count.toLocaleString('en')} is no larger than that of ${few.count.toLocaleString('en')}`,
				measured: `${kilobytes(most.saved)}, ${kilobytes(few.saved)}`,
				reached: most.saved <= 1.1 * few.saved,
			},
		],
	};
}
