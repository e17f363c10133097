import { join } from 'node:path';
import { Failure } from '../base/failure';
import { projectRoot } from '../base/project';
import { run } from '../base/run';

/** The variable that makes the browser tests replace the pictures in docs/images. */
export const PICTURES_VARIABLE = 'FONDO_FINVIS_PICTURES';

/** `npm run test:browser`: the jest project `browser`. With `-- --pictures` it replaces the pictures in docs/images; other options go to jest. */
export async function main(args: string[]): Promise<void> {
	const jest = join(projectRoot, 'node_modules', 'jest', 'bin', 'jest.js');
	const options = ['--selectProjects', 'browser', '--runInBand', ...args.filter((argument) => argument !== '--pictures')];
	const env = { ...process.env, ...(args.includes('--pictures') && { [PICTURES_VARIABLE]: '1' }) };
	const { code } = await run(process.execPath, [jest, ...options], { cwd: projectRoot, show: true, env });
	if (code !== 0) throw new Failure('The browser tests did not pass', 'read what jest says above');
}
