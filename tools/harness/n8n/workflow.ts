// The one builder of workflows: nodes as plain objects, connected in line unless other links are given.
import { randomUUID } from 'node:crypto';
import type { IConnections, INode, INodeParameters, IWorkflowSettings, NodeConnectionType } from 'n8n-workflow';
import { Failure } from '../../base/failure';
import type { N8nClient, SavedCredential, SavedWorkflow } from './client';

const PACKAGE = 'n8n-nodes-fondo-finvis';
const COLUMN = 220;

export type Api = 'fondo' | 'finvis';

/** What a workflow needs of n8n: the client of a user, and the credentials of that user. */
export interface Owner {
	readonly client: N8nClient;
	readonly credentials: readonly SavedCredential[];
}

/** What saving a workflow needs of n8n: the editor's calls or the public API. */
type Saver = Pick<N8nClient, 'createWorkflow'>;

/** Everything of a node beside its name, type and parameters. */
export type NodeSettings = Partial<Omit<INode, 'name' | 'type' | 'parameters'>>;

/** The full type name of a node of this package. */
export const ours = (node: string) => `${PACKAGE}.${node}`;

/** A resource locator with this ID, or expression. */
export const byId = (value: string) => ({ __rl: true as const, mode: 'id', value });

/** What a node refers to a credential by. */
export const referTo = ({ id, name, type }: SavedCredential) => ({ [type]: { id, name } });

/** The credential of a node of this package, also as a tool; none for a node of another package. */
export function credentialsOf(type: string, credentials: readonly SavedCredential[]): INode['credentials'] {
	if (!type.startsWith(ours(''))) return {};
	const needed = type.startsWith(ours('finvis')) ? 'finvisApi' : 'fondoApi';
	const found = credentials.find((one) => one.type === needed);
	if (!found) throw new Failure(`There is no credential of the type ${needed} for ${type}`);
	return referTo(found);
}

export const node = (name: string, type: string, parameters: INodeParameters = {}, settings: NodeSettings = {}): INode => ({
	id: name,
	name,
	type,
	typeVersion: 1,
	position: [0, 0],
	parameters,
	...settings,
});

export const manualTrigger = (name = 'Start') => node(name, 'n8n-nodes-base.manualTrigger');

/** A POST webhook at /webhook/<path>. */
export const webhook = (path: string, parameters: INodeParameters = {}, name = 'Webhook') =>
	node(name, 'n8n-nodes-base.webhook', { path, httpMethod: 'POST', options: {}, ...parameters }, { typeVersion: 2, webhookId: path });

export const code = (name: string, jsCode: string) => node(name, 'n8n-nodes-base.code', { jsCode }, { typeVersion: 2 });

/** One item with these texts. */
export const oneItem = (values: Readonly<Record<string, string>>, name = 'Input') =>
	node(
		name,
		'n8n-nodes-base.set',
		{
			mode: 'manual',
			assignments: { assignments: Object.entries(values).map(([field, value]) => ({ id: field, name: field, type: 'string', value })) },
			options: {},
		},
		{ typeVersion: 3.4 },
	);

/** An item for each entry of a list, e.g. `body.references`. */
export const itemFor = (field: string, name = 'Rows') => node(name, 'n8n-nodes-base.splitOut', { fieldToSplitOut: field, options: {} });

/** An action node of this package with its credential, named Fondo or Finvis unless another name is given. */
export const ourNode = (
	{ credentials }: Pick<Owner, 'credentials'>,
	api: Api,
	parameters: INodeParameters,
	{ name = api === 'fondo' ? 'Fondo' : 'Finvis', ...settings }: NodeSettings & { name?: string } = {},
) => {
	const type = ours(api);
	return node(name, type, { options: {}, ...parameters }, { credentials: credentialsOf(type, credentials), ...settings });
};

