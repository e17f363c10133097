import { beforeAll, expect, test } from '@jest/globals';
import { outputOf } from '../../tools/n8n-host/client.mjs';
import { unflatten } from '../../tools/n8n-host/flatted.mjs';
import { byId, nodeOf, saveLine } from '../browser/workflows.mjs';
import { fondoReader } from '../../tools/soak/fondo.mjs';
import { sandbox, signedIn } from '../e2e/stack.mjs';
import { startedByWorkers, until } from './workers.mjs';

let n8n;

beforeAll(async () => {
	n8n = await signedIn();
});

test('an execution that waits for a journey holds no worker, and goes on when the customer has finished', async () => {
	const [{ id: clientId }] = await (await fondoReader(sandbox))('/client');
	const client = byId(clientId);
	const step = (name, parameters) => ({
		...nodeOf(n8n, 'fondo', { resource: 'journey', client, ...parameters }),
		id: name,
		name,
	});
	const workflow = await saveLine(
		n8n,
		'Journey in queue mode',
		step('Create', { operation: 'create', journeyType: 'createAccount' }),
		step('Wait', { operation: 'waitForOutcome', journey: byId('={{ $json.id }}') }),
	);
	const { executionId } = await n8n.client.call('POST', `/rest/workflows/${workflow.id}/run`, {
		workflowData: workflow,
		triggerToStartFrom: { name: 'Start' },
	});
	const now = async () => await n8n.client.call('GET', `/rest/executions/${executionId}`);
	await until(async () => (await now()).status === 'waiting');
	const [{ json: journey }] = outputOf({ data: unflatten((await now()).data) }, 'Create');
	expect((await fetch(`${journey.url}/complete`, { method: 'POST' })).status).toBe(200);
	const ended = await n8n.client.ended(executionId, 60_000);
	expect(ended.status).toBe('success');
	expect(outputOf(ended, 'Wait')[0].json).toMatchObject({ outcome: 'complete' });
	expect(
		startedByWorkers()
			.flat()
			.filter((id) => id === executionId),
	).toHaveLength(2);
});
