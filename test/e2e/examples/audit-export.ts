import { expect } from '@jest/globals';
import { outputOf } from '../../../tools/n8n-host/client.mjs';
import { itemsOf } from './world.mjs';

export default async function check(world, file) {
	const workflow = await world.imported(file);
	await world.publish(workflow);
	const [client] = await world.readFondo('/client');
	const account = (await world.readFondo(`/client/${client.id}/account`)).find(({ status, balance }) => status === 'active' && balance > 5_000);
	const reference = `audited-${workflow.id}`;
	const byId = (value) => ({ __rl: true, mode: 'id', value });
	const { id, name } = world.credentials.find(({ type }) => type === 'fondoApi');
	const order = {
		id: 'order',
		name: 'Order',
		type: 'n8n-nodes-fondo-finvis.fondo',
		typeVersion: 1,
		position: [200, 0],
		credentials: { fondoApi: { id, name } },
		onError: 'continueRegularOutput',
		parameters: {
			resource: 'order',
			operation: 'create',
			client: byId(client.id),
			account: byId(account.id),
			orderType: 'subscription',
			instrument: byId('SE0001862426SEK'),
			amount: 100,
			reference,
		},
	};
	const start = { id: 'start', name: 'Start', type: 'n8n-nodes-base.manualTrigger', typeVersion: 1, position: [0, 0], parameters: {} };
	const keep = {
		id: 'keep',
		name: 'Keep',
		type: 'n8n-nodes-base.executeWorkflow',
		typeVersion: 1.2,
		position: [400, 0],
		parameters: { workflowId: byId(workflow.id), options: {} },
	};
	const to = (node) => ({ main: [[{ node, type: 'main', index: 0 }]] });
	const caller = await world.client.createWorkflow({
		name: 'Orders, with receipts kept',
		nodes: [start, order, keep],
		connections: { Start: to('Order'), Order: to('Keep') },
		settings: { executionOrder: 'v1' },
	});

	const [written] = itemsOf(await world.run(caller), 'Order');
	const ledger = await world.ledger();
	expect(ledger).toEqual([expect.objectContaining({ reference, objectId: written.id })]);
	await world.run(caller);
	expect(await world.ledger()).toEqual(ledger);

	const run = await world.run(workflow);
	const rows = itemsOf(run, 'Columns of the export').filter((row) => row.reference === reference);
	const { fingerprint, time } = written.receipt;
	expect(rows).toEqual([
		expect.objectContaining({ outcome: 'created', object: written.id, amount: '100', fingerprint, time }),
		expect.objectContaining({ outcome: 'found', object: written.id }),
	]);
	const [csv, sheet] = await world.filesOf(run, 'Send to the auditor');
	expect(csv.text.split('\n')[0]).toBe('time,reference,outcome,object,amount,currency,idempotencyKey,attempts,fingerprint');
	expect(csv.text.split('\n').filter((line) => line.includes(reference))).toHaveLength(2);
	expect(csv.text).toContain(fingerprint);
	expect(sheet.type).toContain('spreadsheet');

	const none = await world.run(await world.imported(file, { from: '2020-01-01', to: '2020-01-31' }));
	expect(outputOf(none, 'Columns of the export')).toEqual([]);
}
