// `npm run test:browser`: a real n8n with the packed package, a headless Chromium in its editor, and jest looking on.
// With `-- --pictures` the pictures in docs/images are taken anew; everything else goes to jest.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cachedTool } from '../cache.mjs';
import { Failure } from '../failure.mjs';
import { ensureInstalled } from '../install.mjs';
import { build, pack } from '../pack.mjs';
import { freePort } from '../ports.mjs';
import { step } from '../progress.mjs';
import { projectRoot } from '../project.mjs';
import { run } from '../run.mjs';
import { startStack } from '../stack.mjs';
import { runTool } from '../tool.mjs';
import { findChromium, startChromium } from './chromium.mjs';

await runTool(async () => {
	const forJest = process.argv.slice(2).filter((argument) => argument !== '--pictures');
	const dataFolder = mkdtempSync(join(tmpdir(), 'fondo-finvis-browser-'));
	process.on('exit', () => rmSync(dataFolder, { recursive: true, force: true, maxRetries: 5 }));
	const chromium = await findChromium();
	await ensureInstalled();
	const playwright = await cachedTool('browser', { title: 'Installing Playwright (a few seconds, once)' });
	const { tarball } = await step('Building and packing the package', async () => {
		await build();
		return await pack(dataFolder);
	});
	const ports = { n8n: await freePort(), fondo: await freePort(), finvis: await freePort(), admin: await freePort() };
	const { editorUrl } = await startStack({ ports, tarball, dataFolder });
	const browserUrl = await step('Starting Chromium', async () => await startChromium(chromium, dataFolder));

	const jest = join(projectRoot, 'node_modules', 'jest', 'bin', 'jest.js');
	const modules = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning'];
	const config = ['--config', join('test', 'browser', 'jest.config.mjs'), '--runInBand', ...forJest];
	const pictures = process.argv.includes('--pictures') ? join(projectRoot, 'docs', 'images') : join(dataFolder, 'pictures');
	const { code } = await run(process.execPath, [...modules, jest, ...config], {
		cwd: projectRoot,
		show: true,
		env: {
			...process.env,
			NODE_ENV: 'production',
			FONDO_FINVIS_E2E: JSON.stringify({ ports, tarball, dataFolder, editorUrl }),
			FONDO_FINVIS_BROWSER: JSON.stringify({ playwright, browserUrl, pictures }),
		},
	});
	if (code !== 0) throw new Failure('The browser tests did not pass', 'read what jest says above');
});
