import { useStack } from '../../tools/harness/jest/useStack';
import type { SavedCredential } from '../../tools/harness/n8n/client';
import { ours, saveTriggerWorkflow, type TriggerOptions } from '../../tools/harness/n8n/workflow';
import type { FinvisCredential } from '../../tools/harness/stack';
import { until } from '../../tools/harness/until';
import { Editor } from './editor';
import type { Panel } from './panel';
import { takePicture, TIMEOUT_MS } from './window';

const { editorUrl, finvis, owner, sandbox } = useStack();

const CLIENT = 'cb9321dc-cab4-444a-8886-c22a18a4b149';

let editor: Editor;
beforeAll(async () => {
	editor = await Editor.open();
});

beforeEach(async () => await owner.newWorld());

/** Saves a workflow of only a trigger, and opens the panel of the trigger. */
async function openTrigger(name: string, type: string, parameters: TriggerOptions['parameters'], credentials = owner.credentials) {
	const saved = await saveTriggerWorkflow({ client: owner.client, credentials }, name, { type: ours(type), parameters });
	return { workflow: saved.workflow, panel: await editor.openNode(saved.workflow, saved.trigger) };
}

const finvisWith = async (name: string, data: Partial<FinvisCredential['data']>): Promise<SavedCredential[]> => [
	await owner.client.saveCredential({ ...finvis, name, data: { ...finvis.data, ...data } }),
];

const soon = async (what: string, condition: () => Promise<boolean>) => await until(condition, { what, timeoutMs: TIMEOUT_MS });
const webhookCount = async (count: number) =>
	await soon(`the sandbox has ${count} webhooks`, async () => (await sandbox.webhooks()).length === count);
const streamCount = async (count: number) =>
	await soon(`the sandbox has ${count} event streams`, async () => (await sandbox.streams()) === count);

/** The rows that a trigger shows when it has heard an event. */
async function emittedRows(panel: Panel) {
	await panel.output.getByTestId('node-run-status-success').waitFor();
	return await panel.rows();
}

describe('n8n finds the triggers by the word', () => {
	beforeAll(async () => await editor.openNodePanel());

	// n8n shows a node and its trigger as one entry, with the words of the node.
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
		['callback', ['Fondo Webhook', 'Fondo Journey']],
	])('%s', async (word, nodes) => {
		expect(await editor.searchNodes(word)).toEqual(expect.arrayContaining(nodes));
	});
});

test.each([
	['Fondo', ['On order change', 'On account change', 'On any change', 'On change of another object']],
	['Fondo Journey', ['On journey complete', 'On journey canceled', 'On journey failed', 'On other outcome of a journey']],
	['Finvis', ['On payment status updated', 'On transaction created', 'On another event']],
])('n8n offers the events of %s', async (node, events) => {
	await editor.openNodePanel();
	await editor.openEvents(node);
	// The list is still growing, so wait for each event.
	for (const event of events) await editor.entry(event).waitFor();
});

test.each([
	['Fondo', 'On order change'],
	['Fondo Polling', 'On transaction change'],
	['Fondo Journey', 'On journey complete'],
	['Fondo Webhook', 'On account change'],
])('the panel of %s offers the clients of the sandbox by name', async (node, event) => {
	const panel = await editor.addTrigger(node, event);
	expect(await panel.chooseOneOf('clients', 'Sparbolaget')).toEqual(['Habibis', 'Rådgivarna', 'Sparbolaget']);
	await panel.leaveFields();
	expect(await panel.field('clients').innerText()).toBe('Sparbolaget');
	if (node === 'Fondo') await takePicture(editor.page, 'fondo-trigger-panel');
});

test.each<[string, TriggerOptions['parameters'], string]>([
	['fondoTrigger', { objects: ['order', '*'] }, 'order, any object'],
	['fondoPollingTrigger', { objects: ['account', 'other'], otherObjects: 'order.create' }, 'account, order.create'],
	['fondoWebhookTrigger', { objects: ['account', 'order'] }, 'account, order'],
	['fondoJourneyTrigger', {}, 'any outcome'],
	['fondoJourneyTrigger', { outcomes: ['complete', 'expired'] }, 'complete, expired'],
	['finvisTrigger', { events: ['payment.status.updated'] }, 'payment status updated'],
])('on the canvas the %s shows its events: %j', async (type, parameters, subtitle) => {
	const { workflow } = await saveTriggerWorkflow(owner, 'On the canvas', { type: ours(type), parameters });
	await editor.openWorkflow(workflow);
	await editor.nodesOnCanvas().getByText(subtitle, { exact: true }).waitFor();
});

