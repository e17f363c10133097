// `npm run test:prism`: every operation through n8n's engine against Stoplight Prism, which knows nothing but the contracts.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Failure } from '../failure.mjs';
import { ensureInstalled } from '../install.mjs';
import { step } from '../progress.mjs';
import { projectRoot } from '../project.mjs';
import { run } from '../run.mjs';
import { runTool } from '../tool.mjs';
import { installPrism, startPrism } from './prism.mjs';

await runTool(async () => {
	await ensureInstalled();
	const cli = await installPrism();
	const logs = mkdtempSync(join(tmpdir(), 'fondo-finvis-prism-'));
	process.on('exit', () => rmSync(logs, { recursive: true, force: true }));
	const [fondo, finvis] = await step(
		'Starting Prism for both contracts',
		async () => await Promise.all(['fondo', 'finvis'].map(async (name) => await startPrism(cli, name, logs))),
	);

	const jest = join(projectRoot, 'node_modules', 'jest', 'bin', 'jest.js');
	const { code } = await run(
		process.execPath,
		[jest, '--config', join('test', 'prism', 'jest.config.js'), '--runInBand', ...process.argv.slice(2)],
		{
			cwd: projectRoot,
			show: true,
			env: { ...process.env, FONDO_FINVIS_PRISM: JSON.stringify({ fondo, finvis }) },
		},
	);
	if (code !== 0) throw new Failure('Prism did not accept everything', 'read what jest says above');
});
