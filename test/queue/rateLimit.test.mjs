import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { outputOf, reasonOf } from '../../tools/n8n-host/client.mjs';
import { finvisApprover } from '../../tools/soak/finvis.mjs';
import { byId, nodeOf, saveChain } from '../browser/workflows.mjs';
import { sandbox, signedIn } from '../e2e/stack.mjs';
import { executionsOf, startedByWorkers, webhookUrl } from './workers.mjs';

const PER_SECOND = 20;
const EXECUTIONS = 10;
const ROWS = 10;
const IN_TWO_DAYS = new Date(Date.now() + 2 * 86_400_000).toISOString().slice(0, 10);

let n8n;

beforeAll(async () => {
	n8n = await signedIn();
	await sandbox.call('PATCH', '/settings', { finvis: { rateLimit: { requests: PER_SECOND, seconds: 1 } } });
});

afterAll(async () => {
	await sandbox.call('PATCH', '/settings', { finvis: { rateLimit: { requests: 600, seconds: 60 } } });
});

const node = (name, type, typeVersion, parameters) => ({ id: name, name, type, typeVersion, position: [0, 0], parameters });

/** For each row of what is sent to it: reads an account, and creates a batch of one payment. */
async function payRows(accountId) {
	const path = randomUUID();
	const webhook = {
		...node('Webhook', 'n8n-nodes-base.webhook', 2, { path, httpMethod: 'POST', responseMode: 'onReceived', options: {} }),
		webhookId: path,
	};
	const rows = node('Rows', 'n8n-nodes-base.splitOut', 1, { fieldToSplitOut: 'body.references', options: {} });
	const read = nodeOf(n8n, 'finvis', { resource: 'account', operation: 'get', account: byId(accountId) });
	const create = nodeOf(n8n, 'finvis', {
		resource: 'paymentBatch',
		operation: 'create',
		account: byId(accountId),
		executionDate: IN_TWO_DAYS,
		bankDay: 'next',
		payments: {
			rows: [
				{
					amount: '10.00',
					creditorName: 'Sparbolaget Norr AB',
					creditorAccountType: 'iban',
					creditorAccount: 'SE1350083986623322991300',
					endToEndId: "={{ $('Rows').item.json['body.references'] }}",
				},
			],
		},
		reference: "={{ $('Rows').item.json['body.references'] }}",
		additionalFields: {},
	});
	const [reading, paying] = [
		{ ...read, id: 'read', name: 'Read' },
		{ ...create, id: 'pay', name: 'Pay' },
	];
	const workflow = await saveChain(n8n, 'Two workers under one limit', webhook, rows, reading, paying);
	await n8n.client.publish(workflow);
	return { workflow, url: `${webhookUrl}/webhook/${path}` };
}

test(`two workers share a limit of ${PER_SECOND} calls a second, and nothing fails`, async () => {
	const finvis = await finvisApprover(sandbox);
	const [{ id: accountId }] = (await finvis.read('/accounts/')).results;
	const { workflow, url } = await payRows(accountId);
	const references = Array.from({ length: EXECUTIONS }, (_, run) => Array.from({ length: ROWS }, (__, row) => `limit-${run}-${row}`));
	const calls = await Promise.all(
		references.map(async (some) => {
			const headers = { 'content-type': 'application/json' };
			return await fetch(url, { method: 'POST', headers, body: JSON.stringify({ references: some }) });
		}),
	);
	expect(calls.map(({ status }) => status)).toEqual(Array(EXECUTIONS).fill(200));

	const executions = await executionsOf(n8n, workflow, EXECUTIONS);
	for (const execution of executions) {
		if (execution.status !== 'success') throw new Error(reasonOf(execution));
		expect(outputOf(execution, 'Pay').map(({ json }) => json.receipt.outcome)).toEqual(Array(ROWS).fill('created'));
	}
	const paid = executions.flatMap((execution) => outputOf(execution, 'Pay').map(({ json }) => json.receipt.reference));
	expect(paid.sort()).toEqual(references.flat().sort());
	const ids = executions.map(({ id }) => id);
	const shares = startedByWorkers().map((byOne) => byOne.filter((id) => ids.includes(id)).length);
	for (const share of shares) expect(share).toBeGreaterThan(0);

	const { requests } = await sandbox.call('GET', '/requests');
	const counted = requests.filter(({ api, clientId }) => api === 'finvis' && clientId === 'finvis-demo');
	const refused = counted.filter(({ status }) => status === 429).length;
	const times = counted.map(({ time }) => Date.parse(time));
	const seconds = (Math.max(...times) - Math.min(...times)) / 1_000;
	const served = counted.length - refused;
	// What a limit of 20 in windows of a second can let through at all, with the window at either end.
	expect(served).toBeLessThanOrEqual(PER_SECOND * (seconds + 2));
	expect(served).toBeGreaterThanOrEqual(2 * EXECUTIONS * ROWS);
	console.log(
		`${served} calls of ${EXECUTIONS} executions (${shares.join(' and ')} on the workers) in ${seconds.toFixed(1)} s: ${(served / seconds).toFixed(1)} a second of ${PER_SECOND} allowed; ${refused} answers 429, 0 failures`,
	);
}, 300_000);
