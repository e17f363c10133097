import { join } from 'node:path';
import { cachedTool } from '../../tools/base/cache';
import { step } from '../../tools/base/progress';
import { projectRoot } from '../../tools/base/project';
import { findChromium, startChromium } from '../../tools/browser/chromium';
import { PICTURES_VARIABLE } from '../../tools/browser/cli';
import { describeStack, globalSetup } from '../../tools/harness/jest/globalStack';
import { freePort } from '../../tools/harness/ports';
import { SANDBOX_PORTS } from '../../tools/harness/sandbox';
import { startFreshStack, temporaryFolder } from '../../tools/harness/stack';

/** What the browser project adds to its stack. */
export interface BrowserExtra {
	/** The folder with Playwright in its node_modules. */
	readonly playwright: string;
	/** The address of Chromium's debugger. */
	readonly browserUrl: string;
	/** Where the pictures go. */
	readonly pictures: string;
}

export default globalSetup(async () => {
	const isTaking = process.env[PICTURES_VARIABLE] === '1';
	const dataFolder = temporaryFolder('browser');
	const chromium = await findChromium();
	const playwright = await cachedTool('browser', { title: 'Installing Playwright (a few seconds, once)' });
	// The pictures show the sandbox at its default addresses.
	const stack = await startFreshStack(dataFolder, isTaking ? { ports: { n8n: await freePort(), ...SANDBOX_PORTS } } : {});
	const browserUrl = await step('Starting Chromium', async () => await startChromium(chromium, dataFolder));
	const pictures = isTaking ? join(projectRoot, 'docs', 'images') : join(dataFolder, 'pictures');
	const extra: BrowserExtra = { playwright, browserUrl, pictures };
	return await describeStack(stack, { extra });
});
