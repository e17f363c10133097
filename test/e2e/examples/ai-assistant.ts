import { createServer } from 'node:http';
import { referTo } from '../../../tools/harness/n8n/workflow';
import { itemsOf, type Check, type Positions } from './world';

const QUESTION = 'What do we have, and please pay 100 kronor';

interface Asked {
	readonly model: string;
	readonly messages: ReadonlyArray<{ role: string; content: string }>;
	readonly tools?: ReadonlyArray<{ function: { name: string } }>;
}

/** A stand-in for a language model: calls two tools, then repeats their answers. It keeps the names of the tools that n8n offered. */
async function startModel() {
	const offered: string[][] = [];
	const call = (id: string, name: string, values: unknown) => ({ id, type: 'function', function: { name, arguments: JSON.stringify(values) } });
	const server = createServer(async (request, response) => {
		let text = '';
		for await (const chunk of request.setEncoding('utf8')) text += chunk;
		const { model, messages, tools = [] }: Asked = JSON.parse(text);
		offered.push(tools.map((tool) => tool.function.name));
		const answers = messages.filter(({ role }) => role === 'tool').map(({ content }) => content);
		const payment = { account: 'a', executionDate: '2027-01-01', reference: 'of-the-ai', amount: '100.00', creditorName: 'x', creditorAccount: 'y' };
		const calls = [call('1', 'Read_cash_positions', { currency: 'SEK' }), call('2', 'Prepare_a_payment', payment)];
		const message = answers.length === 0 ? { content: null, tool_calls: calls } : { content: `The tools said: ${answers.join(' / ')}` };
		response.writeHead(200, { 'content-type': 'application/json' });
		const reason = answers.length === 0 ? 'tool_calls' : 'stop';
		const choices = [{ index: 0, finish_reason: reason, message: { role: 'assistant', ...message } }];
		const usage = { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 };
		response.end(JSON.stringify({ id: 'c', object: 'chat.completion', created: 1, model, choices, usage }));
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const address = server.address();
	if (address === null || typeof address === 'string') throw new Error('The model has no port');
	return { url: `http://127.0.0.1:${address.port}/v1`, offered, close: () => server.close() };
}

export const check: Check = async (world, file) => {
	const model = await startModel();
	try {
		const data = { apiKey: 'none', url: model.url };
		const credential = await world.client.saveCredential({ name: 'A stand-in for a model', type: 'openAiApi', data });
		const { nodes, ...example } = await world.imported(file);
		const withModel = nodes.map((node) => (node.name === 'Chat model' ? { ...node, credentials: referTo(credential) } : node));
		const workflow = await world.client.createWorkflow({ ...example, nodes: withModel });
		const question = { action: 'sendMessage', chatInput: QUESTION, sessionId: 'one' };
		const run = await world.ends(await world.start(workflow, 'Ask the assistant', [question]));
		const [{ output }] = itemsOf<{ output: string }>(run, 'Answer in the chat');
		const { total } = await world.sandbox.finvis.read<Positions>('/reporting/positions?currency=SEK');
		expect(output).toContain(total);
		expect(output).toContain('The AI may not write with this tool');
		const tools = nodes.filter(({ type }) => type.startsWith('n8n-nodes-fondo-finvis.')).map((node) => node.name.replaceAll(' ', '_'));
		expect(model.offered[0].sort()).toEqual(tools.sort());
		expect(await world.requests('createPaymentBatch')).toEqual([]);
		expect(await world.ledger()).toEqual([]);
	} finally {
		model.close();
	}
};
