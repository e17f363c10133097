import { Failure } from '../base/failure';
import { projectRoot } from '../base/project';
import { lint } from './lint';

/** `npm run lint`: n8n's own linter, strict; no error and no warning may be found. */
export async function main(): Promise<void> {
	const { code, errors, warnings, output } = await lint(projectRoot);
	console.log(output);
	console.log(`lint: ${errors} errors, ${warnings} warnings`);
	if (code !== 0 || errors + warnings > 0) throw new Failure('Lint is not clean', 'correct the lines above');
}
