/**
 * Runs one node inside the real engine of n8n-core: WorkflowExecute, contexts, expressions and request helpers are n8n's.
 * Only credential storage is in memory; that class lives in the n8n server, so its rule for `preAuthentication` is repeated here.
 */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

// n8n-core writes a settings file; set before it is loaded, to keep it out of the home directory.
process.env.N8N_USER_FOLDER ??= mkdtempSync(join(tmpdir(), 'n8n-core-'));
process.env.N8N_LOG_LEVEL ??= 'silent';
import 'reflect-metadata';
import { DataDeduplicationService, ExecutionLifecycleHooks, LoadOptionsContext, WorkflowExecute } from 'n8n-core';
import type {
	ICheckProcessedContextData,
	ICredentialDataDecryptedObject,
	ICredentialType,
	IDataObject,
	IHttpRequestHelper,
	IHttpRequestOptions,
	INode,
	INodeExecutionData,
	INodeListSearchResult,
	INodeType,
	IWorkflowExecuteAdditionalData,
} from 'n8n-workflow';
import { createRunExecutionData, ICredentialsHelper, NodeHelpers, Workflow } from 'n8n-workflow';
import { FinvisApi } from '../../credentials/FinvisApi.credentials';
import { FondoApi } from '../../credentials/FondoApi.credentials';
import { Finvis } from '../../nodes/Finvis/Finvis.node';
import { Fondo } from '../../nodes/Fondo/Fondo.node';

type Stored = Record<string, ICredentialDataDecryptedObject>;

class MemoryCredentials extends ICredentialsHelper {
	private readonly types: Record<string, ICredentialType> = { fondoApi: new FondoApi(), finvisApi: new FinvisApi() };

	constructor(readonly stored: Stored) {
		super();
	}

	getParentTypes() {
		return [];
	}

	isCredentialUsableByNode() {
		return true;
	}

	getCredentialsProperties(name: string) {
		return this.types[name].properties;
	}

	async getCredentials(): Promise<never> {
		throw new Error('not used by the request helpers');
	}

	async getDecrypted(_additional: IWorkflowExecuteAdditionalData, { id }: { id: string | null }, name: string) {
		const data = { ...this.stored[String(id)] };
		return NodeHelpers.getNodeParameters(
			this.getCredentialsProperties(name),
			data as never,
			true,
			false,
			null,
			null,
		) as ICredentialDataDecryptedObject;
	}

	async updateCredentials() {}

	async updateCredentialsOauthTokenData() {}

	async runPreAuthentication() {
		return undefined;
	}

	/** As the n8n server does: run when the expirable field is empty or the API answered 401, then store what came. */
	async preAuthentication(
		helpers: IHttpRequestHelper,
		credentials: ICredentialDataDecryptedObject,
		name: string,
		node: INode,
		expired: boolean,
	) {
		if (credentials.accessToken && !expired) return undefined;
		const output = await this.types[name].preAuthentication!.call(helpers, credentials);
		const id = String(node.credentials![name].id);
		this.stored[id] = { ...this.stored[id], ...(output as ICredentialDataDecryptedObject) };
		return Object.assign(credentials, output);
	}

	async authenticate(credentials: ICredentialDataDecryptedObject, name: string, options: IHttpRequestOptions) {
		const { authenticate } = this.types[name];
		return typeof authenticate === 'function' ? await authenticate.call(this.types[name], credentials, options) : options;
	}
}

/** The memory behind Remove Duplicates; the real one is a table of the n8n server. */
const kept = new Map<string, Set<unknown>>();
const of = (context: ICheckProcessedContextData) =>
	kept.get(`${context.workflow.id} ${context.node?.id}`) ??
	kept.set(`${context.workflow.id} ${context.node?.id}`, new Set()).get(`${context.workflow.id} ${context.node?.id}`)!;
void DataDeduplicationService.init({
	checkProcessedAndRecord: async (items, _scope, context) => {
		// As n8n does it: the whole row is read, changed and written, and what was written in between is lost.
		const row = new Set(of(context));
		await new Promise((resolve) => setImmediate(resolve));
		const fresh = items.filter((item) => !row.has(item));
		kept.set(`${context.workflow.id} ${context.node?.id}`, new Set([...row, ...items]));
		return { new: fresh, processed: items.filter((item) => !fresh.includes(item)) };
	},
	removeProcessed: async (items, _scope, context) => items.forEach((item) => of(context).delete(item)),
	clearAllProcessedItems: async (_scope, context) => of(context).clear(),
	getProcessedDataCount: async (_scope, context) => of(context).size,
});

