import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { signedIn } from '../e2e/stack.mjs';
import { closeEditor, openActions, openEditor, openNodePanel, openWorkflow, picture, searchNodes } from './editor.mjs';
import { saveLine } from './workflows.mjs';

let client;
let page;
let types;

beforeAll(async () => {
	({ client } = await signedIn());
	types = JSON.parse((await client.request('GET', '/types/nodes.json')).body);
	page = await openEditor();
	await openNodePanel(page);
});

afterAll(closeEditor);

const BOTH = ['Fondo', 'Finvis'];

test('behind a trigger both nodes are found, not their triggers', async () => {
	await openWorkflow(page, await saveLine({ client }, 'My first payment'));
	await page.getByTestId('node-creator-plus-button').first().click();
	expect(await searchNodes(page, 'treasury')).toEqual(BOTH);
	await picture(page, 'node-panel-search');
	await openNodePanel(page);
});

describe('the nodes are found by', () => {
	test.each([
		['fondo', ['Fondo']],
		['Finvis', ['Finvis']],
		['payment', BOTH],
		['treasury', BOTH],
		['fund', ['Fondo']],
		['investor', ['Fondo']],
		['subscription', ['Fondo']],
		['redemption', ['Fondo']],
		['isin', ['Fondo']],
		['bank', ['Finvis']],
		['cash', ['Finvis']],
		['liquidity', ['Finvis']],
		['approval', ['Finvis']],
		['koncern', ['Finvis']],
		['payments', BOTH],
		['mutual fund', ['Fondo']],
		['autogiro', ['Fondo']],
		['cash flow', ['Finvis']],
		['reconciliation', ['Finvis']],
	])('%s', async (word, nodes) => {
		expect(await searchNodes(page, word)).toEqual(expect.arrayContaining(nodes));
	});
});

/** What the operations of a node are called as actions. n8n adds its own Custom API Call, which is none. */
const actionsOf = (node) =>
	types
		.find(({ displayName }) => displayName === node)
		.properties.filter(({ name }) => name === 'operation')
		.flatMap(({ options }) => options.flatMap(({ action }) => action ?? []));

test.each(BOTH)('%s offers every operation as an action', async (node) => {
	await openNodePanel(page);
	await openActions(page, node);
	// The list grows while it is looked at.
	const shown = page.getByTestId('node-creator-item-name');
	for (const action of actionsOf(node)) await shown.getByText(action, { exact: true }).first().waitFor();
});

test.each([
	['light', ''],
	['dark', '.dark'],
])('both nodes have an icon for the %s theme', async (theme, suffix) => {
	const window = theme === 'light' ? page : await openEditor(theme);
	await openNodePanel(window);
	for (const node of BOTH) {
		await searchNodes(window, node);
		const icon = window.locator(`img[src$="/${node.toLowerCase()}${suffix}.svg"]`).filter({ visible: true }).first();
		expect(await icon.evaluate(({ naturalWidth }) => naturalWidth)).toBeGreaterThan(0);
	}
});
