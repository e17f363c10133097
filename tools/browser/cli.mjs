// `npm run test:browser`: a real n8n with the packed package, a headless Chromium in its editor, and jest looking on.
// With `-- --pictures` the pictures in docs/images are taken anew; everything else goes to jest.
import { join } from 'node:path';
import { cachedTool } from '../cache.mjs';
import { step } from '../progress.mjs';
import { freePort } from '../ports.mjs';
import { projectRoot } from '../project.mjs';
import { SANDBOX_PORTS } from '../sandbox/client.mjs';
import { runSuite, startSuiteStack, temporaryFolder } from '../suite.mjs';
import { runTool } from '../tool.mjs';
import { findChromium, startChromium } from './chromium.mjs';

await runTool(async () => {
	const isTaking = process.argv.includes('--pictures');
	const args = process.argv.slice(2).filter((argument) => argument !== '--pictures');
	const dataFolder = temporaryFolder('browser');
	const chromium = await findChromium();
	const playwright = await cachedTool('browser', { title: 'Installing Playwright (a few seconds, once)' });
	// The pictures show the sandbox where a reader finds it.
	const stack = await startSuiteStack(dataFolder, isTaking ? { ports: { n8n: await freePort(), ...SANDBOX_PORTS } } : {});
	const browserUrl = await step('Starting Chromium', async () => await startChromium(chromium, dataFolder));
	const pictures = isTaking ? join(projectRoot, 'docs', 'images') : join(dataFolder, 'pictures');
	await runSuite('browser', stack, { args, env: { FONDO_FINVIS_BROWSER: JSON.stringify({ playwright, browserUrl, pictures }) } });
});
