import { randomUUID } from 'node:crypto';
import { beforeAll, expect, test } from '@jest/globals';
import { outputOf } from '../../tools/n8n-host/client.mjs';
import { nodeOf, saveChain } from '../browser/workflows.mjs';
import { signedIn } from '../e2e/stack.mjs';
import { enqueuedByWebhooks, executionsOf, startedByWorkers, webhookUrl } from './workers.mjs';

const CALLS = 6;
let n8n;

beforeAll(async () => {
	n8n = await signedIn();
});

test('a webhook is taken by the webhook processor, and both workers call Fondo and Finvis for it', async () => {
	const path = randomUUID();
	const webhook = {
		id: 'webhook',
		name: 'Webhook',
		type: 'n8n-nodes-base.webhook',
		typeVersion: 2,
		position: [0, 0],
		webhookId: path,
		parameters: { path, httpMethod: 'POST', responseMode: 'onReceived', options: {} },
	};
	const fondo = nodeOf(n8n, 'fondo', { resource: 'client', operation: 'getMany', returnAll: true });
	const finvis = nodeOf(n8n, 'finvis', { resource: 'report', operation: 'getPositions' });
	const workflow = await saveChain(n8n, 'Called in queue mode', webhook, fondo, { ...finvis, executeOnce: true });
	await n8n.client.publish(workflow);
	const answers = await Promise.all(
		Array.from({ length: CALLS }, async () => await fetch(`${webhookUrl}/webhook/${path}`, { method: 'POST' })),
	);
	expect(answers.map(({ status }) => status)).toEqual(Array(CALLS).fill(200));

	const executions = await executionsOf(n8n, workflow, CALLS);
	expect(executions.map(({ status }) => status)).toEqual(Array(CALLS).fill('success'));
	for (const execution of executions) {
		expect(outputOf(execution, 'Fondo')[0].json).toHaveProperty('displayName');
		expect(outputOf(execution, 'Finvis')[0].json).toHaveProperty('positions');
	}
	const started = startedByWorkers();
	const ids = executions.map(({ id }) => id);
	expect(started.flat()).toEqual(expect.arrayContaining(ids));
	expect(enqueuedByWebhooks()).toEqual(expect.arrayContaining(ids));
	for (const byOne of started) expect(ids.filter((id) => byOne.includes(id))).not.toEqual([]);
});
