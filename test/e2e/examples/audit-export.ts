import { outputOf } from '../../../tools/harness/n8n/client';
import { byId, node, ourNode, saveManualWorkflow } from '../../../tools/harness/n8n/workflow';
import { itemsOf, type Check, present, type InvestorAccount, type Receipt, type Row } from './world';

export const check: Check = async (world, file) => {
	const workflow = await world.imported(file);
	await world.publish(workflow);
	const [client] = await world.fondoList('/client');
	const accounts = await world.fondoList<InvestorAccount>(`/client/${client.id}/account`);
	const account = present(accounts.find(({ status, balance }) => status === 'active' && balance > 5_000));
	const reference = `audited-${workflow.id}`;
	const instrument = byId('SE0001862426SEK');
	const chosen = { client: byId(client.id), account: byId(account.id), orderType: 'subscription', instrument, amount: 100, reference };
	const parameters = { resource: 'order', operation: 'create', ...chosen };
	const order = ourNode(world.owner, 'fondo', parameters, { name: 'Order', onError: 'continueRegularOutput' });
	const calling = { workflowId: byId(workflow.id), options: {} };
	const keep = node('Keep', 'n8n-nodes-base.executeWorkflow', calling, { typeVersion: 1.2 });
	const caller = await saveManualWorkflow(world.owner, 'Orders, with receipts kept', order, keep);

	const [written] = itemsOf<Row & { receipt: Receipt }>(await world.run(caller), 'Order');
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
	expect(csv.text.split('\n')[0]).toBe('time,reference,outcome,reason,object,amount,currency,idempotencyKey,attempts,fingerprint');
	expect(csv.text.split('\n').filter((line) => line.includes(reference))).toHaveLength(2);
	expect(csv.text).toContain(fingerprint);
	expect(sheet.type).toContain('spreadsheet');

	const none = await world.run(await world.imported(file, { from: '2020-01-01', to: '2020-01-31' }));
	expect(outputOf(none, 'Columns of the export')).toEqual([]);
};
