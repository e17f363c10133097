// An execution that waits for an order or a batch: on a real n8n, over its restart.
import type { INode, INodeParameters } from 'n8n-workflow';
import { useStack } from '../../tools/harness/jest/useStack';
import { jsonOf, reasonOf, runCountOf } from '../../tools/harness/n8n/client';
import { byId, inLine, manualTrigger, node, ourNode, saveWorkflow } from '../../tools/harness/n8n/workflow';
import { until } from '../../tools/harness/until';

const { n8n, owner, sandbox } = useStack();

const CLIENT = 'cb9321dc-cab4-444a-8886-c22a18a4b149';
const DAY_S = 86_400;
/** n8n looks once a minute for executions that are due. */
const PATIENCE_MS = 240_000;

interface Waited {
	readonly id: string;
	readonly status: string;
	readonly outcome: string;
	readonly waitingSince?: string;
}

const isWaiting = node(
	'Still waiting?',
	'n8n-nodes-base.if',
	{
		conditions: {
			options: { caseSensitive: true, leftValue: '', typeValidation: 'strict', version: 2 },
			combinator: 'and',
			conditions: [
				{ id: 'c', leftValue: '={{ $json.outcome }}', rightValue: 'waiting', operator: { type: 'string', operation: 'equals' } },
			],
		},
	},
	{ typeVersion: 2.2 },
);

/** Starts an execution that waits and then passes on what became of it. */
async function waiting(name: string, api: 'fondo' | 'finvis', parameters: INodeParameters): Promise<string> {
	const before: INode[] = [
		manualTrigger(),
		ourNode(owner, api, { operation: 'waitUntil', lookEvery: 1, ...parameters }, { name: 'Wait' }),
		isWaiting,
	];
	const workflow = await saveWorkflow(owner, name, [...before, node('After', 'n8n-nodes-base.noOp')], {
		links: [...inLine(before), { from: 'Still waiting?', output: 0, to: 'Wait' }, { from: 'Still waiting?', output: 1, to: 'After' }],
	});
	const id = await owner.client.start(workflow);
	await until(
		async () => {
			const found = await owner.client.execution(id);
			if (found.status === 'error') throw new Error(reasonOf(found));
			return found.status === 'waiting';
		},
		{ what: `execution ${id} waits`, timeoutMs: 20_000, everyMs: 100 },
	);
	return id;
}

async function ends(id: string) {
	const ended = await owner.client.ended(id, PATIENCE_MS);
	expect({ status: ended.status, reason: ended.status === 'error' ? reasonOf(ended) : '' }).toEqual({ status: 'success', reason: '' });
	expect(runCountOf(ended, 'After')).toBe(1);
	expect(runCountOf(ended, 'Wait')).toBeGreaterThan(1);
	return jsonOf<Waited>(ended, 'After')[0];
}

test('an order that settles, a cancelled order, a batch that is executed: each wait ends once, also after a restart', async () => {
	const accounts = await sandbox.fondo.read<Array<{ id: string; status: string; balance: number }>>(`/client/${CLIENT}/account`);
	const account = accounts.find(({ status, balance }) => status === 'active' && balance > 5_000)?.id;
	const order = { orderType: 'subscription', account, instrument: 'SE0001862426SEK', amount: 500 };
	const place = async (clientRef: string) => await sandbox.fondo.send('POST', `/client/${CLIENT}/order`, { ...order, clientRef });
	const [settles, cancelled] = [await place('waits-1'), await place('waits-2')];
	const [{ id: bankAccount }] = (
		await sandbox.finvis.list<{ id: string; currency: string; available_balance: string }>('/accounts/')
	).filter(({ currency, available_balance }) => currency === 'SEK' && Number(available_balance) > 100_000);
	const batch = await sandbox.finvis.send('POST', '/payments/batches/', {
		name: 'waits',
		account_id: bankAccount,
		execution_date: new Date(Date.now() + 2 * DAY_S * 1000).toISOString().slice(0, 10),
		currency: 'SEK',
		payments: [
			{
				amount: '10.00',
				creditor_name: 'A',
				creditor_account: { type: 'iban', value: 'SE3550000000054910000003' },
				end_to_end_id: 'waits',
			},
		],
	});
	const ofOrder = (id: unknown) => ({ resource: 'order', client: byId(CLIENT), order: byId(String(id)) });

	const first = await waiting('Settles', 'fondo', ofOrder(settles.id));
	const second = await waiting('Is cancelled', 'fondo', ofOrder(cancelled.id));
	const third = await waiting('Is executed', 'finvis', { resource: 'paymentBatch', paymentBatch: byId(String(batch.id)) });
	await n8n.stop();
	await n8n.start();
	await owner.signIn();

	await sandbox.fondo.send('DELETE', `/client/${CLIENT}/order/${cancelled.id}`);
	await sandbox.finvis.send('POST', `/payments/batches/${batch.id}/submit`);
	const pending = await sandbox.finvis.list<{ id: string; object_id: string }>('/approvals/pending');
	const approval = pending.find(({ object_id }) => object_id === batch.id);
	await sandbox.approver.send('POST', `/approvals/${approval?.id}/approve`);
	for (let day = 0; day < 6; day += 1) await sandbox.advance(DAY_S);

	expect(await ends(first)).toMatchObject({ id: settles.id, status: 'settled', outcome: 'reached' });
	expect(await ends(second)).toMatchObject({
		id: cancelled.id,
		outcome: 'failed',
		outcomeMessage: "The order has the status 'canceled' and will never be settled.",
	});
	expect(await ends(third)).toMatchObject({ id: batch.id, status: 'executed', outcome: 'reached' });
});
