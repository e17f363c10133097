import { useStack } from '../../tools/harness/jest/useStack';
import { ourNode, saveManualWorkflow } from '../../tools/harness/n8n/workflow';
import { Editor } from './editor';
import { takePicture } from './window';

const { owner, sandbox } = useStack();

/** High enough to show the whole panel in a picture. */
const TALL = { width: 1440, height: 1250 };
const DAY_MS = 24 * 3_600_000;
const TOMORROW = new Date(Date.now() + DAY_MS).toISOString().slice(0, 10);

let editor: Editor;
beforeAll(async () => {
	editor = await Editor.open();
});

test('cash positions', async () => {
	const positions = ourNode(owner, 'finvis', { resource: 'report', operation: 'getPositions' });
	const panel = await editor.openNode(await saveManualWorkflow(owner, 'Positions', positions), 'Finvis');
	await panel.execute();
	const [first] = await panel.rows();
	expect(first.positions).toContain('available_balance');
});

test('a payment batch typed into the panel as in docs/getting-started.md is created, and a second run finds the same batch', async () => {
	await owner.newWorld();
	const panel = await editor.addAction('Finvis', 'Create a payment batch');
	const account = await panel.pickByTyping('account', 'swedb');
	expect(account).toContain('Swedbank');
	await panel.fillDay('executionDate', TOMORROW);
	await panel.choose('bankDay', 'Take the Next Bank Day');
	await panel.fill('reference', 'my-first-payment');
	await panel.root.getByRole('button', { name: 'Add Payment' }).click();
	await panel.fill('amount', '125.00');
	await panel.fill('creditorName', 'Nordic Supplies AB');
	expect(await panel.chosen('creditorAccountType')).toBe('Bankgiro');
	await panel.choose('creditorAccountType', 'IBAN');
	await panel.fill('creditorAccount', 'SE3550000000054910000003');
	await editor.page.setViewportSize(TALL);
	await panel.leaveFields();
	await takePicture(panel.root.getByTestId('node-parameters'), 'finvis-panel');

	const outcome = async () => {
		await panel.execute();
		const [{ receipt, id }] = await panel.rows();
		return { id, outcome: /outcome\s*:\s*(\w+)/.exec(receipt)?.[1] };
	};
	const first = await outcome();
	expect(first).toEqual({ id: expect.stringMatching(/^[0-9a-f-]{36}$/), outcome: 'created' });
	expect(await outcome()).toEqual({ id: first.id, outcome: 'found' });
	expect(await sandbox.violations()).toEqual([]);
});

test('from Check to Create From Items every value stays, also the additional fields', async () => {
	const account = { __rl: true, mode: 'iban', value: 'SE0260075783290063905361' };
	const additionalFields = { expectedTotal: '125.00', onePerDueDate: true };
	const rows = { account, executionDate: '2099-03-05', reference: 'kept', amount: '125.00', creditorName: 'Nordic Supplies AB' };
	const check = ourNode(owner, 'finvis', { resource: 'paymentBatch', operation: 'check', ...rows, additionalFields }, { typeVersion: 1.1 });
	const panel = await editor.openNode(await saveManualWorkflow(owner, 'Check first', check), 'Finvis');
	for (const operation of ['Create From Items', 'Check', 'Create From Items']) {
		await panel.choose('operation', operation);
		expect(await panel.chosen('operation')).toBe(operation);
		for (const [name, value] of Object.entries({ reference: 'kept', amount: '125.00', expectedTotal: '125.00' }))
			expect([operation, name, await panel.field(name).locator('input').last().inputValue()]).toEqual([operation, name, value]);
		expect(await panel.field('onePerDueDate').isVisible()).toBe(true);
	}
});

test('a row that cannot be paid is named by its number and field before the node sends anything', async () => {
	const panel = await editor.addAction('Finvis', 'Create a payment batch');
	await panel.pickByTyping('account', 'swedb');
	await panel.fillDay('executionDate', '2099-03-06');
	await panel.fill('reference', 'browser-refused');
	await panel.root.getByRole('button', { name: 'Add Payment' }).click();
	await panel.fill('amount', '12 500,00');
	await panel.fill('creditorName', 'Nordic Supplies AB');
	await panel.fill('creditorAccount', '5050-1055');
	await panel.execute();
	const { title, description } = await panel.error();
	expect(title).toContain("Payment 1: 'Amount'");
	expect(title).toContain('12 500,00');
	expect(description).toContain("choose Swedish for 'Amount Format'");
});
