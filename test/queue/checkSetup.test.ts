import { useStack } from '../../tools/harness/jest/useStack';
import { jsonOf } from '../../tools/harness/n8n/client';
import { ourNode, saveManualWorkflow } from '../../tools/harness/n8n/workflow';
import { startedByWorkers } from './workers';

const { owner } = useStack();

interface Check {
	readonly check: string;
	readonly status: string;
}

test('on a worker, both nodes report that n8n runs in queue mode and what to do', async () => {
	const check = { resource: 'system', operation: 'checkSetup' };
	const workflow = await saveManualWorkflow(
		owner,
		'Check the setup',
		ourNode(owner, 'fondo', check),
		ourNode(owner, 'finvis', check, { executeOnce: true }),
	);
	const execution = await owner.client.run(workflow);
	expect(startedByWorkers().flat()).toContain(execution.id);
	for (const [node, advice] of [
		['Fondo', /same reference/],
		['Finvis', /every process reads the new signing secret/],
	] as const) {
		const found = new Map(jsonOf<Check>(execution, node).map((one) => [one.check, one]));
		expect(found.get('Queue mode')).toMatchObject({
			status: 'warning',
			finding: 'n8n runs in queue mode: this execution is on a worker',
			instruction: expect.stringMatching(advice),
		});
		expect(['Host', 'Token', 'Webhook address'].map((name) => found.get(name)?.status)).toEqual(['ok', 'ok', 'ok']);
	}
});
