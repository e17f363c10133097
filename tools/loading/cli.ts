import { cpus } from 'node:os';
import { join } from 'node:path';
import { withCheckout } from '../base/install';
import { step } from '../base/progress';
import { manifest, packageRoots, projectRoot } from '../base/project';
import { mustRun } from '../base/run';
import { milliseconds } from '../bench/numbers';
import { inRounds } from '../bench/rounds';
import { compile } from '../harness/compile';
import { nodeVersions } from '../harness/n8n/nodes';
import { temporaryFolder } from '../harness/stack';

const LOADS = 20;

/** `npm run loading`: builds, and prints how long each version of Node loads each package, as the median of 20 new processes. */
export async function main(): Promise<void> {
	const nodes = await nodeVersions();
	const script = compile(join(__dirname, '..', 'bench', 'inside', 'loadPackage.ts'), temporaryFolder('loading'));
	const gulp = join(projectRoot, 'node_modules', 'gulp', 'bin', 'gulp.js');
	const rows = await withCheckout(async () => {
		await step('Building', async () => await mustRun(process.execPath, [gulp, 'bundle', '--no-color'], { cwd: projectRoot }));
		const ways = packageRoots.flatMap((root) =>
			nodes.map(({ major, executable }) => {
				const load = async () => ({ wall: Number(await mustRun(executable, [script, join(projectRoot, root)], { cwd: projectRoot })) });
				return [`| ${manifest(root).name} | ${major}`, load] as const;
			}),
		);
		return await step(`Loading each package ${LOADS} times`, async () => await inRounds(LOADS, Object.fromEntries(ways)));
	});
	console.log(
		`\n${cpus().length} cores, ${cpus()[0]?.model ?? 'unknown'}\n\n| package | Node | median of ${LOADS} loads |\n| --- | --- | --- |`,
	);
	for (const [name, { wall }] of Object.entries(rows)) console.log(`${name} | ${milliseconds(wall)} |`);
}
