import type { INodeParameterResourceLocator } from 'n8n-workflow';
import { useStack } from '../../tools/harness/jest/useStack';
import { readExample, saveSweep, SWEEP } from '../../tools/harness/stack';
import { Editor } from './editor';
import { takePicture } from './window';

const { owner } = useStack();

const { nodes } = readExample(SWEEP);
const steps = nodes.filter(({ type }) => !type.endsWith('.stickyNote'));
/** The nodes of a run without errors. */
const successful = steps.filter(({ type }) => !/\.(errorTrigger|noOp)$/.test(type));

let editor: Editor;
beforeAll(async () => {
	editor = await Editor.open();
});

test('the example runs on the canvas, and each of its steps succeeds', async () => {
	const { workflow } = await saveSweep(owner, 'Sweep idle cash');
	const { page } = editor;
	await editor.openWorkflow(workflow);
	expect(await editor.nodesOnCanvas().count()).toBe(steps.length);
	expect(await page.getByTestId('node-issues').count()).toBe(0);
	await page.getByTestId('execute-workflow-button').click();
	await page
		.getByTestId('canvas-node-status-success')
		.nth(successful.length - 1)
		.waitFor();
	expect(await page.getByTestId('node-issues').count()).toBe(0);
	await takePicture(page, 'example-canvas');
});

test('the panel shows the names of what the example chose from lists', async () => {
	const { workflow } = await saveSweep(owner, 'Sweep idle cash, its panels');
	const panel = await editor.openNode(workflow, 'Subscribe to fund');
	const chosen = nodes.find(({ name }) => name === 'Subscribe to fund')?.parameters ?? {};
	for (const name of ['client', 'account', 'instrument']) {
		const { cachedResultName } = chosen[name] as INodeParameterResourceLocator;
		expect(cachedResultName).toEqual(expect.any(String));
		expect(await panel.chosenInList(name)).toBe(cachedResultName);
	}
});
