// n8n dies in the middle of many items that move money; what the ledger says after the crashed execution was run again.
import { expect } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { outputOf, reasonOf } from '../../tools/n8n-host/client.mjs';
import { fondoReader } from '../../tools/soak/fondo.mjs';
import { byId, nodeOf, saveChain } from '../browser/workflows.mjs';
import { editorUrl, sandbox } from './stack.mjs';

export const ITEMS = 200;
const KILL_AFTER = 60;
const PATIENCE_MS = 200_000;

async function eventually(what, ask) {
	for (const deadline = Date.now() + PATIENCE_MS; Date.now() < deadline; await sleep(50)) {
		const answer = await ask();
		if (answer) return answer;
	}
	throw new Error(`${what}: it did not happen within ${PATIENCE_MS / 1000} s`);
}

const named = (name, node, more = {}) => ({ ...node, id: name, name, ...more });
const goesOn = { onError: 'continueRegularOutput' };

/** A subscription for each item. */
async function orders(n8n) {
	const read = await fondoReader(sandbox);
	const [{ id: client }] = await read('/client');
	const { id: account } = (await read(`/client/${client}/account`)).find(({ status }) => status === 'active');
	await sandbox.call('POST', '/deposits', { accountId: account, amount: 100_000 });
	const instrument = (await read('/instrument')).find(({ isBuyable, currency }) => isBuyable && currency === 'SEK').id;
	const order = { client: byId(client), account: byId(account), orderType: 'subscription', instrument: byId(instrument), amount: 150 };
	const create = { resource: 'order', operation: 'create', ...order, reference: '={{ $json.reference }}' };
	return { writes: 'createOrder', nodes: [named('Create', nodeOf(n8n, 'fondo', create), goesOn)] };
}

/** A batch for each item, submitted and approved. */
async function batches(n8n) {
	const token = await fetch(`${sandbox.finvisUrl}/auth/token/`, {
		method: 'POST',
		body: new URLSearchParams({ client_id: 'finvis-demo', client_secret: 'finvis-demo-secret', grant_type: 'client_credentials' }),
	});
	const authorization = `Bearer ${(await token.json()).access_token}`;
	const { results } = await (await fetch(`${sandbox.finvisUrl}/accounts/`, { headers: { authorization } })).json();
	const payer = results.find(({ currency, available_balance }) => currency === 'SEK' && Number(available_balance) > 100_000);
	const executionDate = new Date(Date.now() + 2 * 86_400_000).toISOString().slice(0, 10);
	const creditor = { creditorName: 'Leverantören AB', creditorAccountType: 'iban', creditorAccount: 'SE3550000000054910000003' };
	const finvis = (name, parameters, more) => named(name, nodeOf(n8n, 'finvis', parameters), more);
	const create = { resource: 'paymentBatch', operation: 'create', account: byId(payer.id), executionDate, bankDay: 'next' };
	return {
		writes: 'createPaymentBatch',
		nodes: [
			finvis('Create', { ...create, reference: '={{ $json.reference }}', payments: { rows: [{ amount: '12.50', ...creditor }] } }),
			finvis('Submit', { resource: 'paymentBatch', operation: 'submit', paymentBatch: byId('={{ $json.id }}') }),
			finvis(
				'Pending',
				{ resource: 'approval', operation: 'getManyPending', returnAll: true },
				{ executeOnce: true, alwaysOutputData: false },
			),
			finvis('Approve', { resource: 'approval', operation: 'approve', approval: byId('={{ $json.id }}') }),
		],
	};
}

const kinds = { orders, batches };

/**
 * Runs ITEMS items of a kind, kills what runs them in the middle, starts it again, retries the crashed execution from the list and
 * runs the workflow anew. `n8n` has the address of webhooks where it is not that of the editor; `kill` gets the ID of the execution. Gives what the two runs told and what the ledger says.
 */
