import type { INodeParameters } from 'n8n-workflow';
import { useStack } from '../../tools/harness/jest/useStack';
import { byId, credentialsOf, node, ours, saveWorkflow, type Api } from '../../tools/harness/n8n/workflow';

const { owner, sandbox } = useStack();

interface Message {
	readonly id?: number;
	readonly method: string;
	readonly params?: unknown;
}

/** A client of n8n's MCP Server Trigger, which calls tools as an AI Agent does, without a model. */
class Tools {
	#session = '';

	#id = 0;

	constructor(private readonly url: string) {}

	async #send<T>(message: Message): Promise<T | undefined> {
		const response = await fetch(this.url, {
			method: 'POST',
			headers: {
				'content-type': 'application/json',
				accept: 'application/json, text/event-stream',
				...(this.#session && { 'mcp-session-id': this.#session }),
			},
			body: JSON.stringify({ jsonrpc: '2.0', ...message }),
		});
		this.#session = response.headers.get('mcp-session-id') ?? this.#session;
		const text = await response.text();
		const data =
			text
				.split('\n')
				.find((line) => line.startsWith('data: '))
				?.slice(6) ?? text;
		if (message.id === undefined) return undefined;
		if (!response.ok || !data.includes('"result"'))
			throw new Error(`${this.url} answered ${response.status} to ${message.method}: ${text}`);
		return JSON.parse(data).result;
	}

	async #ask<T>(method: string, params: unknown): Promise<T> {
		this.#id += 1;
		const result = await this.#send<T>({ id: this.#id, method, params });
		if (result === undefined) throw new Error(`${method} has no result`);
		return result;
	}

	async open() {
		await this.#ask('initialize', { protocolVersion: '2025-03-26', capabilities: {}, clientInfo: { name: 'test', version: '1' } });
		await this.#send({ method: 'notifications/initialized' });
	}

	async list() {
		return (await this.#ask<{ tools: Array<{ name: string }> }>('tools/list', {})).tools;
	}

	/** The answer of the tool, as text. */
	async call(name: string, values = {}) {
		const { content } = await this.#ask<{ content: Array<{ text: string }> }>('tools/call', { name, arguments: values });
		return content.map(({ text }) => text).join('\n');
	}
}

const fromAi = (name: string, description: string) => `={{ $fromAI('${name}', '${description}', 'string') }}`;
let tools: Tools;

beforeAll(async () => {
	const [{ id: clientId }] = await sandbox.fondo.read<Array<{ id: string }>>('/client');
	const accounts = await sandbox.fondo.read<Array<{ id: string; status: string; balance: number }>>(`/client/${clientId}/account`);
	const accountId = accounts.find(({ status, balance }) => status === 'active' && balance > 5_000)?.id ?? '';
	const tool = (name: string, api: Api, parameters: INodeParameters) => {
		const type = ours(`${api}Tool`);
		const described = { descriptionType: 'manual', toolDescription: name, ...parameters };
		return node(name, type, described, { credentials: credentialsOf(type, owner.credentials) });
	};
	const order = {
		resource: 'order',
		operation: 'create',
		client: byId(clientId),
		account: byId(accountId),
		orderType: 'subscription',
		instrument: byId('SE0001862426SEK'),
		amount: 100,
		reference: fromAi('reference', 'own reference'),
	};
	const nodes = [
		tool('read_clients', 'fondo', { resource: 'client', operation: 'getMany' }),
		tool('read_positions', 'finvis', { resource: 'report', operation: 'getPositions' }),
		tool('order_unasked', 'fondo', order),
		tool('order_allowed', 'fondo', { ...order, letAiWrite: true }),
	];
	const trigger = node(
		'MCP',
		'@n8n/n8n-nodes-langchain.mcpTrigger',
		{ path: 'fondo-finvis-tools' },
		{ typeVersion: 2, webhookId: 'fondo-finvis-tools' },
	);
	const links = nodes.map(({ name }) => ({ from: name, to: 'MCP', type: 'ai_tool' as const }));
	const workflow = await saveWorkflow(owner, 'Tools of an AI', [trigger, ...nodes], { links });
	await owner.client.publish(workflow);
	tools = new Tools(`${owner.client.url}/mcp/fondo-finvis-tools`);
	await tools.open();
});

const ledgerOf = async (reference: string) => (await sandbox.ledger()).filter((entry) => entry.reference === reference);

test('both nodes are tools that an AI can choose', async () => {
	expect((await tools.list()).map(({ name }) => name).sort()).toEqual(['order_allowed', 'order_unasked', 'read_clients', 'read_positions']);
});

test('reading is free, with both credentials', async () => {
	expect(await tools.call('read_clients')).toContain('Sparbolaget');
	expect(await tools.call('read_positions')).toContain('booked_balance');
});

test('writing unasked is refused, and the AI gets the reason', async () => {
	expect(await tools.call('order_unasked', { reference: 'ai-unasked' })).toMatch(/The AI may not write with this tool/);
	expect(await ledgerOf('ai-unasked')).toEqual([]);
});

test('writing where it is allowed works, and the same reference moves money once', async () => {
	expect(await tools.call('order_allowed', { reference: 'ai-allowed' })).toContain('"outcome":"created"');
	expect(await tools.call('order_allowed', { reference: 'ai-allowed' })).toContain('"outcome":"found"');
	expect(await ledgerOf('ai-allowed')).toHaveLength(1);
});
