import { createServer } from 'node:http';
import { expect } from '@jest/globals';
import { itemsOf } from './world.mjs';

const QUESTION = 'What do we have, and please pay 100 kronor';

/** A stand-in for a language model: calls two tools, then tells what they said. It keeps what n8n told it. */
async function startModel() {
	const asked = [];
	const call = (id, name, values) => ({ id, type: 'function', function: { name, arguments: JSON.stringify(values) } });
	const server = createServer(async (request, response) => {
		const chunks = [];
		for await (const chunk of request) chunks.push(chunk);
		const { model, messages, tools = [] } = JSON.parse(Buffer.concat(chunks));
		asked.push({ messages, tools: tools.map((tool) => tool.function.name) });
		const told = messages.filter(({ role }) => role === 'tool').map(({ content }) => content);
		const payment = { account: 'a', executionDate: '2027-01-01', reference: 'of-the-ai', amount: '100.00', creditorName: 'x', creditorAccount: 'y' };
		const calls = [call('1', 'Read_cash_positions', { currency: 'SEK' }), call('2', 'Prepare_a_payment', payment)];
		const message = told.length === 0 ? { content: null, tool_calls: calls } : { content: `I was told: ${told.join(' / ')}` };
		response.writeHead(200, { 'content-type': 'application/json' });
		const reason = told.length === 0 ? 'tool_calls' : 'stop';
		const choices = [{ index: 0, finish_reason: reason, message: { role: 'assistant', ...message } }];
		const usage = { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 };
		response.end(JSON.stringify({ id: 'c', object: 'chat.completion', created: 1, model, choices, usage }));
	});
	await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
	return { url: `http://127.0.0.1:${server.address().port}/v1`, asked, close: () => server.close() };
}

export default async function check(world, file) {
	const model = await startModel();
	try {
		const data = { apiKey: 'none', url: model.url };
		const { id, name } = await world.client.saveCredential({ name: 'A stand-in for a model', type: 'openAiApi', data });
		const { nodes, ...example } = await world.imported(file);
		const withModel = nodes.map((node) => (node.name === 'Chat model' ? { ...node, credentials: { openAiApi: { id, name } } } : node));
		const workflow = await world.client.createWorkflow({ ...example, nodes: withModel });
		const ask = async () => {
			const said = { json: { action: 'sendMessage', chatInput: QUESTION, sessionId: 'one' } };
			const trigger = { name: 'Ask the assistant', data: { data: { main: [[said]] }, executionIndex: 0, executionStatus: 'success', executionTime: 0, source: [null], startTime: 0 } };
			const body = { workflowData: workflow, triggerToStartFrom: trigger };
			return await world.ends((await world.client.call('POST', `/rest/workflows/${workflow.id}/run`, body)).executionId);
		};

		const run = await ask();
		const [{ output }] = itemsOf(run, 'Answer in the chat');
		const { total } = await world.finvis('GET', '/reporting/positions?currency=SEK');
		expect(output).toContain(total);
		expect(output).toContain('The AI may not write with this tool');
		const tools = nodes.filter(({ type }) => type.startsWith('n8n-nodes-fondo-finvis.')).map((node) => node.name.replaceAll(' ', '_'));
		expect(model.asked[0].tools.sort()).toEqual(tools.sort());
		expect(await world.requests('createPaymentBatch')).toEqual([]);
		expect(await world.ledger()).toEqual([]);
	} finally {
		model.close();
	}
}