/** As n8n makes a tool of a node: the same class under another name. */
function asTool<T extends INodeType>(node: T): T {
	node.description = { ...node.description, name: `${node.description.name}Tool` };
	return node;
}

const nodes: Record<string, INodeType> = {
	fondo: new Fondo(),
	finvis: new Finvis(),
	fondoTool: asTool(new Fondo()),
	finvisTool: asTool(new Finvis()),
};
const nodeTypes = {
	getByName: (name: string) => nodes[name],
	getByNameAndVersion: (name: string) => nodes[name],
	getKnownTypes: () => ({}),
};

export interface NodeSettings extends Partial<INode> {
	resource?: string;
	operation?: string;
	parameters?: INode['parameters'];
}

export interface Run {
	status: string;
	error?: { message: string; description?: string; httpCode?: string; context: IDataObject; name: string };
	items: INodeExecutionData[];
	json: IDataObject[];
	outputs: Array<INodeExecutionData[] | null>;
}

/** A small n8n with one node of type `fondo` or `finvis` and one credential for it. */
export class Engine {
	private readonly credentials: MemoryCredentials;

	constructor(
		private readonly type: 'fondo' | 'finvis',
		credential: IDataObject,
	) {
		this.credentials = new MemoryCredentials({ c1: credential as ICredentialDataDecryptedObject });
	}

	/** What n8n has stored of the credential. */
	get credential(): ICredentialDataDecryptedObject {
		return this.credentials.stored.c1;
	}

	set credential(data: ICredentialDataDecryptedObject) {
		this.credentials.stored.c1 = data;
	}

	private prepare({ resource, operation, parameters, ...settings }: NodeSettings) {
		const node: INode = {
			id: 'node-1',
			name: 'Node',
			type: this.type,
			typeVersion: 1,
			position: [0, 0],
			parameters: { ...(resource && { resource }), ...(operation && { operation }), ...parameters },
			credentials: { [`${this.type}Api`]: { id: 'c1', name: 'credential' } },
			...settings,
		};
		const workflow = new Workflow({
			id: 'wf-1',
			name: 'test',
			nodes: [node],
			connections: {},
			active: false,
			nodeTypes: nodeTypes as never,
		});
		const base = 'http://localhost:5678';
		const additional = {
			credentialsHelper: this.credentials,
			executionId: '1',
			hooks: new ExecutionLifecycleHooks('manual', '1', { id: 'wf-1', name: 'test', nodes: [node] } as never),
			currentNodeExecutionIndex: 0,
			restApiUrl: `${base}/rest`,
			instanceBaseUrl: `${base}/`,
			webhookBaseUrl: `${base}/webhook`,
			webhookTestBaseUrl: `${base}/webhook-test`,
			webhookWaitingBaseUrl: `${base}/webhook-waiting`,
			formWaitingBaseUrl: `${base}/form-waiting`,
			variables: {},
			currentNodeParameters: node.parameters,
			setExecutionStatus() {},
			logAiEvent() {},
		} as unknown as IWorkflowExecuteAdditionalData;
		return { node: workflow.getNode(node.name)!, workflow, additional };
	}

	/** Starts the node; the execution can be cancelled as n8n cancels it. */
	start(settings: NodeSettings, input: IDataObject[] = [{}]) {
		const { node, workflow, additional } = this.prepare(settings);
		const items = input.map((json) => ({ json }));
		const data = createRunExecutionData({
			executionData: { nodeExecutionStack: [{ node, data: { main: [items] }, source: null }] },
		} as never);
		const execution = new WorkflowExecute(additional, 'manual', data).processRunExecutionData(workflow);
		const done = (async (): Promise<Run> => {
			const run = await execution;
			const outputs = run.data.resultData.runData[node.name]?.[0]?.data?.main ?? [];
			const main = outputs[0] ?? [];
			return {
				status: run.status,
				error: run.data.resultData.error as unknown as Run['error'],
				outputs,
				items: main,
				json: main.map(({ json }) => json),
			};
		})();
		return { done, cancel: () => (execution as unknown as { cancel(): void }).cancel() };
	}

	async run(settings: NodeSettings, input?: IDataObject[]): Promise<Run> {
		return await this.start(settings, input).done;
	}

	/** What the editor gets when a locator's list is opened or searched. */
	async list(method: string, settings: NodeSettings, filter?: string, paginationToken?: string): Promise<INodeListSearchResult> {
		const { node, workflow, additional } = this.prepare(settings);
		const context = new LoadOptionsContext(workflow, node, additional, '');
		return await nodes[this.type].methods!.listSearch![method].call(context, filter, paginationToken);
	}
}
