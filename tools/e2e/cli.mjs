// `npm run e2e`: the demo without a screen, and jest looking at what it did.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Failure } from '../failure.mjs';
import { ensureInstalled } from '../install.mjs';
import { build, pack } from '../pack.mjs';
import { freePort } from '../ports.mjs';
import { step } from '../progress.mjs';
import { projectRoot } from '../project.mjs';
import { run } from '../run.mjs';
import { startStack } from '../stack.mjs';
import { runTool } from '../tool.mjs';

await runTool(async () => {
	const dataFolder = mkdtempSync(join(tmpdir(), 'fondo-finvis-e2e-'));
	process.on('exit', () => rmSync(dataFolder, { recursive: true, force: true }));
	await ensureInstalled();
	const { tarball } = await step('Building and packing the package', async () => {
		await build();
		return await pack(dataFolder);
	});
	const ports = { n8n: await freePort(), fondo: await freePort(), finvis: await freePort(), admin: await freePort() };
	const { editorUrl } = await startStack({ ports, tarball, dataFolder });

	const jest = join(projectRoot, 'node_modules', 'jest', 'bin', 'jest.js');
	const modules = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning'];
	const config = ['--config', join('test', 'e2e', 'jest.config.mjs'), '--runInBand', ...process.argv.slice(2)];
	const { code } = await run(process.execPath, [...modules, jest, ...config], {
		cwd: projectRoot,
		show: true,
		// n8n and its lint rules behave otherwise under NODE_ENV=test, which jest sets where nothing else is set.
		env: { ...process.env, NODE_ENV: 'production', FONDO_FINVIS_E2E: JSON.stringify({ ports, tarball, dataFolder, editorUrl }) },
	});
	if (code !== 0) throw new Failure('The end-to-end tests did not pass', 'read what jest says above');
});
