import { Failure } from '../failure.mjs';
import { projectRoot } from '../project.mjs';
import { runTool } from '../tool.mjs';
import { lint } from './lint.mjs';

await runTool(async () => {
	const { code, errors, warnings, output } = await lint(projectRoot);
	console.log(output);
	console.log(`lint: ${errors} errors, ${warnings} warnings`);
	if (code !== 0 || errors + warnings > 0) throw new Failure('Lint is not clean', 'correct the lines above');
});
