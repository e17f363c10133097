import { beforeAll, expect, test } from '@jest/globals';
import { EXAMPLE, runSweep } from '../../tools/demo/sweep.mjs';
import { Executions } from '../../tools/n8n-host/executions.mjs';
import { ours, saveTriggerWorkflow } from '../../tools/n8n-host/triggerWorkflow.mjs';
import { saveExample } from '../../tools/stack.mjs';
import { finvis, sandbox, signedIn } from '../e2e/stack.mjs';
import { startedByWorkers, until } from './workers.mjs';

let n8n;

beforeAll(async () => {
	n8n = await signedIn();
});

test('what Finvis tells of the payments of the example runs on the workers, each event once', async () => {
	const data = { ...finvis.data, scopes: finvis.data.scopes };
	const administrator = await n8n.client.saveCredential({ ...finvis, name: 'Finvis with webhooks', data });
	const listening = { type: ours('finvisTrigger'), events: ['payment.status.updated', 'transaction.created'] };
	const saved = await saveTriggerWorkflow({ ...n8n, credentials: [administrator] }, 'Webhook in queue mode', listening);
	await n8n.client.publish(saved.workflow);

	const { execution, moved } = await runSweep({ ...n8n, sandbox }, await saveExample(n8n.client, n8n.credentials, EXAMPLE));
	expect(moved.length).toBeGreaterThan(0);
	const executions = new Executions(n8n.client, saved);
	// A run can have ended before Finvis has our answer.
	const { ended, delivered } = await until(async () => {
		const { deliveries } = await sandbox.call('GET', '/deliveries');
		const read = await executions.read();
		const isOver = deliveries.length > 0 && deliveries.every(({ state }) => state === 'delivered');
		return isOver && read.length >= deliveries.length && { ended: read, delivered: deliveries };
	});
	const bodyIds = delivered.map(({ body }) => JSON.parse(body).id);
	expect(ended.flatMap(({ items }) => items.map(({ id }) => id)).sort()).toEqual(bodyIds.sort());
	expect(new Set(ended.map(({ status }) => status))).toEqual(new Set(['success']));
	const started = startedByWorkers().flat();
	expect(started).toEqual(expect.arrayContaining([execution.id, ...ended.map(({ id }) => String(id))]));
	await n8n.client.unpublish(saved.workflow);
});
