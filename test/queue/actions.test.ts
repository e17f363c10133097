import { randomUUID } from 'node:crypto';
import { useStack } from '../../tools/harness/jest/useStack';
import { outputOf } from '../../tools/harness/n8n/client';
import { ourNode, saveWorkflow, webhook } from '../../tools/harness/n8n/workflow';
import { endedExecutions, enqueuedByWebhooks, startedByWorkers, webhookUrl } from './workers';

const { owner } = useStack();

const CALLS = 6;

test('the webhook processor takes a webhook, and both workers call Fondo and Finvis for it', async () => {
	const path = randomUUID();
	const workflow = await saveWorkflow(owner, 'Called in queue mode', [
		webhook(path, { responseMode: 'onReceived' }),
		ourNode(owner, 'fondo', { resource: 'client', operation: 'getMany', returnAll: true }),
		ourNode(owner, 'finvis', { resource: 'report', operation: 'getPositions' }, { executeOnce: true }),
	]);
	await owner.client.publish(workflow);
	const answers = await Promise.all(
		Array.from({ length: CALLS }, async () => await fetch(`${webhookUrl}/webhook/${path}`, { method: 'POST' })),
	);
	expect(answers.map(({ status }) => status)).toEqual(Array(CALLS).fill(200));

	const executions = await endedExecutions(workflow, CALLS);
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
