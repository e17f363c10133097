import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../base/project';
import { mustRun } from '../../base/run';
import { compile } from '../../harness/compile';
import { installN8n } from '../../harness/n8n/install';
import type { BenchStack } from '../bench';
import type { BenchPlan, JobResult } from '../job';
import { milliseconds } from '../numbers';
import { inRounds } from '../rounds';

const sizeOf = (folder: string) =>
	readdirSync(folder, { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile())
		.reduce((sum, { parentPath, name }) => sum + statSync(join(parentPath, name)).size, 0);

/** Loads all files of all nodes and credentials in a new process, which n8n does when it starts. */
export async function load({ dataFolder }: BenchStack, { rounds, log }: BenchPlan): Promise<JobResult> {
	const { node } = await installN8n();
	const script = compile(join(__dirname, '..', 'inside', 'loadPackage.ts'), dataFolder);
	const loadOnce = async () => ({ wall: Number(await mustRun(node.executable, [script, projectRoot], { cwd: projectRoot })) });
	const { ours } = await inRounds(rounds * 3, { ours: loadOnce }, { log });
	const kilobytes = sizeOf(join(projectRoot, 'dist')) / 1_000;
	return {
		title: 'Loading the package',
		table: [
			['time', 'size of dist'],
			[milliseconds(ours.wall), `${kilobytes.toFixed(0)} kB`],
		],
		verdicts: [
			{ goal: '< 30 ms', measured: milliseconds(ours.wall), reached: ours.wall < 30 },
			{ goal: '< 400 kB of dist', measured: `${kilobytes.toFixed(0)} kB`, reached: kilobytes < 400 },
		],
	};
}
