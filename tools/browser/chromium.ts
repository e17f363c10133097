import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Failure } from '../base/failure';
import { freePort } from '../harness/ports';
import { startService } from '../harness/service';
import { findProgram, installPackages, isRoot } from '../harness/systemPrograms';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const MAC = '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome';
const START_TIMEOUT_MS = 60_000;

const ARGUMENTS = [
	'--headless=new',
	'--disable-gpu',
	'--hide-scrollbars',
	'--disable-dev-shm-usage',
	'--no-first-run',
	'--no-default-browser-check',
	'--disable-background-networking',
	'--disable-component-update',
	'--disable-sync',
	'--disable-quic',
	'--force-device-scale-factor=1',
	'--lang=en-US',
	// The browser reaches only this machine.
	'--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
];

const onPath = () => findProgram(NAMES) ?? [MAC].find((file) => existsSync(file));

function chosen() {
	const { CHROMIUM } = process.env;
	if (!CHROMIUM) return undefined;
	if (existsSync(CHROMIUM)) return CHROMIUM;
	throw new Failure(`There is no ${CHROMIUM}`, 'set CHROMIUM to the path of a Chromium or Chrome, or leave it out');
}

async function installed() {
	await installPackages('Installing Chromium (about a minute, once)', ['chromium'], 'install Chromium yourself, then start again');
	return onPath();
}

/** The browser: $CHROMIUM, or the browser on the path. On Debian as root, installs Chromium where there is none. */
export async function findChromium(): Promise<string> {
	const found = chosen() ?? onPath() ?? (await installed());
	if (found) return found;
	throw new Failure(
		'There is no Chromium on this machine',
		'install Chromium or Chrome (Debian/Ubuntu: `apt-get install chromium`), or set CHROMIUM to its path, then start again',
	);
}

/** Starts Chromium without a window, with a new profile; returns the address of its debugger. */
export async function startChromium(executable: string, dataFolder: string): Promise<string> {
	const port = await freePort();
	const url = `http://127.0.0.1:${port}`;
	const own = [`--remote-debugging-port=${port}`, `--user-data-dir=${join(dataFolder, 'chromium')}`];
	// Chromium has no sandbox for root. It opens only the n8n under test.
	await startService('Chromium', executable, [...ARGUMENTS, ...(isRoot ? ['--no-sandbox'] : []), ...own, 'about:blank'], {
		logFile: join(dataFolder, 'chromium.log'),
		timeoutMs: START_TIMEOUT_MS,
		isReady: async () => (await fetch(`${url}/json/version`)).ok,
	});
	return url;
}
