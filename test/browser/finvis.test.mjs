import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { sandbox, signedIn } from '../e2e/stack.mjs';
import { addAction, closeEditor, openEditor, openNode, picture } from './editor.mjs';
import { nodeOf, saveLine } from './workflows.mjs';

/** Room for the whole panel in a picture. */
const TALL = { width: 1440, height: 1250 };
const TOMORROW = new Date(Date.now() + 24 * 3_600_000).toISOString().slice(0, 10);

let n8n;
let page;

beforeAll(async () => {
	n8n = await signedIn();
	page = await openEditor();
});
afterAll(closeEditor);

test('cash positions', async () => {
	const workflow = await saveLine(n8n, 'Positions', nodeOf(n8n, 'finvis', { resource: 'report', operation: 'getPositions' }));
	const panel = await openNode(page, workflow, 'Finvis');
	await panel.execute();
	const rows = await panel.rows();
	expect(rows[0].positions).toContain('available_balance');
});

test('a payment batch typed into the panel as docs/getting-started.md says is created, and its repeat is the same batch', async () => {
	await sandbox.call('POST', '/reset');
	const panel = await addAction(page, 'Finvis', 'Create a payment batch');
	const account = await panel.pickByTyping('account', 'swedb');
	expect(account).toContain('Swedbank');
	await panel.fillDay('executionDate', TOMORROW);
	await panel.choose('bankDay', 'Take the Next Bank Day');
	await panel.fill('reference', 'my-first-payment');
	await panel.ndv.getByRole('button', { name: 'Add Payment' }).click();
	await panel.fill('amount', '125.00');
	await panel.fill('creditorName', 'Nordic Supplies AB');
	await panel.fill('creditorAccount', 'SE3550000000054910000003');
	await page.setViewportSize(TALL);
	await panel.rest();
	await picture(page, 'finvis-panel', panel.ndv.getByTestId('node-parameters'));

	const outcome = async () => {
		await panel.execute();
		const [{ receipt, id }] = await panel.rows();
		return { id, outcome: /outcome\s*:\s*(\w+)/.exec(receipt)?.[1] };
	};
	const first = await outcome();
	expect(first).toEqual({ id: expect.stringMatching(/^[0-9a-f-]{36}$/), outcome: 'created' });
	expect(await outcome()).toEqual({ id: first.id, outcome: 'found' });
	expect((await sandbox.call('GET', '/violations')).violations).toEqual([]);
});

test('a row that cannot be paid is named by its number and field before anything is sent', async () => {
	const panel = await addAction(page, 'Finvis', 'Create a payment batch');
	await panel.pickByTyping('account', 'swedb');
	await panel.fillDay('executionDate', '2099-03-06');
	await panel.fill('reference', 'browser-refused');
	await panel.ndv.getByRole('button', { name: 'Add Payment' }).click();
	await panel.fill('amount', '12 500,00');
	await panel.fill('creditorName', 'Nordic Supplies AB');
	await panel.fill('creditorAccount', 'SE3550000000054910000003');
	await panel.execute();
	const { title, description } = await panel.error();
	expect(title).toContain("Payment 1: 'Amount'");
	expect(title).toContain('12 500,00');
	expect(description).toContain('12500.00');
});
