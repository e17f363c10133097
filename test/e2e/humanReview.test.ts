/** n8n's human review of tools: a person sees the call of a tool before it is made, and approves or denies it. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { randomUUID } from 'node:crypto';
import { resources } from '../../nodes/Finvis/resources';
import { useStack } from '../../tools/harness/jest/useStack';
import { jsonOf } from '../../tools/harness/n8n/client';
import { credentialsOf, node, ours, referTo, saveWorkflow } from '../../tools/harness/n8n/workflow';
import { until } from '../../tools/harness/until';
import { byAi } from './byAi';
import { openChatModel, type ToolCall } from './chatModel';

const { owner, sandbox } = useStack();

interface Question {
	readonly text: string;
	readonly reply_markup: { readonly inline_keyboard: ReadonlyArray<ReadonlyArray<{ readonly text: string; readonly url: string }>> };
}

/** A stand-in for Telegram, whose node n8n can point at another address. It keeps what a person would read. */
async function startMessenger() {
	const questions: Question[] = [];
	const server = createServer(async (request, response) => {
		let text = '';
		for await (const chunk of request.setEncoding('utf8')) text += chunk;
		if (request.url?.endsWith('/sendMessage')) questions.push(JSON.parse(text) as Question);
		response
			.writeHead(200, { 'content-type': 'application/json' })
			.end(JSON.stringify({ ok: true, result: { message_id: 1, username: 'bot' } }));
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, questions, close: () => server.close() };
}

const { parameters, values } = byAi(resources, (resource, operation) => resource === 'paymentBatch' && operation === 'create');

let messenger: Awaited<ReturnType<typeof startMessenger>>;
let model: Awaited<ReturnType<typeof openChatModel>>;
let asked: Readonly<Record<string, unknown>>;
let workflow: Awaited<ReturnType<typeof saveWorkflow>>;

beforeAll(async () => {
	await owner.newWorld();
	messenger = await startMessenger();
	model = await openChatModel(owner.client, (question) => [JSON.parse(question) as ToolCall]);
	const telegram = await owner.client.saveCredential({
		name: 'A stand-in for Telegram',
		type: 'telegramApi',
		data: { accessToken: randomUUID(), baseUrl: messenger.url },
	});
	const account = (await sandbox.finvis.list('/accounts/')).find(({ currency }) => currency === 'SEK')?.id;
	const executionDate = new Date(Date.now() + 3 * 86_400_000).toISOString().slice(0, 10);
	asked = { ...values, account, executionDate, bankDay: 'next' };
	const type = ours('finvisTool');
	const tool = { resource: 'paymentBatch', operation: 'create', letAiWrite: true, ...parameters };
	const review = {
		resource: 'message',
		operation: 'sendAndWait',
		responseType: 'approval',
		chatId: '1',
		message: '=May it run {{ $tool.name }} with {{ JSON.stringify($tool.parameters) }}?',
		approvalOptions: { values: { approvalType: 'double' } },
		options: {},
	};
	const nodes = [
		node('Chat', '@n8n/n8n-nodes-langchain.chatTrigger', { public: false, options: {} }, { typeVersion: 1.1, webhookId: randomUUID() }),
		node(
			'Agent',
			'@n8n/n8n-nodes-langchain.agent',
			{ promptType: 'define', text: '={{ $json.chatInput }}', options: {} },
			{ typeVersion: 3 },
		),
		node('Model', '@n8n/n8n-nodes-langchain.lmChatOpenAi', {}, { typeVersion: 1.2, credentials: referTo(model.credential) }),
		node('Ask a person', 'n8n-nodes-base.telegramHitlTool', review, {
			typeVersion: 1.2,
			webhookId: randomUUID(),
			credentials: referTo(telegram),
		}),
		node(
			'create_batch',
			type,
			{ descriptionType: 'manual', toolDescription: 'Prepares a payment batch', ...tool },
			{ credentials: credentialsOf(type, owner.credentials) },
		),
	];
	workflow = await saveWorkflow(owner, 'A person reviews the tool', nodes, {
		links: [
			{ from: 'Chat', to: 'Agent' },
			{ from: 'Model', to: 'Agent', type: 'ai_languageModel' },
			{ from: 'create_batch', to: 'Ask a person', type: 'ai_tool' },
			{ from: 'Ask a person', to: 'Agent', type: 'ai_tool' },
		],
	});
});
afterAll(() => {
	messenger.close();
	model.close();
});

const sent = async () => await sandbox.requests('createPaymentBatch');

/** The model asks for a batch: the execution, which waits, and what the person reads. */
async function asks(reference: string) {
	const before = messenger.questions.length;
	const call = { name: 'create_batch', values: { toolParameters: { ...asked, reference }, hitlParameters: {} } };
	const id = await owner.client.start(workflow, 'Chat', [
		{ action: 'sendMessage', sessionId: randomUUID(), chatInput: JSON.stringify(call) },
	]);
	await until(async () => messenger.questions.length > before, { what: 'the question to the person', timeoutMs: 30_000, everyMs: 100 });
	// n8n sends the question before it stores that the execution waits.
	const waits = async () => (await owner.client.execution(id)).status === 'waiting';
	await until(waits, { what: 'the execution waits for the person', timeoutMs: 30_000, everyMs: 100 });
	const question = messenger.questions[before];
	const urlOf = (label: RegExp) => question.reply_markup.inline_keyboard.flat().find(({ text }) => label.test(text))?.url ?? '';
	return { id, text: question.text, approve: urlOf(/^.*\bApprove/), deny: urlOf(/Dis|Decline|Deny/) };
}

/** A person opens a link in a browser. n8n ignores what looks like the preview of a messenger. */
const opens = async (url: string) =>
	await fetch(url, { headers: { 'user-agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0' } });

const answerOf = async (id: string) => JSON.stringify(jsonOf(await owner.client.ended(id), 'Agent'));

test('a person reads the call before it is made; nothing is sent until then', async () => {
	const { text } = await asks('review-read');
	for (const shown of ['create_batch', 'review-read', String(values.payments_creditorAccount), String(values.payments_amount)])
		expect(text).toContain(shown);
	expect(await sent()).toEqual([]);
});

test('denied: nothing is sent, and the model is informed', async () => {
	const { id, deny } = await asks('review-denied');
	expect((await opens(deny)).status).toBe(200);
	expect(await answerOf(id)).toMatch(/denied|declined|rejected|not approved|disapproved/i);
	expect(await sent()).toEqual([]);
});

test('approved: one batch; the link a second time makes no second one', async () => {
	const { id, approve } = await asks('review-approved');
	expect((await opens(approve)).status).toBe(200);
	expect(await answerOf(id)).toMatch(/\\?"outcome\\?":\\?"created/);
	expect(await sent()).toHaveLength(1);
	await opens(approve);
	const again = await asks('review-approved');
	expect((await opens(again.approve)).status).toBe(200);
	expect(await answerOf(again.id)).toMatch(/\\?"outcome\\?":\\?"found/);
	expect(await sent()).toHaveLength(1);
});
