import { runSweep } from '../../tools/demo/sweep';
import { useStack } from '../../tools/harness/jest/useStack';
import { Executions } from '../../tools/harness/n8n/executions';
import { ours, saveTriggerWorkflow } from '../../tools/harness/n8n/workflow';
import { saveExample, SWEEP } from '../../tools/harness/stack';
import { until } from '../../tools/harness/until';
import { QUEUE_TIMEOUT_MS, startedByWorkers } from './workers';

const { finvis, owner, sandbox } = useStack();
const { client } = owner;

interface Event {
	readonly id: string;
}

test('the workers run what Finvis reports of the payments of the example, each event once', async () => {
	const administrator = await client.saveCredential({ ...finvis, name: 'Finvis with webhooks' });
	const saved = await saveTriggerWorkflow({ client, credentials: [administrator] }, 'Webhook in queue mode', {
		type: ours('finvisTrigger'),
		parameters: { events: ['payment.status.updated', 'transaction.created'] },
	});
	await client.publish(saved.workflow);

	const { execution, moved } = await runSweep({ client, sandbox }, await saveExample(owner, SWEEP));
	expect(moved.length).toBeGreaterThan(0);
	const executions = new Executions<Event>(client, saved);
	// An execution can have ended before Finvis has the answer of n8n.
	const isOver = async () => {
		const deliveries = await sandbox.deliveries();
		const ended = await executions.read();
		const areDelivered = deliveries.length > 0 && deliveries.every(({ state }) => state === 'delivered');
		return areDelivered && ended.length >= deliveries.length && { ended, deliveries };
	};
	const { ended, deliveries } = await until(isOver, { what: 'every webhook has run', timeoutMs: QUEUE_TIMEOUT_MS });
	const sentIds = deliveries.map(({ body }): string => JSON.parse(body).id);
	expect(ended.flatMap(({ items }) => items.map(({ id }) => id)).sort()).toEqual(sentIds.sort());
	expect(new Set(ended.map(({ status }) => status))).toEqual(new Set(['success']));
	const started = startedByWorkers().flat();
	expect(started).toEqual(expect.arrayContaining([execution.id, ...ended.map(({ id }) => String(id))]));
	await client.unpublish(saved.workflow);
});
