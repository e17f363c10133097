import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { EXAMPLE, runSweep } from '../../tools/demo/sweep.mjs';
import { saveExample } from '../../tools/stack.mjs';
import { ports, sandbox, signedIn } from '../e2e/stack.mjs';
import { closeEditor, openWindow, picture } from './editor.mjs';

const ADDRESS = `http://127.0.0.1:${ports.admin}/`;
const DESK = { width: 1280, height: 800 };
const PHONE = { width: 400, height: 800 };
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

let complaints;

// What the page shows is what a workflow has done.
beforeAll(async () => {
	const { client, credentials } = await signedIn();
	await runSweep({ client, sandbox }, await saveExample(client, credentials, EXAMPLE));
	await sandbox.call('POST', '/faults', { kind: 'cut_after', match: { api: 'finvis', method: 'POST', path: '^(?!.*/auth/)' }, times: 1 });
});

afterAll(closeEditor);

async function open(theme, viewport) {
	const page = await openWindow(theme, viewport);
	complaints = [];
	page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
	page.on('pageerror', (error) => complaints.push(String(error)));
	await page.goto(ADDRESS);
	await page.locator('#pause').waitFor();
	return page;
}

/** What axe has against the page, by rule and element. */
async function barriers(page) {
	await page.evaluate(axe);
	const { violations, passes } = await page.evaluate(async () => await globalThis.axe.run());
	expect(passes.length).toBeGreaterThan(25);
	return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`);
}

const finvis = async (method, path, body) => {
	const form = { grant_type: 'client_credentials', client_id: 'finvis-demo', client_secret: 'finvis-demo-secret' };
	const token = await fetch(`${sandbox.finvisUrl}/auth/token/`, { method: 'POST', body: new URLSearchParams(form) });
	const { access_token } = await token.json();
	const headers = { authorization: `Bearer ${access_token}`, 'content-type': 'application/json' };
	return await fetch(`${sandbox.finvisUrl}${path}`, { method, headers, body: body && JSON.stringify(body) });
};
const waiting = async () => (await (await finvis('GET', '/approvals/pending?page_size=200')).json()).results;

describe.each([
	['light', 'sandbox-page'],
	['dark', 'sandbox-page-dark'],
])('in %s', (theme, name) => {
	test.each([
		['a desk', DESK],
		['a telephone', PHONE],
	])(
		'on %s nothing is in the way of anybody, and nothing sticks out',
		async (where, viewport) => {
			const page = await open(theme, viewport);
			await page.locator('#ledger-table-rows .state', { hasText: 'once' }).first().waitFor();
			await page
				.locator('.payments')
				.first()
				.evaluate((list) => (list.parentElement.open = true));
			expect(await barriers(page)).toEqual([]);
			expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBe(0);
			expect(complaints).toEqual([]);
			await page.locator('details[open]').evaluateAll((all) => all.forEach((one) => (one.open = false)));
			if (where === 'a desk') await picture(page, name);
		},
		180_000,
	);
});

test('the keyboard alone approves as another person, and stays where it was', async () => {
	const page = await open('light', DESK);
	const before = await waiting();
	expect(before.length).toBeGreaterThan(0);
	await page.locator('#choose-person').focus();
	let approval;
	for (let press = 0; press < 30 && approval === undefined; press += 1) {
		await page.keyboard.press('Tab');
		const focused = await page.evaluate(() => document.activeElement.id);
		approval = before.find(({ id }) => focused === `approve-${id}`);
	}
	await page.keyboard.press('Enter');
	await page.locator('#notice', { hasText: 'finvis-approver approved' }).waitFor();
	expect((await waiting()).map(({ id }) => id)).toEqual(before.map(({ id }) => id).filter((id) => id !== approval.id));
	await page.locator(`#approve-${approval.id}`).waitFor({ state: 'detached' });
	expect(await page.evaluate(() => document.activeElement.textContent)).toBe('Approvals');
	expect(complaints).toEqual([]);
});

test('it follows what happens, leaves open what was opened, and can be paused', async () => {
	const page = await open('dark', DESK);
	const details = page.locator('#approvals details').first();
	await details.locator('summary').click();
	const asked = (name) => page.locator('#requests-table-rows tr', { hasText: name });
	await finvis('GET', '/companies?page_size=3');
	await asked('/companies?page_size=3').waitFor();
	expect(await details.getAttribute('open')).not.toBeNull();

	await page.locator('#pause').click();
	await finvis('GET', '/companies?page_size=4');
	// Two rounds of a page that is not paused.
	await page.waitForTimeout(2_500);
	expect(await asked('/companies?page_size=4').count()).toBe(0);
	await page.locator('#pause').click();
	await asked('/companies?page_size=4').waitFor();
});

test('faults are switched on and off, and the clock is moved on, by clicking', async () => {
	const page = await open('light', DESK);
	await page.locator('#choose-kind').selectOption({ label: '503, unavailable' });
	await page.locator('#choose-requests').selectOption('reads');
	await page.locator('#fault-on').click();
	await page.locator('#faults-on li', { hasText: 'status 503' }).waitFor();
	expect((await finvis('GET', '/companies')).status).toBe(503);
	await page.locator('#faults-on li', { hasText: 'status 503' }).filter({ hasText: 'spent' }).getByRole('button').click();
	await page.locator('#faults-on li', { hasText: 'status 503' }).waitFor({ state: 'detached' });

	const { now } = await sandbox.call('GET', '/clock');
	await page.getByRole('button', { name: '+1 day' }).click();
	await page.locator('#notice', { hasText: 'The clock runs' }).waitFor();
	expect(Date.parse((await sandbox.call('GET', '/clock')).now) - Date.parse(now)).toBeGreaterThanOrEqual(86_400_000);
	await page.getByRole('button', { name: '3600×' }).click();
	await page.locator('#speed-3600[aria-pressed="true"]').waitFor();
	expect((await sandbox.call('GET', '/clock')).speed).toBe(3600);
	expect(complaints).toEqual([]);
});
