// The three ways in which n8n 2.41 lets an AI call a node, each behind the same call.
import { randomUUID } from 'node:crypto';
import type { INode, INodeParameters } from 'n8n-workflow';
import { jsonOf, reasonOf } from '../../tools/harness/n8n/client';
import { credentialsOf, node, ours, referTo, saveWorkflow, type Api, type Owner } from '../../tools/harness/n8n/workflow';
import { openChatModel, type ToolCall } from './chatModel';
import { McpClient } from './mcpClient';

/** A node as a tool. */
export interface AiTool {
	readonly name: string;
	readonly api: Api;
	readonly parameters: INodeParameters;
}

/** Tools that an AI can call. */
export interface AiHost {
	/** The names of the tools that the AI sees. */
	readonly names: () => Promise<readonly string[]>;
	/** What the AI gets from a tool, as text. */
	readonly call: (tool: string, values?: object) => Promise<string>;
	readonly close?: () => void;
}

type OpenHost = (owner: Owner, tools: readonly AiTool[]) => Promise<AiHost>;

const toolNode = ({ credentials }: Owner, { name, api, parameters }: AiTool) => {
	const type = ours(`${api}Tool`);
	const described = { descriptionType: 'manual', toolDescription: name, ...parameters };
	return node(name, type, described, { credentials: credentialsOf(type, credentials) });
};

const toolLinks = (tools: ReadonlyArray<{ readonly name: string }>, to: string) =>
	tools.map(({ name }) => ({ from: name, to, type: 'ai_tool' as const }));

/** Publishes nodes as tools behind n8n's MCP Server Trigger. */
export async function publishMcp(owner: Owner, tools: readonly INode[]) {
	const path = `tools-${randomUUID()}`;
	const trigger = node('MCP', '@n8n/n8n-nodes-langchain.mcpTrigger', { path }, { typeVersion: 2, webhookId: path });
	const workflow = await saveWorkflow(owner, 'Tools over MCP', [trigger, ...tools], { links: toolLinks(tools, 'MCP') });
	await owner.client.publish(workflow);
	const mcp = new McpClient(`${owner.client.url}/mcp/${path}`);
	await mcp.open();
	return { mcp, workflow };
}

/** n8n's MCP Server Trigger: a program calls the tools by JSON-RPC. */
export const openMcp: OpenHost = async (owner, tools) => {
	const { mcp } = await publishMcp(
		owner,
		tools.map((tool) => toolNode(owner, tool)),
	);
	return { names: async () => await mcp.tools(), call: async (tool, values) => await mcp.call(tool, values) };
};

/** A model that asks for the tool call that the question contains as JSON. */
const openModel = async ({ client }: Owner) => await openChatModel(client, (question) => [JSON.parse(question) as ToolCall]);

const question = (tool: string, values: object = {}) => JSON.stringify({ name: tool, values });

/** n8n's AI Agent node in a workflow. */
export const openAgentNode: OpenHost = async (owner, tools) => {
	const model = await openModel(owner);
	const agent = { promptType: 'define', text: '={{ $json.chatInput }}', options: {} };
	const nodes = [
		node('Chat', '@n8n/n8n-nodes-langchain.chatTrigger', { public: false, options: {} }, { typeVersion: 1.1, webhookId: randomUUID() }),
		node('Agent', '@n8n/n8n-nodes-langchain.agent', agent, { typeVersion: 3 }),
		node('Model', '@n8n/n8n-nodes-langchain.lmChatOpenAi', {}, { typeVersion: 1.2, credentials: referTo(model.credential) }),
		...tools.map((tool) => toolNode(owner, tool)),
	];
	const links = [
		{ from: 'Chat', to: 'Agent' },
		{ from: 'Model', to: 'Agent', type: 'ai_languageModel' as const },
		...toolLinks(tools, 'Agent'),
	];
	const workflow = await saveWorkflow(owner, 'Tools of an AI Agent', nodes, { links });
	const call = async (tool: string, values?: object) => {
		const message = { action: 'sendMessage', sessionId: randomUUID(), chatInput: question(tool, values) };
		const id = await owner.client.start(workflow, 'Chat', [message]);
		const execution = await owner.client.ended(id);
		return execution.status === 'success' ? JSON.stringify(jsonOf(execution, 'Agent')) : reasonOf(execution);
	};
	return { names: async () => model.offered.at(-1) ?? [], call, close: model.close };
};

interface AgentEvent {
	readonly type: string;
	readonly output?: unknown;
}

/** n8n's Agents, which run a node without a workflow. */
export const openAgents: OpenHost = async (owner, tools) => {
	const { client, credentials } = owner;
	const model = await openModel(owner);
	const { id: project } = await client.call<{ id: string }>('GET', '/rest/projects/personal');
	const path = `/rest/projects/${project}/agents/v2`;
	const agent = await client.call<{ id: string; configHash: string }>('POST', path, { name: 'Treasurer' });
	const config = {
		name: 'Treasurer',
		model: 'openai/stand-in',
		credential: model.credential.id,
		instructions: 'Call the tool that the question names.',
		tools: tools.map(({ name, api, parameters }) => {
			const nodeType = ours(api);
			const settings = { nodeType, nodeTypeVersion: 1, nodeParameters: parameters, credentials: credentialsOf(nodeType, credentials) };
			return { type: 'node', name, description: name, node: settings };
		}),
	};
	await client.call('PUT', `${path}/${agent.id}/config`, { baseConfigHash: agent.configHash, config });
	const call = async (tool: string, values?: object) => {
		const { body } = await client.request('POST', `${path}/${agent.id}/chat`, { message: question(tool, values) });
		const events = body.split('\n').flatMap((line): AgentEvent[] => (line.startsWith('data: ') ? [JSON.parse(line.slice(6))] : []));
		return JSON.stringify(events.filter(({ type }) => type === 'tool-result' || type === 'error'));
	};
	return { names: async () => model.offered.at(-1) ?? [], call, close: model.close };
};