describe('executed in the editor', () => {
	test('the Fondo Trigger shows the next event, and then closes its connection', async () => {
		const { panel } = await openTrigger('Deposits', 'fondoTrigger', { clients: [CLIENT], objects: ['transaction'], kinds: ['created'] });
		await panel.executeButton.click();
		await streamCount(1);
		// n8n listens a moment after the trigger has connected.
		await editor.page.waitForTimeout(1_500);
		const { transactions } = await sandbox.deposit({ clientId: CLIENT, amount: 12_500 });
		const [event, ...others] = await emittedRows(panel);
		expect(event).toMatchObject({ eventType: 'transaction.create', change: 'created', id: transactions[0], clientId: CLIENT });
		expect(event.current).toContain('12500');
		expect(others).toEqual([]);
		await streamCount(0);
		await panel.output.getByTestId('radio-button-json').click();
		await panel.leaveFields();
		await takePicture(editor.page, 'fondo-trigger-event');
	});

	test('the Fondo Polling Trigger shows the latest changes', async () => {
		await sandbox.deposit({ clientId: CLIENT, count: 2 });
		const { panel } = await openTrigger('Polled', 'fondoPollingTrigger', { clients: [CLIENT], objects: ['transaction'] });
		await panel.execute();
		expect((await panel.rows()).length).toBeGreaterThanOrEqual(2);
	});

	test('a Fondo Polling Trigger that finds nothing says so, and what to do', async () => {
		const { panel } = await openTrigger('Nothing', 'fondoPollingTrigger', { clients: [CLIENT], objects: ['other'], otherObjects: 'none' });
		await panel.execute();
		const { title, description } = await panel.error();
		expect(title).toContain('in the last 30 days');
		expect(description).toContain('Publish the workflow');
	});

	test('the Finvis Trigger has a webhook while it listens, shows the event, and then removes the webhook', async () => {
		const credentials = await finvisWith('Finvis with webhooks', { scopes: finvis.data.scopes });
		const { panel } = await openTrigger('Payments', 'finvisTrigger', { events: ['payment.status.updated'] }, credentials);
		expect(await panel.root.getByText('Webhook URLs', { exact: true }).count()).toBe(0);
		await panel.leaveFields();
		await takePicture(editor.page, 'finvis-trigger-panel');
		await panel.executeButton.click();
		await editor.page.getByText('Waiting for one of the chosen events at Finvis').filter({ visible: true }).first().waitFor();
		await webhookCount(1);
		expect(await sandbox.webhooks()).toEqual([
			expect.objectContaining({ url: expect.stringContaining('/webhook-test/'), events: ['payment.status.updated'] }),
		]);
		await sandbox.emitEvent('payment.status.updated', { batch_id: 'b1', status: 'executed' });
		const [event] = await emittedRows(panel);
		expect(event.data).toContain('executed');
		expect(event.delivery).toContain('registration');
		await webhookCount(0);
	});

	test.each([
		['without the scope', { scopes: ['read:payments'] }, "Add the scope 'Administer Webhooks' in the credential"],
		[
			'with a scope that the client was not granted',
			{ scopes: ['read:ledger', 'admin:public_api'] },
			'Finvis does not grant all of these scopes',
		],
	])('the Finvis Trigger %s says what to do, and the next trigger can listen', async (name, data, reason) => {
		const reader = { clientId: 'finvis-reader', clientSecret: 'finvis-reader-secret' };
		const { panel } = await openTrigger(name, 'finvisTrigger', {}, await finvisWith(name, { ...reader, ...data }));
		await panel.executeButton.click();
		await editor.page.locator('.el-notification').filter({ hasText: reason }).first().waitFor();
		await panel.executeButton.getByText('Execute step').waitFor();

		const credentials = await finvisWith('Finvis with webhooks', { scopes: ['admin:public_api'] });
		const next = await openTrigger('Next', 'finvisTrigger', {}, credentials);
		await next.panel.executeButton.click();
		await webhookCount(1);
		await editor.page.getByText('Listening for test event').waitFor();
		// n8n ignores a click on the button in the moment in which it appears.
		await editor.page.waitForTimeout(1_000);
		await next.panel.root.getByText('Stop Listening').filter({ visible: true }).first().click();
		await webhookCount(0);
	});

	test('the Fondo Webhook Trigger shows the object of the callback that comes while it listens', async () => {
		const { workflow, panel } = await openTrigger('Callbacks', 'fondoWebhookTrigger', { clients: [CLIENT], objects: ['transaction'] });
		await panel.executeButton.click();
		await editor.page.getByText('Waiting for Fondo to call the Test URL').filter({ visible: true }).first().waitFor();
		await sandbox.changeSettings({ fondo: { callbackUrl: `${editorUrl}/webhook-test/${workflow.nodes[0].webhookId}/callback` } });
		const { transactions } = await sandbox.deposit({ clientId: CLIENT, amount: 7_500 });
		const [event, ...others] = await emittedRows(panel);
		await sandbox.changeSettings({ fondo: { callbackUrl: null } });
		expect(event).toMatchObject({ eventType: 'transaction.create', change: 'created', id: transactions[0], source: 'callback' });
		expect(event.current).toContain('7500');
		expect(others).toEqual([]);
		await panel.leaveFields();
		await takePicture(editor.page, 'fondo-webhook-trigger');
	});

	test('the Fondo Journey Trigger shows the address that journeys need', async () => {
		const { workflow, panel } = await openTrigger('Journeys', 'fondoJourneyTrigger', {});
		await panel.root.getByText('Webhook URLs', { exact: true }).click();
		await panel.root.getByText('Production URL', { exact: true }).click();
		await panel.root.getByText(`${editorUrl}/webhook/${workflow.nodes[0].webhookId}/journey`).waitFor();
	});
});
