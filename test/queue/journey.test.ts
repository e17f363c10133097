import { useStack } from '../../tools/harness/jest/useStack';
import { jsonOf } from '../../tools/harness/n8n/client';
import { byId, ourNode, saveManualWorkflow } from '../../tools/harness/n8n/workflow';
import { until } from '../../tools/harness/until';
import { QUEUE_TIMEOUT_MS, startedByWorkers } from './workers';

const { owner, sandbox } = useStack();
const { client } = owner;

test('an execution that waits for a journey holds no worker, and continues when the customer has finished', async () => {
	const [{ id: clientId }] = await sandbox.fondo.read<Array<{ id: string }>>('/client');
	const journey = { resource: 'journey', client: byId(clientId) };
	const workflow = await saveManualWorkflow(
		owner,
		'Journey in queue mode',
		ourNode(owner, 'fondo', { ...journey, operation: 'create', journeyType: 'createAccount' }, { name: 'Create' }),
		ourNode(owner, 'fondo', { ...journey, operation: 'waitForOutcome', journey: byId('={{ $json.id }}') }, { name: 'Wait' }),
	);
	const id = await client.start(workflow);
	const isWaiting = async () => {
		const execution = await client.execution(id);
		return execution.status === 'waiting' && execution;
	};
	const waiting = await until(isWaiting, { what: 'the execution waits', timeoutMs: QUEUE_TIMEOUT_MS });
	const [{ url }] = jsonOf<{ url: string }>(waiting, 'Create');
	expect((await fetch(`${url}/complete`, { method: 'POST' })).status).toBe(200);
	const ended = await client.ended(id);
	expect(ended.status).toBe('success');
	expect(jsonOf(ended, 'Wait')[0]).toMatchObject({ outcome: 'complete' });
	const starts = startedByWorkers()
		.flat()
		.filter((one) => one === id);
	expect(starts).toHaveLength(2);
});
