import { readFileSync } from 'node:fs';
import type { AxeResults } from 'axe-core';
import { runSweep } from '../../tools/demo/sweep';
import { useStack } from '../../tools/harness/jest/useStack';
import { saveExample, SWEEP } from '../../tools/harness/stack';
import type { Page } from './playwright';
import { openWindow, takePicture, type Theme } from './window';

interface Element {
	readonly id: string;
	readonly textContent: string;
}

interface Details {
	open: boolean;
}

/** The page in the browser. */
declare const document: {
	readonly activeElement: Element;
	readonly documentElement: { readonly scrollWidth: number; readonly clientWidth: number };
};
declare const axe: { run(): Promise<AxeResults> };

const DESK = { width: 1280, height: 800 };
const TELEPHONE = { width: 400, height: 800 };
const CLIENT = 'cb9321dc-cab4-444a-8886-c22a18a4b149';
const CALLBACK = 'https://127.0.0.1:9/callback';
const DAY_MS = 86_400_000;
const axeSource = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

const { owner, ports, sandbox } = useStack();

// The page shows what a workflow has done.
beforeAll(async () => {
	await runSweep({ client: owner.client, sandbox }, await saveExample(owner, SWEEP));
	await sandbox.addFaults({ kind: 'cut_after', match: { api: 'finvis', method: 'POST', path: '^(?!.*/auth/)' }, times: 1 });
});

/** The errors of the open page. */
let errors: string[];

/** Opens an address. `ready` finds an element of the whole page. */
async function open(theme: Theme, viewport: typeof DESK, address = `http://127.0.0.1:${ports.admin}/`, ready = '#pause'): Promise<Page> {
	const { page } = await openWindow({ theme, viewport });
	errors = [];
	page.on('console', (message) => {
		if (message.type() === 'error') errors.push(message.text());
	});
	page.on('pageerror', (error) => errors.push(String(error)));
	await page.goto(address);
	await page.locator(ready).waitFor();
	return page;
}

/** The violations of accessibility rules that axe finds on the page, by rule and element. `least` is how many rules must apply at least. */
async function barriers(page: Page, least = 25): Promise<string[]> {
	await page.evaluate(axeSource);
	const { violations, passes } = await page.evaluate(async () => await axe.run());
	expect(passes.length).toBeGreaterThan(least);
	return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`);
}

const overhang = async (page: Page) =>
	await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
const pendingApprovals = async () => (await sandbox.finvis.list('/approvals/pending')).map(({ id }) => id);
const clock = async () => await sandbox.call<{ now: string; speed: number }>('GET', '/clock');

describe.each([
	['light', 'sandbox-page'],
	['dark', 'sandbox-page-dark'],
] as const)('in the %s theme', (theme, name) => {
	test.each([
		['desk', DESK],
		['telephone', TELEPHONE],
	])(
		'everybody can use the page on a %s, and nothing is wider than the screen',
		async (device, viewport) => {
			const page = await open(theme, viewport);
			await page.locator('#ledger-table-rows [data-tone]', { hasText: 'once' }).first().waitFor();
			await page
				.locator('#approvals details ul')
				.first()
				.evaluate((list: { parentElement: Details }) => {
					list.parentElement.open = true;
				});
			expect(await barriers(page)).toEqual([]);
			expect(await overhang(page)).toBe(0);
			expect(errors).toEqual([]);
			await page.locator('details[open]').evaluateAll((all: Details[]) => {
				for (const details of all) details.open = false;
			});
			if (device === 'desk') await takePicture(page, name);
		},
		180_000,
	);

	test('everybody can use each page of a journey on a telephone, and nothing is wider than the screen', async () => {
		const { url } = await sandbox.fondo.send<{ url: string }>('POST', `/client/${CLIENT}/journey`, {
			journey: {},
			callbackUrl: CALLBACK,
			scope: null,
		});
		const page = await open(theme, TELEPHONE, url, '#start');
		const check = async (ready: string) => {
			await page.locator(ready).waitFor();
			// A page of the journey has few elements.
			expect(await barriers(page, 15)).toEqual([]);
			expect(await overhang(page)).toBe(0);
		};
		await check('#start');
		await page.locator('#start').click();
		await page.locator('#personal-number').fill('123');
		await page.locator('#continue').click();
		await check('#personal-number-problem');
		await page.locator('[data-fill]').click();
		await page.locator('#continue').click();
		await check('#purpose');
		await page.locator('#continue').click();
		await check('#sign');
		await page.locator('#sign').click();
		await check('[data-status="complete"]');
		expect(errors).toEqual([]);
	});
});

test('the keyboard alone approves as another person, and the focus stays in the section', async () => {
	const page = await open('light', DESK);
	const before = await pendingApprovals();
	expect(before.length).toBeGreaterThan(0);
	await page.locator('#choose-person').focus();
	let approval: string | undefined;
	for (let press = 0; press < 30 && approval === undefined; press += 1) {
		await page.keyboard.press('Tab');
		const focused = await page.evaluate(() => document.activeElement.id);
		approval = before.find((id) => focused === `approve-${id}`);
	}
	await page.keyboard.press('Enter');
	await page.locator('#notice', { hasText: 'finvis-approver approved' }).waitFor();
	expect(await pendingApprovals()).toEqual(before.filter((id) => id !== approval));
	await page.locator(`#approve-${approval}`).waitFor({ state: 'detached' });
	expect(await page.evaluate(() => document.activeElement.textContent)).toBe('Approvals');
	expect(errors).toEqual([]);
});

test('the page updates itself, keeps open details open, and can be paused', async () => {
	const page = await open('dark', DESK);
	const details = page.locator('#approvals details').first();
	await details.locator('summary').click();
	const requestRow = (path: string) => page.locator('#requests-table-rows tr', { hasText: path });
	await sandbox.finvis.read('/companies?page_size=3');
	await requestRow('/companies?page_size=3').waitFor();
	expect(await details.getAttribute('open')).not.toBeNull();

	await page.locator('#pause').click();
	await sandbox.finvis.read('/companies?page_size=4');
	// A page that is not paused updates twice in this time.
	await page.waitForTimeout(2_500);
	expect(await requestRow('/companies?page_size=4').count()).toBe(0);
	await page.locator('#pause').click();
	await requestRow('/companies?page_size=4').waitFor();
});

test('clicks switch faults on and off, and advance the clock', async () => {
	const page = await open('light', DESK);
	await page.locator('#choose-kind').selectOption({ label: '503, unavailable' });
	await page.locator('#choose-requests').selectOption('reads');
	await page.locator('#fault-on').click();
	await page.locator('#faults-on li', { hasText: 'status 503' }).waitFor();
	// A fault comes before the check of the token, so this read needs none.
	expect((await fetch(`${sandbox.finvisUrl}/companies`)).status).toBe(503);
	await page.locator('#faults-on li', { hasText: 'status 503' }).filter({ hasText: 'spent' }).getByRole('button').click();
	await page.locator('#faults-on li', { hasText: 'status 503' }).waitFor({ state: 'detached' });
	await sandbox.finvis.read('/companies');

	const { now } = await clock();
	await page.getByRole('button', { name: '+1 day' }).click();
	await page.locator('#notice', { hasText: 'The clock runs' }).waitFor();
	expect(Date.parse((await clock()).now) - Date.parse(now)).toBeGreaterThanOrEqual(DAY_MS);
	await page.getByRole('button', { name: '3600×' }).click();
	await page.locator('#speed-3600[aria-pressed="true"]').waitFor();
	expect((await clock()).speed).toBe(3600);
	expect(errors).toEqual([]);
});
