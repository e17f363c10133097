import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { ours, saveTriggerWorkflow } from '../../tools/n8n-host/triggerWorkflow.mjs';
import { editorUrl, finvis, sandbox, signedIn } from '../e2e/stack.mjs';
import { addTrigger, closeEditor, openEditor, openEvents, openNode, openNodePanel, openWorkflow, picture, searchNodes } from './editor.mjs';

const CLIENT = 'cb9321dc-cab4-444a-8886-c22a18a4b149';
const PATIENCE_MS = 25_000;

let n8n;
let page;

beforeAll(async () => {
	n8n = await signedIn();
	page = await openEditor();
});

beforeEach(async () => await sandbox.call('POST', '/reset'));
afterAll(closeEditor);

/** A saved workflow of nothing but a trigger, and the panel of it. */
async function openTrigger(name, type, parameters, credentials = n8n.credentials) {
	const { workflow, trigger } = await saveTriggerWorkflow({ ...n8n, credentials }, name, { type: ours(type), ...parameters });
	return { workflow, panel: await openNode(page, workflow, trigger) };
}

const finvisWith = async (name, data) => [await n8n.client.saveCredential({ ...finvis, name, data: { ...finvis.data, ...data } })];
const webhooks = async () => (await sandbox.call('GET', '/webhooks')).webhooks;
const streams = async () => (await sandbox.call('GET', '/stream')).connections;

async function until(condition) {
	const deadline = Date.now() + PATIENCE_MS;
	while (!(await condition())) {
		if (Date.now() > deadline) throw new Error(`It did not happen within ${PATIENCE_MS / 1000} s: ${condition}`);
		await page.waitForTimeout(200);
	}
}

/** The output of a trigger that listened. */
async function given(panel) {
	await panel.output.getByTestId('node-run-status-success').waitFor();
	return await panel.rows();
}

describe('the triggers are found by', () => {
	beforeAll(async () => await openNodePanel(page));

	// n8n shows a node and its trigger as one, by the words of the node.
	test.each([
		['fondo trigger', ['Fondo', 'Fondo Polling', 'Fondo Journey']],
		['order', ['Fondo', 'Fondo Polling']],
		['settled', ['Fondo', 'Fondo Polling']],
		['event', ['Fondo', 'Finvis', 'Fondo Polling']],
		['status', ['Fondo', 'Finvis', 'Fondo Polling']],
		['websocket', ['Fondo']],
		['webhook', ['Finvis', 'Fondo Journey']],
		['payment', ['Fondo', 'Finvis']],
		['transaction', ['Fondo', 'Finvis', 'Fondo Polling']],
		['deposit', ['Fondo', 'Fondo Polling']],
		['incoming payment', ['Finvis']],
		['executed', ['Finvis']],
		['autogiro', ['Fondo']],
		['journey', ['Fondo', 'Fondo Journey']],
		['kyc', ['Fondo', 'Fondo Journey']],
		['onboarding', ['Fondo', 'Fondo Journey']],
		['bankid', ['Fondo', 'Fondo Journey']],
		['poll', ['Fondo Polling']],
	])('%s', async (word, nodes) => {
		expect(await searchNodes(page, word)).toEqual(expect.arrayContaining(nodes));
	});
});

test.each([
	['Fondo', ['On order change', 'On account change', 'On any change', 'On change of another object']],
	['Fondo Journey', ['On journey complete', 'On journey canceled', 'On journey failed', 'On other end of a journey']],
	['Finvis', ['On payment status updated', 'On transaction created', 'On another event']],
])('%s is offered by what it waits for', async (node, events) => {
	await openNodePanel(page);
	await openEvents(page, node);
	// The list grows while it is looked at.
	for (const event of events) await page.getByTestId('node-creator-item-name').getByText(event, { exact: true }).waitFor();
});

describe('the clients are chosen from the list of the sandbox, by name,', () => {
	test.each([
		['Fondo', 'On order change'],
		['Fondo Polling', 'On transaction change'],
		['Fondo Journey', 'On journey complete'],
	])('in the panel of %s', async (node, event) => {
		const panel = await addTrigger(page, node, event);
		expect(await panel.chooseOneOf('clients', 'Sparbolaget')).toEqual(['Habibis', 'Rådgivarna', 'Sparbolaget']);
		await panel.rest();
		expect(await panel.field('clients').innerText()).toBe('Sparbolaget');
		if (node === 'Fondo') await picture(page, 'fondo-trigger-panel');
	});
});

test.each([
	['fondoTrigger', { objects: ['order', '*'] }, 'order, any object'],
	['fondoPollingTrigger', { objects: ['account', 'other'], otherObjects: 'order.create' }, 'account, order.create'],
	['fondoJourneyTrigger', {}, 'any outcome'],
	['fondoJourneyTrigger', { outcomes: ['complete', 'expired'] }, 'complete, expired'],
	['finvisTrigger', { events: ['payment.status.updated'] }, 'payment status updated'],
])('on the canvas the %s says what it waits for: %j', async (type, parameters, subtitle) => {
	await openWorkflow(page, (await saveTriggerWorkflow(n8n, 'On the canvas', { type: ours(type), ...parameters })).workflow);
	await page.getByTestId('canvas-node').getByText(subtitle, { exact: true }).waitFor();
});