/** A connection; from the first output and of the type main unless said otherwise. */
export interface Link {
	readonly from: string;
	readonly to: string;
	readonly output?: number;
	readonly type?: NodeConnectionType;
}

/** Links that connect nodes in line. */
export const inLine = (nodes: readonly INode[]): Link[] =>
	nodes.slice(1).map((following, index) => ({ from: nodes[index].name, to: following.name }));

function connectionsOf(links: readonly Link[]): IConnections {
	const connections: IConnections = {};
	for (const { from, to, output = 0, type = 'main' } of links) {
		const outputs = ((connections[from] ??= {})[type] ??= []);
		while (outputs.length <= output) outputs.push([]);
		outputs[output]?.push({ node: to, type, index: 0 });
	}
	return connections;
}

export interface WorkflowOptions {
	/** The connections; the nodes in line when left out. */
	readonly links?: readonly Link[];
	readonly settings?: IWorkflowSettings;
}

/** Saves a workflow; its nodes are shown side by side. */
export async function saveWorkflow(
	{ client }: { readonly client: Saver },
	name: string,
	nodes: readonly INode[],
	{ links = inLine(nodes), settings }: WorkflowOptions = {},
): Promise<SavedWorkflow> {
	return await client.createWorkflow({
		name,
		nodes: nodes.map((one, index): INode => ({ ...one, position: [COLUMN * index, 0] })),
		connections: connectionsOf(links),
		settings: { executionOrder: 'v1', ...settings },
	});
}

/** Saves a workflow of nodes in line behind a manual trigger named Start. */
export const saveManualWorkflow = async (owner: Pick<Owner, 'client'>, name: string, ...nodes: readonly INode[]) =>
	await saveWorkflow(owner, name, [manualTrigger(), ...nodes]);

export interface SavedTrigger {
	readonly workflow: SavedWorkflow;
	/** The name of the trigger. */
	readonly trigger: string;
}

export interface TriggerOptions {
	/** The full type name; the Fondo Trigger when left out. */
	readonly type?: string;
	readonly parameters?: INodeParameters;
	readonly settings?: IWorkflowSettings;
	/** Credentials of a trigger of another package. */
	readonly credentials?: INode['credentials'];
}

/** Saves a workflow of only a trigger. Its executions show what the trigger emitted. */
export async function saveTriggerWorkflow(
	{ client, credentials }: Pick<Owner, 'credentials'> & { readonly client: Saver },
	name: string,
	{ type = ours('fondoTrigger'), parameters = {}, settings, credentials: own }: TriggerOptions = {},
): Promise<SavedTrigger> {
	const trigger = 'Trigger';
	const only = node(
		trigger,
		type,
		{ options: {}, ...parameters },
		{ webhookId: randomUUID(), credentials: { ...credentialsOf(type, credentials), ...own } },
	);
	return { trigger, workflow: await saveWorkflow({ client }, name, [only], { settings }) };
}

/** How a workflow behind a webhook answers: after its last node, with all items of it, or at once. */
export type Answering = 'allItems' | 'atOnce';

/** Publishes a workflow that does `steps` for each entry of `references` in the body of a POST: the workflow and the path of its webhook. */
export async function publishForReferences(
	owner: Pick<Owner, 'credentials'> & { readonly client: Saver & Pick<N8nClient, 'publish'> },
	name: string,
	steps: readonly INode[],
	answering: Answering = 'allItems',
): Promise<{ workflow: SavedWorkflow; path: string }> {
	const path = randomUUID();
	const answer = answering === 'allItems' ? { responseMode: 'lastNode', responseData: 'allEntries' } : { responseMode: 'onReceived' };
	const workflow = await saveWorkflow(owner, name, [webhook(path, answer), itemFor('body.references'), ...steps]);
	await owner.client.publish(workflow);
	return { workflow, path: `/webhook/${path}` };
}

/** The reference of an item in the steps of `publishForReferences`. */
export const REFERENCE = "={{ $('Rows').item.json['body.references'] }}";
