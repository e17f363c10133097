import { useStack } from '../../tools/harness/jest/useStack';
import { EXAMPLES, exampleWith } from '../../tools/harness/stack';
import { Editor } from './editor';
import type { Rectangle } from './playwright';
import { takePicture } from './window';

const { owner } = useStack();

/** How many nodes need a credential of another vendor, which the demo does not have. */
const INCOMPLETE_NODES: Readonly<Record<string, number>> = { 'ai-assistant.json': 1, 'ai-prepares-person-pays.json': 1 };

/** Wide, so that names stay readable in the picture of a long workflow. */
const VIEWPORT = { width: 1800, height: 1000 };
const MARGIN = 24;

interface Box {
	readonly left: number;
	readonly top: number;
	readonly right: number;
	readonly bottom: number;
}

let editor: Editor;
beforeAll(async () => {
	editor = await Editor.open();
	await editor.page.setViewportSize(VIEWPORT);
});

/** The part of the screen that shows the workflow, with a margin around it. */
async function workflowOnScreen(): Promise<Rectangle> {
	const boxes = await editor.page
		.locator('.vue-flow__node')
		.evaluateAll((nodes: Array<{ getBoundingClientRect(): { toJSON(): Box } }>) =>
			nodes.map((node) => node.getBoundingClientRect().toJSON()),
		);
	const [left, top] = [Math.min(...boxes.map((box) => box.left)), Math.min(...boxes.map((box) => box.top))];
	const [right, bottom] = [Math.max(...boxes.map((box) => box.right)), Math.max(...boxes.map((box) => box.bottom))];
	// The name of a node is below the node, and wider.
	return { x: left - MARGIN, y: top - MARGIN, width: right - left + 4 * MARGIN, height: bottom - top + 4 * MARGIN };
}

test.each(EXAMPLES)('%s is whole on the canvas', async (file) => {
	const workflow = await owner.client.createWorkflow(exampleWith(owner.credentials, file));
	const { page } = editor;
	await editor.openWorkflow(workflow);
	const steps = workflow.nodes.filter(({ type }) => !type.endsWith('.stickyNote'));
	expect(await editor.nodesOnCanvas().count()).toBe(steps.length);
	expect(await page.getByTestId('node-issues').count()).toBe(INCOMPLETE_NODES[file] ?? 0);
	await page.keyboard.press('1'); // n8n's key for: zoom to fit
	await page.waitForTimeout(700);
	await page.mouse.move(0, 0);
	await takePicture(page, `examples/${file.replace('.json', '')}`, await workflowOnScreen());
});
