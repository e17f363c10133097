import { beforeAll, expect, test } from '@jest/globals';
import { fondo, sandbox, signedIn } from './stack.mjs';

/** A client of n8n's MCP Server Trigger: calls tools as an AI Agent does, without a model. */
class Tools {
	#session = '';

	#id = 0;

	constructor(url) {
		this.url = url;
	}

	async #send(message) {
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

	async #ask(method, params) {
		this.#id += 1;
		return await this.#send({ id: this.#id, method, params });
	}

	async open() {
		await this.#ask('initialize', { protocolVersion: '2025-03-26', capabilities: {}, clientInfo: { name: 'test', version: '1' } });
		await this.#send({ method: 'notifications/initialized' });
	}

	async list() {
		return (await this.#ask('tools/list', {})).tools;
	}

	/** What the tool said, as text. */
	async call(name, values = {}) {
		const { content } = await this.#ask('tools/call', { name, arguments: values });
		return content.map(({ text }) => text).join('\n');
	}
}

const byId = (value) => ({ __rl: true, mode: 'id', value });
const fromAi = (name, description) => `={{ $fromAI('${name}', '${description}', 'string') }}`;
let tools;

beforeAll(async () => {
	const { client, credentials } = await signedIn();
	const [{ id: clientId }] = await fondoRead('/v2/partner/client');
	const accounts = await fondoRead(`/v2/partner/client/${clientId}/account`);
	const account = accounts.find(({ status, balance }) => status === 'active' && balance > 5_000);
	const tool = (name, api, parameters) => {
		const credential = credentials.find(({ type }) => type === `${api}Api`);
		return {
			id: name,
			name,
			type: `n8n-nodes-fondo-finvis.${api}Tool`,
			typeVersion: 1,
			position: [0, 200],
			parameters: { descriptionType: 'manual', toolDescription: name, ...parameters },
			credentials: { [`${api}Api`]: { id: credential.id, name: credential.name } },
		};
	};
	const order = {
		resource: 'order',
		operation: 'create',
		client: byId(clientId),
		account: byId(account.id),
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
	const trigger = {
		id: 'mcp',
		name: 'MCP',
		type: '@n8n/n8n-nodes-langchain.mcpTrigger',
		typeVersion: 2,
		position: [0, 0],
		webhookId: 'fondo-finvis-tools',
		parameters: { path: 'fondo-finvis-tools' },
	};
	const connections = Object.fromEntries(nodes.map(({ name }) => [name, { ai_tool: [[{ node: 'MCP', type: 'ai_tool', index: 0 }]] }]));
	const workflow = await client.createWorkflow({ name: 'Tools of an AI', nodes: [trigger, ...nodes], connections, settings: {} });
	await client.publish(workflow);
	tools = new Tools(`${client.url}/mcp/fondo-finvis-tools`);
	await tools.open();
});

async function fondoRead(path) {
	const form = new URLSearchParams({
		grant_type: 'client_credentials',
		client_id: fondo.data.clientId,
		client_secret: fondo.data.clientSecret,
	});
	const { access_token } = await (await fetch(`${fondo.data.baseUrl}/v2/partner/auth/token`, { method: 'POST', body: form })).json();
	return await (await fetch(`${fondo.data.baseUrl}${path}`, { headers: { authorization: `Bearer ${access_token}` } })).json();
}

const ledgerOf = async (reference) => (await sandbox.ledger()).filter((entry) => entry.reference === reference);

test('both nodes are tools that an AI can choose', async () => {
	expect((await tools.list()).map(({ name }) => name).sort()).toEqual(['order_allowed', 'order_unasked', 'read_clients', 'read_positions']);
});

test('reading is free, with both credentials', async () => {
	expect(await tools.call('read_clients')).toContain('Sparbolaget');
	expect(await tools.call('read_positions')).toContain('booked_balance');
});

test('writing unasked is refused, and the AI is told why', async () => {
	expect(await tools.call('order_unasked', { reference: 'ai-unasked' })).toMatch(/The AI may not write with this tool/);
	expect(await ledgerOf('ai-unasked')).toEqual([]);
});

test('writing where it is allowed works, and the same reference moves money once', async () => {
	expect(await tools.call('order_allowed', { reference: 'ai-allowed' })).toContain('"outcome":"created"');
	expect(await tools.call('order_allowed', { reference: 'ai-allowed' })).toContain('"outcome":"found"');
	expect(await ledgerOf('ai-allowed')).toHaveLength(1);
});
