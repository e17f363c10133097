import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { EXAMPLES, exampleWith } from '../../tools/stack.mjs';
import { signedIn } from '../e2e/stack.mjs';
import { closeEditor, openEditor, openWorkflow, picture } from './editor.mjs';

/** Nodes that wait for a credential of somebody else, which the demo has none of. */
const UNFINISHED = { 'ai-assistant.json': 1 };

/** So wide that names stay readable in the picture of a long workflow. */
const VIEWPORT = { width: 1800, height: 1000 };
const MARGIN = 24;

let n8n;
let page;

/** The part of the screen that the workflow takes, with a margin around it. */
async function partOfWorkflow() {
	const boxes = await page.locator('.vue-flow__node').evaluateAll((nodes) => nodes.map((node) => node.getBoundingClientRect().toJSON()));
	const [left, top] = [Math.min(...boxes.map((box) => box.left)), Math.min(...boxes.map((box) => box.top))];
	const [right, bottom] = [Math.max(...boxes.map((box) => box.right)), Math.max(...boxes.map((box) => box.bottom))];
	// Names stand below their nodes, and wider than these.
	return { x: left - MARGIN, y: top - MARGIN, width: right - left + 4 * MARGIN, height: bottom - top + 4 * MARGIN };
}

beforeAll(async () => {
	n8n = await signedIn();
	page = await openEditor();
	await page.setViewportSize(VIEWPORT);
});
afterAll(closeEditor);

test.each(EXAMPLES)('%s stands on the canvas as a whole, and nothing of it is missing', async (file) => {
	const workflow = await n8n.client.createWorkflow(exampleWith(n8n.credentials, file));
	await openWorkflow(page, workflow);
	const steps = workflow.nodes.filter(({ type }) => !type.endsWith('.stickyNote'));
	expect(await page.getByTestId('canvas-node').count()).toBe(steps.length);
	expect(await page.getByTestId('node-issues').count()).toBe(UNFINISHED[file] ?? 0);
	await page.keyboard.press('1'); // n8n's key for: the whole workflow
	await page.waitForTimeout(700);
	await page.mouse.move(0, 0);
	await picture(page, `examples/${file.replace('.json', '')}`, page, await partOfWorkflow());
});
