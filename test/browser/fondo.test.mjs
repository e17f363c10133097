import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { fondo, signedIn } from '../e2e/stack.mjs';
import { addAction, closeEditor, openEditor, openNode, picture } from './editor.mjs';
import { byId, items, nodeOf, saveLine } from './workflows.mjs';

const GET_ACCOUNT = { resource: 'account', operation: 'get' };
const UNKNOWN = '11111111-2222-4333-8444-555555555555';

let n8n;
let page;
let clients;

beforeAll(async () => {
	n8n = await signedIn();
	page = await openEditor();
	const node = nodeOf(n8n, 'fondo', GET_ACCOUNT);
	clients = (await n8n.client.listSearch({ node, path: 'parameters.client', method: 'searchClient' })).results;
});

afterAll(closeEditor);

const clientNamed = (name) => clients.find((one) => one.name === name).value;

describe('choosing an investor account', () => {
	let panel;

	beforeEach(async () => (panel = await addAction(page, 'Fondo', 'Get an investor account')));

	test('the action brings its resource, its operation and the credential along', async () => {
		expect(await panel.chosen('resource')).toBe('Investor Account');
		expect(await panel.chosen('operation')).toBe('Get');
		expect(await panel.ndv.getByTestId('node-credentials-select').locator('input').inputValue()).toBe(fondo.name);
	});

	test('the client comes first, the list of accounts follows it, and a part of the name finds the account', async () => {
		await panel.openList('account');
		expect(await panel.listRefusal()).toContain('Choose the client first');
		await panel.closeList();

		expect(await panel.pickByTyping('client', 'rådg')).toBe('Rådgivarna');
		await panel.openList('account');
		const [wanted] = (await panel.entries()).slice(3);
		const owner = /, (.+)\)$/.exec(wanted)[1];
		expect(await panel.typeInList(owner.slice(0, -2))).toContain(wanted);
		await picture(page, 'list-search');
		await panel.pick(wanted);
		await panel.rest();
		await picture(page, 'fondo-panel');

		await panel.execute();
		const rows = await panel.rows();
		expect(rows).toHaveLength(1);
		expect(wanted).toContain(rows[0].ref);

		await panel.pickByTyping('client', 'habi');
		await panel.openList('account');
		expect(await panel.entries()).not.toContain(wanted);
	});

	test('what is chosen stays when the operation changes', async () => {
		await panel.pickByTyping('client', 'sparb');
		await panel.openList('account');
		const [wanted] = await panel.entries();
		await panel.pick(wanted);
		await panel.choose('operation', 'Get KYC Status');
		expect(await panel.ndv.getByTestId('resource-locator-client').getByTestId('rlc-input').inputValue()).toBe('Sparbolaget');
		expect(await panel.ndv.getByTestId('resource-locator-account').getByTestId('rlc-input').inputValue()).toBe(wanted);
	});
});

describe('a client given by an expression', () => {
	const open = async (name, client) =>
		await openNode(
			page,
			await saveLine(
				n8n,
				name,
				items({ client: clientNamed('Habibis') }),
				nodeOf(n8n, 'fondo', { ...GET_ACCOUNT, client: byId(client), account: byId('') }),
			),
			'Fondo',
		);

	/** The accounts of the client, from the API of the editor. */
	async function accountsOf(name) {
		const node = nodeOf(n8n, 'fondo', { ...GET_ACCOUNT, client: byId(clientNamed(name)) });
		const { results } = await n8n.client.listSearch({ node, path: 'parameters.account', method: 'searchInvestorAccount' });
		return results.map((one) => one.name);
	}

	test('is followed at once when it needs no input', async () => {
		const panel = await open('Constant client', `={{ '${clientNamed('Habibis')}' }}`);
		await panel.chooseMode('account', 'list');
		await panel.openList('account');
		expect(await panel.entries()).toEqual(await accountsOf('Habibis'));
	});

	test.each(['={{ $json.client }}', "={{ $('Input').item.json.client }}"])(
		'is followed when the nodes before it have run: %s',
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
	const parameters = {
		resource: 'account',
		operation: 'getMany',
		client: byId(clientNamed('Sparbolaget')),
		returnAll: false,
		limit: 20,
		simplify: true,
	};
	const panel = await openNode(page, await saveLine(n8n, 'Accounts', nodeOf(n8n, 'fondo', parameters)), 'Fondo');
	await panel.execute();
	const rows = await panel.rows();
	expect(rows).toHaveLength(20);
	expect(rows[0]).toMatchObject({ id: expect.stringMatching(/^[0-9a-f-]{36}$/), ref: expect.stringMatching(/^\d{15}$/), currency: 'SEK' });
	expect(await panel.output.getByTestId('node-hint').innerText()).toContain("'Return All'");
	await picture(page, 'rows');
});

test('a wrong ID is refused in words that say what to do', async () => {
	const parameters = { ...GET_ACCOUNT, client: byId(clientNamed('Sparbolaget')), account: byId(UNKNOWN) };
	const panel = await openNode(page, await saveLine(n8n, 'Wrong ID', nodeOf(n8n, 'fondo', parameters)), 'Fondo');
	await panel.execute();
	const { title, description } = await panel.error();
	expect(title).toMatch(/^Fondo does not know this/);
	expect(description).toContain(`Fondo says: There is no account ${UNKNOWN} (not_found).`);
	expect(description).toContain('Check the ID');
	await picture(page, 'error');
});

test('a field that is left empty keeps the step from starting, and is named', async () => {
	const parameters = { ...GET_ACCOUNT, client: byId(clientNamed('Sparbolaget')), account: byId('') };
	const panel = await openNode(page, await saveLine(n8n, 'Nothing chosen', nodeOf(n8n, 'fondo', parameters)), 'Fondo');
	await panel.ndv.getByTestId('node-execute-button').click();
	await page.getByText('Parameter "Investor Account" is required').waitFor();
});
