import { mkdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { useStack } from '../../tools/harness/jest/useStack';
import type { BrowserExtra } from './globalSetup';
import type { Browser, BrowserContext, Page, Playwright, Rectangle, Screenshot, StorageState, Viewport } from './playwright';

/** How long an action waits for its element. */
export const TIMEOUT_MS = 25_000;

/** How long a page may take to load; the editor is slow on a busy machine. */
export const NAVIGATION_TIMEOUT_MS = 60_000;
const LEAST_PICTURE_BYTES = 2_000;
const MOST_PICTURE_BYTES = 200_000;
const VIEWPORT: Viewport = { width: 1440, height: 900 };

const { playwright, browserUrl, pictures } = useStack().extra<BrowserExtra>();
const { chromium, selectors }: Playwright = require(join(playwright, 'node_modules', 'playwright-core'));

selectors.setTestIdAttribute('data-test-id');

export type Theme = 'light' | 'dark';

export interface WindowOptions {
	readonly theme?: Theme;
	readonly viewport?: Viewport;
	/** Cookies of a signed-in window. */
	readonly storageState?: StorageState;
}

export interface Window {
	readonly page: Page;
	readonly context: BrowserContext;
}

const contexts: BrowserContext[] = [];
let browser: Browser | undefined;

/** Opens a window with cookies of its own. The windows of a test file close after its last test. */
export async function openWindow({ theme = 'light', viewport = VIEWPORT, storageState }: WindowOptions = {}): Promise<Window> {
	browser ??= await chromium.connectOverCDP(browserUrl);
	const context = await browser.newContext({ viewport, colorScheme: theme, reducedMotion: 'reduce', storageState });
	contexts.push(context);
	const page = await context.newPage();
	page.setDefaultTimeout(TIMEOUT_MS);
	page.setDefaultNavigationTimeout(NAVIGATION_TIMEOUT_MS);
	return { page, context };
}

afterAll(async () => {
	for (const context of contexts.splice(0)) await context.close();
	// Ends only the connection, because this process did not start the browser.
	await browser?.close();
});

const testId = (id: string) => `[data-test-id="${id}"]`;

/** Saves a page or a part of it as a picture of the documentation. `clip` cuts a workflow out of the canvas, without the buttons above it. */
export async function takePicture(part: Screenshot, name: string, clip?: Rectangle): Promise<void> {
	const path = join(pictures, `${name}.png`);
	mkdirSync(dirname(path), { recursive: true });
	const hidden = [
		'.el-notification',
		testId('ask-assistant-floating-button'),
		...(clip ? ['[class*="executionButtons"]', testId('canvas-controls')] : []),
	];
	const style = `${hidden.join(', ')} { display: none !important }`;
	await part.screenshot({ path, style, animations: 'disabled', caret: 'hide', ...(clip && { clip }) });
	const { size } = statSync(path);
	expect(size).toBeGreaterThan(LEAST_PICTURE_BYTES);
	expect(size).toBeLessThan(MOST_PICTURE_BYTES);
}
