import { resources } from '../../nodes/Fondo/resources';
import { useStack } from '../../tools/harness/jest/useStack';
import { openAgentNode, openAgents, type AiHost } from './aiHosts';
import { sampleClient, testAiTools } from './aiTools';
import { byAi } from './byAi';

const { n8n, owner, sandbox } = useStack();

describe("in n8n's AI Agent node", () => testAiTools(openAgentNode));

describe("in n8n's Agents, without a workflow", () => {
	testAiTools(openAgents);

	describe('where n8n (2.41) keeps no memory, because there is no workflow', () => {
		const order = byAi(resources, (resource, operation) => resource === 'order' && operation === 'create');
		const instruction = byAi(resources, (resource, operation) => resource === 'paymentInstruction' && operation === 'create');
		let host: AiHost;
		let values: object;

		beforeAll(async () => {
			const { client, account } = await sampleClient(sandbox);
			values = { client, account, payments_account: account, orderType: 'subscription', instrument: 'SE0001862426SEK', amount: 100 };
			host = await openAgents(owner, [
				{ name: 'order', api: 'fondo', parameters: { resource: 'order', operation: 'create', letAiWrite: true, ...order.parameters } },
				{
					name: 'instruction',
					api: 'fondo',
					parameters: { resource: 'paymentInstruction', operation: 'create', letAiWrite: true, ...instruction.parameters },
				},
			]);
		});
		afterAll(() => host.close?.());

		test('a payment instruction is refused, because Fondo has no list that shows it at once', async () => {
			const answer = await host.call('instruction', { ...instruction.values, ...values, reference: 'agents-instruction' });
			expect(answer).toContain('n8n cannot remember what is sent here');
			expect(await sandbox.requests('createPaymentInstruction')).toEqual([]);
		});

		test('an order is found in the list of Fondo after a restart of n8n', async () => {
			const asked = { ...order.values, ...values, reference: 'agents-restart' };
			expect(await host.call('order', asked)).toContain('"outcome":"created"');
			await n8n.stop();
			await n8n.start();
			expect(await host.call('order', asked)).toContain('"outcome":"found"');
			expect((await sandbox.ledger()).filter(({ reference }) => reference === 'agents-restart')).toHaveLength(1);
		});
	});
});
