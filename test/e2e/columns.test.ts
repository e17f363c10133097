// The table of columns of Create From Items: n8n's editor asks the node for it, and an execution maps a sheet by it.
import { useStack } from '../../tools/harness/jest/useStack';
import { jsonOf, reasonOf } from '../../tools/harness/n8n/client';
import { byId, code, manualTrigger, ourNode, saveWorkflow } from '../../tools/harness/n8n/workflow';

const { owner, sandbox } = useStack();

const DAY_MS = 86_400_000;

test('n8n offers the columns of a payment, and a Swedish sheet becomes one batch per due date', async () => {
	const accounts = await sandbox.finvis.list<{ id: string; currency: string; available_balance: string }>('/accounts/');
	const account = accounts.find(({ currency, available_balance }) => currency === 'SEK' && Number(available_balance) > 100_000);
	const create = ourNode(
		owner,
		'finvis',
		{
			resource: 'paymentBatch',
			operation: 'createFromItems',
			account: byId(String(account?.id)),
			executionDate: '={{ $now.plus({ days: 3 }).toISODate() }}',
			bankDay: 'next',
			reference: 'columns-1',
			fillFields: 'columns',
			columns: { mappingMode: 'autoMapInputData', value: null },
			additionalFields: { onePerDueDate: true },
			options: { amountFormat: 'swedish' },
		},
		{ name: 'Create' },
	);
	const { body } = await owner.client.request('POST', '/rest/dynamic-node-parameters/resource-mapper-fields', {
		path: 'parameters.columns',
		methodName: 'getPaymentColumns',
		nodeTypeAndVersion: { name: create.type, version: create.typeVersion },
		currentNodeParameters: create.parameters,
		credentials: create.credentials,
	});
	expect(String(body)).toContain('"displayName":"Bankgiro"');

	const day = (days: number) => new Date(Date.now() + days * DAY_MS).toISOString().slice(0, 10);
	const rows = [
		{ Mottagare: 'Elbolaget AB', Belopp: '1 250,50', Bankgiro: '5050-1055', OCR: '1212121212', Förfallodatum: day(10) },
		{ Mottagare: 'Städ AB', Belopp: '99,00', Bankgiro: '5050-1055', Meddelande: 'Faktura 17', Förfallodatum: day(40) },
	];
	const sheet = code('Sheet', `return ${JSON.stringify(rows)}.map((json) => ({ json }))`);
	const id = await owner.client.start(await saveWorkflow(owner, 'Columns', [manualTrigger(), sheet, create]));
	const ended = await owner.client.ended(id);
	expect(ended.status === 'error' ? reasonOf(ended) : ended.status).toBe('success');
	expect(jsonOf(ended, 'Create')).toMatchObject([
		{ total_amount: '1250.50', payment_count: 1 },
		{ total_amount: '99.00', payment_count: 1 },
	]);
});
