import { useStack } from '../../tools/harness/jest/useStack';
import { jsonOf } from '../../tools/harness/n8n/client';
import { byId, ourNode, ours, saveManualWorkflow } from '../../tools/harness/n8n/workflow';
import { saveExample } from '../../tools/harness/stack';
import { Editor } from './editor';
import type { Panel } from './panel';
import { openWindow, takePicture } from './window';

const { owner } = useStack();

const CLIENT = 'cb9321dc-cab4-444a-8886-c22a18a4b149';
const PERSONAL_NUMBER = '191212121212';

let editor: Editor;
beforeAll(async () => {
	editor = await Editor.open();
});

/** The names in the Operation menu. */
async function operationsOf(panel: Panel): Promise<string[]> {
	await panel.field('operation').click();
	const entries = editor.page.getByTestId('parameter-input-item').filter({ visible: true });
	await entries.first().waitFor();
	const texts = await entries.allInnerTexts();
	await editor.page.keyboard.press('Escape');
	return texts.map((text) => text.split('\n')[0]);
}

/** The customer opens the link of the mail, answers and signs. */
async function actAsCustomer(url: string): Promise<void> {
	const { page } = await openWindow();
	await page.goto(url);
	await page.locator('#start').click();
	await page.locator('#personal-number').fill(PERSONAL_NUMBER);
	await page.locator('#continue').click();
	await page.locator('#purpose').waitFor();
	await page.locator('#continue').click();
	await page.locator('#sign').waitFor();
	await takePicture(page, 'journey-page');
	await page.locator('#sign').click();
	await page.locator('#status', { hasText: 'complete' }).waitFor();
	await page.close();
}

test('the panel of the node offers to wait, with the fields for it and without a webhook address', async () => {
	const panel = await editor.addAction('Fondo', 'Wait for the outcome of a journey');
	expect(await panel.chosen('operation')).toBe('Wait for Outcome');
	await panel.field('waitLimit').waitFor();
	expect(await panel.executeButton.innerText()).toBe('Execute step');
	expect(await panel.root.getByText('Webhook URLs').count()).toBe(0);
	expect(await operationsOf(panel)).toEqual(['Create', 'Get', 'Wait for Outcome']);
});

test('the tool of an AI does not offer to wait', async () => {
	const node = ourNode(
		owner,
		'fondo',
		{ resource: 'journey', operation: 'get', client: byId(CLIENT), journey: byId('x') },
		{ name: 'Tool' },
	);
	const workflow = await saveManualWorkflow(owner, 'Journeys for an AI', { ...node, type: ours('fondoTool') });
	const panel = await editor.openNode(workflow, 'Tool');
	expect(await operationsOf(panel)).toEqual(['Create', 'Get']);
});

test('the example waits on the canvas until the customer has signed on the page of the journey', async () => {
	const { page } = editor;
	const { workflow } = await saveExample(owner, 'open-account.json');
	await editor.openWorkflow(workflow);
	expect(await page.getByTestId('node-issues').count()).toBe(0);
	await page.getByTestId('execute-workflow-button').click();
	await editor.nodeOnCanvas('Wait for outcome').dblclick();
	await page.getByText('The execution continues when Fondo reports').waitFor();
	await page.keyboard.press('Escape');

	const [{ id, status }] = await owner.client.executions(workflow);
	expect(status).toBe('waiting');
	const [journey] = jsonOf<{ id: string; url: string }>(await owner.client.execution(id), 'Create journey');
	await actAsCustomer(journey.url);

	const ended = await owner.client.ended(id, 30_000);
	expect(ended.status).toBe('success');
	const [opened] = jsonOf(ended, 'Account opened');
	expect(opened).toMatchObject({ id: journey.id, outcome: 'complete', result: { account: expect.any(String) } });
	await editor.nodeOnCanvas('Account opened').getByTestId('canvas-node-status-success').waitFor();
});