export async function killedInTheMiddle(n8n, kind, kill) {
	await sandbox.call('POST', '/reset');
	await sandbox.call('PATCH', '/settings', { finvis: { rateLimit: null, waitForExecutionDate: false } });
	const { writes, nodes } = await kinds[kind](n8n);
	const path = randomUUID();
	const prefix = `kill-${path.slice(0, 8)}`;
	const webhook = {
		id: 'webhook',
		name: 'Webhook',
		type: 'n8n-nodes-base.webhook',
		typeVersion: 2,
		position: [0, 0],
		webhookId: path,
		parameters: { path, httpMethod: 'POST', responseMode: 'onReceived', options: {} },
	};
	const many = {
		id: 'many',
		name: 'Many',
		type: 'n8n-nodes-base.code',
		typeVersion: 2,
		position: [220, 0],
		parameters: { jsCode: `return Array.from({ length: ${ITEMS} }, (_, n) => ({ json: { reference: '${prefix}-' + n } }))` },
	};
	const workflow = await saveChain(n8n, `Killed: ${kind} ${prefix}`, webhook, many, ...nodes);
	await n8n.client.publish(workflow);
	const executions = async () => {
		const filter = encodeURIComponent(JSON.stringify({ workflowId: workflow.id }));
		return (await n8n.client.call('GET', `/rest/executions?filter=${filter}&limit=20`)).results;
	};
	const begin = async (known) => {
		await eventually(
			'the webhook is there',
			async () => (await fetch(`${n8n.webhookUrl ?? editorUrl}/webhook/${path}`, { method: 'POST' })).ok,
		);
		return await eventually('an execution', async () => (await executions()).find(({ id }) => !known.includes(id))?.id);
	};
	const done = async () =>
		(await sandbox.call('GET', '/requests')).requests.filter(
			({ operationId, status }) => operationId === writes && status >= 200 && status < 300,
		).length;

	const first = await begin([]);
	await eventually('some writes', async () => (await done()) >= KILL_AFTER);
	await kill(first);
	const atKill = await done();
	expect(atKill).toBeLessThan(ITEMS);
	const crashed = await n8n.client.ended(first, PATIENCE_MS);
	expect(crashed.status).toBe('crashed');

	const retried = await n8n.client.retry(first, PATIENCE_MS);
	expect({ status: retried.status, reason: retried.status === 'error' ? reasonOf(retried) : '' }).toEqual({
		status: 'success',
		reason: '',
	});
	expect(retried.id).not.toBe(first);
	const anew = await n8n.client.ended(await begin([first, retried.id]), PATIENCE_MS);
	expect(anew.status).toBe('success');

	await sandbox.call('POST', '/clock', { advanceSeconds: 3 * 86_400 });
	const ledger = new Map();
	for (const { reference } of await sandbox.ledger())
		if (reference.startsWith(prefix)) ledger.set(reference, (ledger.get(reference) ?? 0) + 1);
	const toldIn = (execution) => outputOf(execution, 'Create').map(({ json: { receipt, error } }) => receipt ?? error);
	return { atKill, ledger, retried: toldIn(retried), anew: toldIn(anew) };
}

/** Every reference once in the ledger; the one that was under way may be left as unknown, and then is there once or not at all. */
export function expectNothingDoubledNothingLost({ ledger, retried, anew }, { mayBeUnknown = 0 } = {}) {
	expect([...ledger].filter(([, count]) => count !== 1)).toEqual([]);
	for (const told of [retried, anew]) {
		expect(told).toHaveLength(ITEMS);
		const open = told.filter(({ outcome }) => !['created', 'found', 'replayed'].includes(outcome));
		expect(open.length).toBeLessThanOrEqual(mayBeUnknown);
		for (const { outcome, message, reference } of open)
			expect([outcome, message]).toEqual(['unknown', `It is not known whether Fondo executed '${reference}'`]);
	}
	const left = anew.filter(({ outcome, reference }) => outcome === 'unknown' && !ledger.has(reference));
	expect(ledger.size + left.length).toBe(ITEMS);
	// What is done once is only found from then on.
	expect(anew.filter(({ outcome }) => outcome === 'created')).toEqual([]);
}
