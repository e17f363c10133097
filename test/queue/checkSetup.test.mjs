import { beforeAll, expect, test } from '@jest/globals';
import { outputOf } from '../../tools/n8n-host/client.mjs';
import { nodeOf, saveLine } from '../browser/workflows.mjs';
import { signedIn } from '../e2e/stack.mjs';
import { startedByWorkers } from './workers.mjs';

let n8n;

beforeAll(async () => {
	n8n = await signedIn();
});

test('on a worker both nodes say that n8n runs in queue mode, and what that asks for', async () => {
	const check = { resource: 'system', operation: 'checkSetup' };
	const workflow = await saveLine(n8n, 'Check the setup', nodeOf(n8n, 'fondo', check), {
		...nodeOf(n8n, 'finvis', check),
		executeOnce: true,
	});
	const execution = await n8n.client.run(workflow, 'Start');
	expect(startedByWorkers().flat()).toContain(execution.id);
	for (const [node, advice] of [
		['Fondo', /same reference/],
		['Finvis', /Remove Duplicates/],
	]) {
		const found = Object.fromEntries(outputOf(execution, node).map(({ json }) => [json.check, json]));
		expect(found['Queue mode']).toMatchObject({
			status: 'warning',
			finding: 'n8n runs in queue mode: this execution is on a worker',
			instruction: expect.stringMatching(advice),
		});
		expect([found.Host.status, found.Token.status, found['Webhook address'].status]).toEqual(['ok', 'ok', 'ok']);
	}
});