describe('tried in the editor', () => {
	test('the Fondo Trigger shows the first event that comes, and leaves no connection', async () => {
		const { panel } = await openTrigger('Deposits', 'fondoTrigger', { clients: [CLIENT], objects: ['transaction'], kinds: ['created'] });
		await panel.ndv.getByTestId('node-execute-button').click();
		await until(async () => (await streams()) === 1);
		// n8n listens a moment after it has connected.
		await page.waitForTimeout(1_500);
		const { transactions } = await sandbox.call('POST', '/deposits', { clientId: CLIENT, amount: 12_500 });
		const [event, ...others] = await given(panel);
		expect(event).toMatchObject({ eventType: 'transaction.create', change: 'created', id: transactions[0], clientId: CLIENT });
		expect(event.current).toContain('12500');
		expect(others).toEqual([]);
		await until(async () => (await streams()) === 0);
		await panel.output.getByTestId('radio-button-json').click();
		await panel.rest();
		await picture(page, 'fondo-trigger-event');
	});

	test('the Fondo Polling Trigger shows what has changed lately', async () => {
		await sandbox.call('POST', '/deposits', { clientId: CLIENT, count: 2 });
		const { panel } = await openTrigger('Polled', 'fondoPollingTrigger', { clients: [CLIENT], objects: ['transaction'] });
		await panel.execute();
		expect((await panel.rows()).length).toBeGreaterThanOrEqual(2);
	});

	test('the Fondo Polling Trigger that finds nothing says so, and what to do', async () => {
		const { panel } = await openTrigger('Nothing', 'fondoPollingTrigger', { clients: [CLIENT], objects: ['other'], otherObjects: 'none' });
		await panel.execute();
		const { title, description } = await panel.error();
		expect(title).toContain('in the last 30 days');
		expect(description).toContain('Publish the workflow');
	});

	test('the Finvis Trigger has a webhook while it listens, shows the event, and leaves nothing behind', async () => {
		const credentials = await finvisWith('Finvis with webhooks', { scopes: finvis.data.scopes });
		const { panel } = await openTrigger('Payments', 'finvisTrigger', { events: ['payment.status.updated'] }, credentials);
		expect(await panel.ndv.getByText('Webhook URLs', { exact: true }).count()).toBe(0);
		await panel.rest();
		await picture(page, 'finvis-trigger-panel');
		await panel.ndv.getByTestId('node-execute-button').click();
		await page.getByText('Waiting for one of the chosen events at Finvis').filter({ visible: true }).first().waitFor();
		await until(async () => (await webhooks()).length > 0);
		expect(await webhooks()).toEqual([
			expect.objectContaining({ url: expect.stringContaining('/webhook-test/'), events: ['payment.status.updated'] }),
		]);
		await sandbox.call('POST', '/events', { event: 'payment.status.updated', data: { batch_id: 'b1', status: 'executed' } });
		const [event] = await given(panel);
		expect(event.data).toContain('executed');
		expect(event.delivery).toContain('registration');
		await until(async () => (await webhooks()).length === 0);
	});

	test.each([
		['without the scope', { scopes: ['read:payments'] }, "Add the scope 'Administer Webhooks' in the credential"],
		[
			'with a scope that the client was not granted',
			{ scopes: ['read:ledger', 'admin:public_api'] },
			'Finvis does not grant all of these scopes',
		],
	])('the Finvis Trigger %s says what to do, and the next one can listen', async (name, data, reason) => {
		const reader = { clientId: 'finvis-reader', clientSecret: 'finvis-reader-secret' };
		const { panel } = await openTrigger(name, 'finvisTrigger', {}, await finvisWith(name, { ...reader, ...data }));
		await panel.ndv.getByTestId('node-execute-button').click();
		await page.locator('.el-notification').filter({ hasText: reason }).first().waitFor();
		await panel.ndv.getByTestId('node-execute-button').getByText('Execute step').waitFor();

		const credentials = await finvisWith('Finvis with webhooks', { scopes: ['admin:public_api'] });
		const next = await openTrigger('Next', 'finvisTrigger', {}, credentials);
		await next.panel.ndv.getByTestId('node-execute-button').click();
		await until(async () => (await webhooks()).length === 1);
		await page.getByText('Listening for test event').waitFor();
		// The button takes no click in the moment in which it comes.
		await page.waitForTimeout(1_000);
		await next.panel.ndv.getByText('Stop Listening').filter({ visible: true }).first().click();
		await until(async () => (await webhooks()).length === 0);
	});

	test('the Fondo Journey Trigger shows the address that journeys need', async () => {
		const { workflow, panel } = await openTrigger('Journeys', 'fondoJourneyTrigger', {});
		await panel.ndv.getByText('Webhook URLs', { exact: true }).click();
		await panel.ndv.getByText('Production URL', { exact: true }).click();
		await panel.ndv.getByText(`${editorUrl}/webhook/${workflow.nodes[0].webhookId}/journey`).waitFor();
	});
});
