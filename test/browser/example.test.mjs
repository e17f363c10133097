import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { EXAMPLE } from '../../tools/demo/sweep.mjs';
import { readExample } from '../../tools/stack.mjs';
import { exampleIn, sandbox, signedIn } from '../e2e/stack.mjs';
import { closeEditor, openEditor, openNode, openWorkflow, picture } from './editor.mjs';

const { nodes } = readExample(EXAMPLE);
const steps = nodes.filter(({ type }) => !type.endsWith('.stickyNote'));
/** What does not belong to the way of an error. */
const usual = steps.filter(({ type }) => !/\.(errorTrigger|noOp)$/.test(type));

let n8n;
let page;

beforeAll(async () => {
	n8n = await signedIn();
	page = await openEditor();
});

beforeEach(async () => await sandbox.call('POST', '/reset'));
afterAll(closeEditor);

test('the example runs on the canvas, and every step of it succeeds', async () => {
	const { workflow } = await exampleIn(n8n, 'Sweep idle cash');
	await openWorkflow(page, workflow);
	expect(await page.getByTestId('canvas-node').count()).toBe(steps.length);
	expect(await page.getByTestId('node-issues').count()).toBe(0);
	await page.getByTestId('execute-workflow-button').click();
	const succeeded = page.getByTestId('canvas-node-status-success');
	await succeeded.nth(usual.length - 1).waitFor();
	expect(await page.getByTestId('node-issues').count()).toBe(0);
	await picture(page, 'example-canvas');
});

test('what the example has chosen from lists keeps its readable name in the panel', async () => {
	const { workflow } = await exampleIn(n8n, 'Sweep idle cash, its panels');
	const panel = await openNode(page, workflow, 'Subscribe to fund');
	const { parameters } = nodes.find(({ name }) => name === 'Subscribe to fund');
	for (const name of ['client', 'account', 'instrument']) {
		const shown = await panel.ndv.getByTestId(`resource-locator-${name}`).getByTestId('rlc-input').inputValue();
		expect(shown).toBe(parameters[name].cachedResultName);
	}
});
