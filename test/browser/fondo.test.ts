import { useStack } from '../../tools/harness/jest/useStack';
import { byId, oneItem, ourNode, saveManualWorkflow } from '../../tools/harness/n8n/workflow';
import { Editor } from './editor';
import type { Panel } from './panel';
import { takePicture } from './window';

const { fondo, owner } = useStack();

const GET_ACCOUNT = { resource: 'account', operation: 'get' };
const UNKNOWN = '11111111-2222-4333-8444-555555555555';

const clients = new Map<string, string>();

let editor: Editor;
beforeAll(async () => {
	editor = await Editor.open();
	const node = ourNode(owner, 'fondo', GET_ACCOUNT);
	const { results } = await owner.client.listSearch({ node, path: 'parameters.client', method: 'searchClient' });
	for (const { name, value } of results) clients.set(name, String(value));
});

function clientNamed(name: string): string {
	const id = clients.get(name);
	if (id === undefined) throw new Error(`The sandbox has no client ${name}`);
	return id;
}

describe('choosing an investor account', () => {
	let panel: Panel;
	beforeEach(async () => {
		panel = await editor.addAction('Fondo', 'Get an investor account');
	});

	test('the action brings its resource, its operation and the credential', async () => {
		expect(await panel.chosen('resource')).toBe('Investor Account');
		expect(await panel.chosen('operation')).toBe('Get');
		expect(await panel.root.getByTestId('node-credentials-select').locator('input').inputValue()).toBe(fondo.name);
	});

	test('the client comes first, the list of accounts follows it, and a part of the name finds the account', async () => {
		await panel.openList('account');
		expect(await panel.listRefusal()).toContain('Choose the client first');
		await panel.closeList();

		expect(await panel.pickByTyping('client', 'rådg')).toBe('Rådgivarna');
		await panel.openList('account');
		const wanted = (await panel.entries())[3];
		const [, holder = ''] = /, (.+)\)$/.exec(wanted) ?? [];
		expect(holder).not.toBe('');
		expect(await panel.typeInList(holder.slice(0, -2))).toContain(wanted);
		await takePicture(editor.page, 'list-search');
		await panel.pick(wanted);
		await panel.leaveFields();
		await takePicture(editor.page, 'fondo-panel');

		await panel.execute();
		const rows = await panel.rows();
		expect(rows).toHaveLength(1);
		expect(wanted).toContain(rows[0].ref);

		await panel.pickByTyping('client', 'habi');
		await panel.openList('account');
		expect(await panel.entries()).not.toContain(wanted);
	});

	test('the choices stay when the operation changes', async () => {
		await panel.pickByTyping('client', 'sparb');
		await panel.openList('account');
		const [wanted] = await panel.entries();
		await panel.pick(wanted);
		await panel.choose('operation', 'Get KYC Status');
		expect(await panel.chosenInList('client')).toBe('Sparbolaget');
		expect(await panel.chosenInList('account')).toBe(wanted);
	});
});

describe('a client given by an expression', () => {
	async function open(name: string, client: string): Promise<Panel> {
		const input = oneItem({ client: clientNamed('Habibis') });
		const getAccount = ourNode(owner, 'fondo', { ...GET_ACCOUNT, client: byId(client), account: byId('') });
		return await editor.openNode(await saveManualWorkflow(owner, name, input, getAccount), 'Fondo');
	}

	/** The accounts of the client, from the API of the editor. */
	async function accountsOf(name: string): Promise<string[]> {
		const node = ourNode(owner, 'fondo', { ...GET_ACCOUNT, client: byId(clientNamed(name)) });
		const { results } = await owner.client.listSearch({ node, path: 'parameters.account', method: 'searchInvestorAccount' });
		return results.map((one) => one.name);
	}

	test('the list follows it at once when it needs no input', async () => {
		const panel = await open('Constant client', `={{ '${clientNamed('Habibis')}' }}`);
		await panel.chooseMode('account', 'list');
		await panel.openList('account');
		expect(await panel.entries()).toEqual(await accountsOf('Habibis'));
	});

	test.each(['={{ $json.client }}', "={{ $('Input').item.json.client }}"])(
		'the list follows it after the nodes before have run: %s',
		async (expression) => {
			const panel = await open('Client from the input', expression);
			await panel.chooseMode('account', 'list');
			await panel.openList('account');
			expect(await panel.listRefusal()).toContain('client');
			await panel.closeList();
			await panel.executePrevious();
			await panel.openList('account');
			expect(await panel.entries()).toEqual(await accountsOf('Habibis'));
		},
	);
});

test('a list gives rows, and says that there are more', async () => {
	const getMany = ourNode(owner, 'fondo', {
		resource: 'account',
		operation: 'getMany',
		client: byId(clientNamed('Sparbolaget')),
		returnAll: false,
		limit: 20,
		simplify: true,
	});
	const panel = await editor.openNode(await saveManualWorkflow(owner, 'Accounts', getMany), 'Fondo');
	await panel.execute();
	const rows = await panel.rows();
	expect(rows).toHaveLength(20);
	expect(rows[0]).toMatchObject({ id: expect.stringMatching(/^[0-9a-f-]{36}$/), ref: expect.stringMatching(/^\d{15}$/), currency: 'SEK' });
	expect(await panel.output.getByTestId('node-hint').innerText()).toContain("'Return All'");
	await takePicture(editor.page, 'rows');
});

test('the message for a wrong ID says what to do', async () => {
	const getAccount = ourNode(owner, 'fondo', { ...GET_ACCOUNT, client: byId(clientNamed('Sparbolaget')), account: byId(UNKNOWN) });
	const panel = await editor.openNode(await saveManualWorkflow(owner, 'Wrong ID', getAccount), 'Fondo');
	await panel.execute();
	const { title, description } = await panel.error();
	expect(title).toBe('Fondo has no such investor account');
	expect(description).toContain(`Fondo says: There is no account ${UNKNOWN} (not_found).`);
	expect(description).toContain("Choose 'Client' and 'Investor Account' from the list, or correct the ID.");
	await takePicture(editor.page, 'error');
});

test('an empty required field keeps the step from starting, and n8n names the field', async () => {
	const getAccount = ourNode(owner, 'fondo', { ...GET_ACCOUNT, client: byId(clientNamed('Sparbolaget')), account: byId('') });
	const panel = await editor.openNode(await saveManualWorkflow(owner, 'Nothing chosen', getAccount), 'Fondo');
	await panel.executeButton.click();
	await editor.page.getByText('Parameter "Investor Account" is required').waitFor();
});
