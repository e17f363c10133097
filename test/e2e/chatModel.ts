import { createServer, type IncomingMessage } from 'node:http';
import type { N8nClient } from '../../tools/harness/n8n/client';

/** A call of a tool that the model asks for. */
export interface ToolCall {
	readonly name: string;
	readonly values: unknown;
}

interface Asked {
	readonly model: string;
	readonly stream?: boolean;
	readonly messages: ReadonlyArray<{ role: string; content: unknown }>;
	readonly tools?: ReadonlyArray<{ function: { name: string } }>;
}

async function textOf(request: IncomingMessage): Promise<string> {
	let text = '';
	for await (const chunk of request.setEncoding('utf8')) text += chunk;
	return text;
}

const plain = (content: unknown) =>
	Array.isArray(content) ? content.map(({ text = '' }: { text?: string }) => text).join('\n') : String(content);

/** The message of the model: calls of tools on a question, and the answers of the tools as text afterwards. */
function answerTo({ messages }: Asked, callsFor: (question: string) => readonly ToolCall[]) {
	const question = messages.map(({ role }) => role).lastIndexOf('user');
	const answers = messages.slice(question).flatMap(({ role, content }) => (role === 'tool' ? [plain(content)] : []));
	if (answers.length > 0) return { content: `The tools said: ${answers.join(' / ')}` };
	const calls = callsFor(plain(messages[question]?.content));
	return {
		content: null,
		tool_calls: calls.map(({ name, values }, index) => ({
			index,
			id: `call_${messages.length}_${index}`,
			type: 'function',
			function: { name, arguments: JSON.stringify(values) },
		})),
	};
}

/** The same with a credential for it in n8n. */
export async function openChatModel(client: Pick<N8nClient, 'saveCredential'>, callsFor: (question: string) => readonly ToolCall[]) {
	const model = await startChatModel(callsFor);
	const data = { apiKey: 'none', url: model.url };
	const credential = await client.saveCredential({ name: 'A stand-in for a model', type: 'openAiApi', data });
	return { ...model, credential };
}

/** A stand-in for a language model behind the chat completions API of OpenAI. `offered` has the names of the tools that it was given with each question. */
async function startChatModel(callsFor: (question: string) => readonly ToolCall[]) {
	const offered: string[][] = [];
	const server = createServer(async (request, response) => {
		const asked: Asked = JSON.parse((await textOf(request)) || '{}');
		// n8n's Agents try the Responses API first, and take chat completions where it does not exist.
		if (!request.url?.endsWith('/chat/completions')) return void response.writeHead(404, { 'content-type': 'application/json' }).end('{}');
		offered.push((asked.tools ?? []).map((tool) => tool.function.name));
		const answer = answerTo(asked, callsFor);
		const message = { role: 'assistant', ...answer };
		const reason = 'tool_calls' in answer ? 'tool_calls' : 'stop';
		const usage = { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 };
		const head = { id: 'c', created: 1, model: asked.model };
		if (asked.stream) {
			response.writeHead(200, { 'content-type': 'text/event-stream' });
			const chunk = { ...head, object: 'chat.completion.chunk' };
			const lines = [
				{ ...chunk, choices: [{ index: 0, delta: message, finish_reason: null }] },
				{ ...chunk, choices: [{ index: 0, delta: {}, finish_reason: reason }], usage },
			];
			return void response.end(`${lines.map((line) => `data: ${JSON.stringify(line)}\n\n`).join('')}data: [DONE]\n\n`);
		}
		response.writeHead(200, { 'content-type': 'application/json' });
		response.end(JSON.stringify({ ...head, object: 'chat.completion', choices: [{ index: 0, finish_reason: reason, message }], usage }));
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const address = server.address();
	if (address === null || typeof address === 'string') throw new Error('The model has no port');
	return { url: `http://127.0.0.1:${address.port}/v1`, offered, close: () => server.close() };
}
