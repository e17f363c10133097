import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { outputOf } from '../../tools/n8n-host/client.mjs';
import { unflatten } from '../../tools/n8n-host/flatted.mjs';
import { saveExample } from '../../tools/stack.mjs';
import { signedIn } from '../e2e/stack.mjs';
import { addAction, closeEditor, openEditor, openNode, openWorkflow, picture } from './editor.mjs';
import { byId, nodeOf, saveLine } from './workflows.mjs';

const CLIENT = 'cb9321dc-cab4-444a-8886-c22a18a4b149';
const PERSONAL_NUMBER = '191212121212';

let n8n;
let page;

beforeAll(async () => {
	n8n = await signedIn();
	page = await openEditor();
});

afterAll(closeEditor);

const onCanvas = (node) => page.locator(`[data-test-id="canvas-node"][data-node-name="${node}"]`);

/** The names in the Operation menu. */
async function operationsOf(panel) {
	await panel.field('operation').click();
	const entries = page.getByTestId('parameter-input-item').filter({ visible: true });
	await entries.first().waitFor();
	const texts = await entries.allInnerTexts();
	await page.keyboard.press('Escape');
	return texts.map((text) => text.split('\n')[0]);
}

/** The customer opens the link of the mail, answers and signs. */
async function playTheCustomer(url) {
	const customer = await page.context().newPage();
	await customer.goto(url);
	await customer.locator('#start').click();
	await customer.locator('#personal-number').fill(PERSONAL_NUMBER);
	await customer.locator('#continue').click();
	await customer.locator('#purpose').waitFor();
	await customer.locator('#continue').click();
	await customer.locator('#sign').waitFor();
	await picture(customer, 'journey-page');
	await customer.locator('#sign').click();
	await customer.locator('#status', { hasText: 'complete' }).waitFor();
	await customer.close();
}

test('waiting is offered in the panel of the node, with what it needs and no address of a webhook', async () => {
	const panel = await addAction(page, 'Fondo', 'Wait for the outcome of a journey');
	expect(await panel.chosen('operation')).toBe('Wait for Outcome');
	await panel.field('waitLimit').waitFor();
	expect(await panel.ndv.getByTestId('node-execute-button').innerText()).toBe('Execute step');
	expect(await panel.ndv.getByText('Webhook URLs').count()).toBe(0);
	expect(await operationsOf(panel)).toEqual(['Create', 'Get', 'Wait for Outcome']);
});

test('an AI is not offered to wait', async () => {
	const node = nodeOf(n8n, 'fondo', { resource: 'journey', operation: 'get', client: byId(CLIENT), journey: byId('x') });
	const tool = { ...node, id: 'tool', name: 'Tool', type: 'n8n-nodes-fondo-finvis.fondoTool' };
	const panel = await openNode(page, await saveLine(n8n, 'Journeys for an AI', tool), 'Tool');
	expect(await operationsOf(panel)).toEqual(['Create', 'Get']);
});

test('the example waits on the canvas until the customer has signed on the page of the journey', async () => {
	const { workflow } = await saveExample(n8n.client, n8n.credentials, 'open-account.json');
	await openWorkflow(page, workflow);
	expect(await page.getByTestId('node-issues').count()).toBe(0);
	await page.getByTestId('execute-workflow-button').click();
	await onCanvas('Wait for outcome').dblclick();
	await page.getByText('The execution continues when Fondo reports').waitFor();
	await page.keyboard.press('Escape');

	const [{ id, status }] = (await n8n.client.call('GET', '/rest/executions?limit=1')).results;
	expect(status).toBe('waiting');
	const held = await n8n.client.call('GET', `/rest/executions/${id}`);
	const [journey] = outputOf({ data: unflatten(held.data) }, 'Create journey').map(({ json }) => json);
	await playTheCustomer(journey.url);

	const ended = await n8n.client.ended(id, 30_000);
	expect(ended.status).toBe('success');
	const [{ json }] = outputOf(ended, 'Account opened');
	expect(json).toMatchObject({ id: journey.id, outcome: 'complete', result: { account: expect.any(String) } });
	await onCanvas('Account opened').getByTestId('canvas-node-status-success').waitFor();
});
