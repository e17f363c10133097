// What the editor shows of the output of a node that has not run.
import type { INodeParameters } from 'n8n-workflow';
import { useStack } from '../../tools/harness/jest/useStack';
import { manualTrigger, ourNode, saveWorkflow } from '../../tools/harness/n8n/workflow';
import { Editor } from './editor';
import type { Panel } from './panel';

const { owner, sandbox } = useStack();

/** The version that a new node has: n8n looks for the preview of exactly this one. */
const NEW = { typeVersion: 1.1 };

let editor: Editor;
beforeAll(async () => {
	editor = await Editor.open();
});

/** Opens the panel of a payment batch after a read that has not run. */
async function openAfter(read: INodeParameters): Promise<Panel> {
	const workflow = await saveWorkflow(owner, `After ${String(read.resource)}`, [
		manualTrigger(),
		ourNode(owner, 'finvis', read, { name: 'Read', ...NEW }),
		ourNode(owner, 'finvis', { resource: 'paymentBatch', operation: 'create' }, { name: 'Batch', ...NEW }),
	]);
	return await editor.openNode(workflow, 'Batch');
}

test('a field of a read that has not run is dragged into the next node, and has its value when the read has run', async () => {
	const panel = await openAfter({ resource: 'account', operation: 'getMany', limit: 1 });
	const fields = ['available_balance', 'balance_updated_at', 'bank', 'booked_balance', 'company_id', 'currency', 'iban', 'id', 'name'];
	expect(await panel.previewedFields()).toEqual(fields);
	expect(await panel.drag('iban', 'reference')).toBe('{{ $json.iban }}');
	await panel.executePreviewed();
	await panel.root
		.getByTestId('parameter-expression-preview-reference')
		.getByText(/^SE\d{22}$/)
		.waitFor();
	expect(await sandbox.violations()).toEqual([]);
});

test('so is a field of a list in the answer', async () => {
	const panel = await openAfter({ resource: 'report', operation: 'getPositions' });
	expect(await panel.previewedFields()).toContain('positions');
	expect(await panel.drag('positions[0].available_balance', 'reference')).toBe('{{ $json.positions[0].available_balance }}');
});
