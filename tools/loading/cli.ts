import { cpus } from 'node:os';
import { join } from 'node:path';
import { withCheckout } from '../base/install';
import { step } from '../base/progress';
import { manifest, packageRoots, projectRoot } from '../base/project';
import { mustRun } from '../base/run';
import { milliseconds } from '../bench/numbers';
import { quantile } from '../bench/rounds';
import { compile } from '../harness/compile';
import { nodeVersions } from '../harness/n8n/nodes';
import { temporaryFolder } from '../harness/stack';

const LOADS = 20;

/** `npm run loading`: builds, and prints how long each version of Node loads each package, in 20 new processes each. */
export async function main(): Promise<void> {
	// The oldest and the newest Node on which n8n runs.
	const nodes = (await nodeVersions()).filter(({ major }) => major !== 22);
	const script = compile(join(__dirname, '..', 'bench', 'inside', 'loadPackage.ts'), temporaryFolder('loading'));
	const gulp = join(projectRoot, 'node_modules', 'gulp', 'bin', 'gulp.js');
	const rows = packageRoots.flatMap((root) => nodes.map((node) => ({ ...node, root, times: [] as number[] })));
	await withCheckout(async () => {
		await step('Building', async () => await mustRun(process.execPath, [gulp, 'bundle', '--no-color'], { cwd: projectRoot }));
		await step(`Loading each package ${LOADS} times`, async () => {
			// In turn, so that a disturbance of the machine affects all of them alike. The first round is warm-up.
			for (let round = 0; round <= LOADS; round += 1) {
				for (const { executable, root, times } of rows) {
					const time = Number(await mustRun(executable, [script, join(projectRoot, root)], { cwd: projectRoot }));
					if (round > 0) times.push(time);
				}
			}
		});
	});
	console.log(`\n${cpus().length} cores, ${cpus()[0]?.model ?? 'unknown'}; the median and the quickest of ${LOADS} loads\n`);
	console.log('| package | Node | median | quickest |\n| --- | --- | --- | --- |');
	for (const { root, major, times } of rows) {
		console.log(`| ${manifest(root).name} | ${major} | ${milliseconds(quantile(times, 0.5))} | ${milliseconds(Math.min(...times))} |`);
	}
}
