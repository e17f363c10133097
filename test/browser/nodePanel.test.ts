import type { INodeTypeDescription } from 'n8n-workflow';
import { useStack } from '../../tools/harness/jest/useStack';
import { saveManualWorkflow } from '../../tools/harness/n8n/workflow';
import { Editor } from './editor';
import { takePicture } from './window';

const { owner } = useStack();

const BOTH = ['Fondo', 'Finvis'];

let editor: Editor;
beforeAll(async () => {
	editor = await Editor.open();
});

test('behind a trigger n8n finds both nodes, and not their triggers', async () => {
	await editor.openWorkflow(await saveManualWorkflow(owner, 'My first payment'));
	await editor.page.getByTestId('node-creator-plus-button').first().click();
	expect(await editor.searchNodes('treasury')).toEqual(BOTH);
	await takePicture(editor.page, 'node-panel-search');
});

describe('n8n finds the nodes by the word', () => {
	beforeAll(async () => await editor.openNodePanel());

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
		expect(await editor.searchNodes(word)).toEqual(expect.arrayContaining(nodes));
	});
});

/** The actions of a node: its operations. The Custom API Call, which n8n adds, has no action. */
async function actionsOf(node: string): Promise<string[]> {
	const types: INodeTypeDescription[] = JSON.parse((await owner.client.request('GET', '/types/nodes.json')).body);
	const properties = types.find(({ displayName }) => displayName === node)?.properties ?? [];
	return properties
		.filter(({ name }) => name === 'operation')
		.flatMap(({ options = [] }) => options.flatMap((option) => ('action' in option && option.action ? [option.action] : [])));
}

test.each(BOTH)('%s offers every operation as an action', async (node) => {
	const actions = await actionsOf(node);
	expect(actions.length).toBeGreaterThan(0);
	await editor.openNodePanel();
	await editor.openActions(node);
	// The list is still growing, so wait for each action.
	for (const action of actions) await editor.entry(action).first().waitFor();
});

test.each([
	['light', ''],
	['dark', '.dark'],
] as const)('both nodes have an icon for the %s theme', async (theme, suffix) => {
	const window = theme === 'light' ? editor : await Editor.open(theme);
	await window.openNodePanel();
	for (const node of BOTH) {
		await window.searchNodes(node);
		const icon = window.page.locator(`img[src$="/${node.toLowerCase()}${suffix}.svg"]`).filter({ visible: true }).first();
		expect(await icon.evaluate(({ naturalWidth }: { naturalWidth: number }) => naturalWidth)).toBeGreaterThan(0);
	}
});
