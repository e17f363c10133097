/**
 * Runs one node inside the real engine of n8n-core: WorkflowExecute, contexts, expressions and request helpers are n8n's.
 * What the n8n server itself does around it is repeated in memory: stored credentials, static data, keys of executions.
 */
import { EventEmitter } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A folder that the process of the tests removes when it ends. */
function temporaryFolder(): string {
	const folder = mkdtempSync(join(tmpdir(), 'n8n-core-'));
	process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
	return folder;
}

// n8n-core writes a settings file; set before it is loaded, to keep it out of the home directory.
process.env.N8N_USER_FOLDER ??= temporaryFolder();
process.env.N8N_LOG_LEVEL ??= 'silent';
import 'reflect-metadata';
import { Logger } from '@n8n/backend-common';
import {
	DataDeduplicationService,
	ExecutionLifecycleHooks,
	HookContext,
	LoadOptionsContext,
	PollContext,
	TriggerContext,
	WebhookContext,
	WorkflowExecute,
} from 'n8n-core';
import type {
	IAllExecuteFunctions,
	ICheckProcessedContextData,
	ICredentialDataDecryptedObject,
	IDataObject,
	IExecuteFunctions,
	INode,
	INodeExecutionData,
	INodeListSearchResult,
	INodeType,
	IRun,
	IWebhookData,
	IWorkflowExecuteAdditionalData,
	NodeExecutionHint,
	WorkflowActivateMode,
	WorkflowExecuteMode,
} from 'n8n-workflow';
import { createRunExecutionData, Workflow } from 'n8n-workflow';
import { Finvis } from '../../nodes/Finvis/Finvis.node';
import { FinvisTrigger } from '../../nodes/Finvis/FinvisTrigger.node';
import { Fondo } from '../../nodes/Fondo/Fondo.node';
import { FondoJourneyTrigger } from '../../nodes/Fondo/FondoJourneyTrigger.node';
import { FondoPollingTrigger } from '../../nodes/Fondo/FondoPollingTrigger.node';
import { FondoTrigger } from '../../nodes/Fondo/FondoTrigger.node';
import { FondoWebhookTrigger } from '../../nodes/Fondo/FondoWebhookTrigger.node';
import { MemoryCredentials } from './credentials';

const kept = new Map<string, unknown[]>();

/** The memory behind Remove Duplicates; the real one is a table of the n8n server. A test that restarts n8n keeps the rows elsewhere. */
export const memoryRows = {
	read: async (row: string): Promise<unknown[]> => await new Promise((resolve) => setImmediate(() => resolve(kept.get(row) ?? []))),
	write: async (row: string, items: unknown[]): Promise<void> => void kept.set(row, items),
};

const rowOf = ({ workflow, node }: ICheckProcessedContextData) => `${workflow.id} ${node?.id}`;

/** Test files and processes share one n8n-core. From now on its service keeps what it is given in the rows of this module. */
export function useMemoryRows(): void {
	Object.assign(DataDeduplicationService, { instance: undefined });
	void DataDeduplicationService.init({
		// As n8n does it: the whole row is read, changed and written, and what was written in between is lost.
		checkProcessedAndRecord: async (items, _scope, context) => {
			const row = new Set(await memoryRows.read(rowOf(context)));
			const fresh = items.filter((item) => !row.has(item));
			await memoryRows.write(rowOf(context), [...row, ...fresh]);
			return { new: fresh, processed: items.filter((item) => !fresh.includes(item)) };
		},
		removeProcessed: async (items, _scope, context) => {
			const row = await memoryRows.read(rowOf(context));
			await memoryRows.write(
				rowOf(context),
				row.filter((one) => !items.some((item) => item === one)),
			);
		},
		clearAllProcessedItems: async (_scope, context) => await memoryRows.write(rowOf(context), []),
		getProcessedDataCount: async (_scope, context) => (await memoryRows.read(rowOf(context))).length,
	});
}
useMemoryRows();

/** By default n8n writes no debug lines. Its logger would look up the caller of each. */
Logger.prototype.debug = () => {};

/** As n8n makes a tool of a node: the same class under another name. */
function asTool<T extends INodeType>(node: T): T {
	node.description = { ...node.description, name: `${node.description.name}Tool` };
	return node;
}

type Ask = IExecuteFunctions['helpers']['httpRequestWithAuthentication'];

/** The helper of n8n 1.x: it knows no exception from the statuses to ignore, and its errors keep no cause. */
function asN8n1<T extends INodeType>(node: T): T {
	const execute = node.execute!;
	node.execute = async function (this: IExecuteFunctions) {
		const { httpRequestWithAuthentication: ask } = this.helpers;
		const ask1: Ask = async function (this: IAllExecuteFunctions, type, { ignoreHttpStatusErrors, ...options }, ...more) {
			const call = ask.call(this, type, { ...options, ignoreHttpStatusErrors: Boolean(ignoreHttpStatusErrors) }, ...more);
			return await call.catch(async (error: Error) => await Promise.reject(Object.assign(error, { cause: undefined })));
		};
		const helpers = { ...this.helpers, httpRequestWithAuthentication: ask1 };
		return await execute.call(Object.create(this, { helpers: { value: helpers } }) as IExecuteFunctions);
	};
	return node;
}

const nodes: Record<string, INodeType> = {
	fondoOnN8n1: asN8n1(new Fondo()),
	finvisOnN8n1: asN8n1(new Finvis()),
	fondo: new Fondo(),
	finvis: new Finvis(),
	fondoTool: asTool(new Fondo()),
	finvisTool: asTool(new Finvis()),
	finvisTrigger: new FinvisTrigger(),
	fondoTrigger: new FondoTrigger(),
	fondoPollingTrigger: new FondoPollingTrigger(),
	fondoJourneyTrigger: new FondoJourneyTrigger(),
	fondoWebhookTrigger: new FondoWebhookTrigger(),
};
const nothing = { description: { name: 'nothing', inputs: ['main'], outputs: ['main'], properties: [] }, execute: async () => [[]] };
nodes.nothing = nothing as unknown as INodeType;

const to = (node: string) => ({ node, type: 'main' as const, index: 0 });

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
	/** What the editor shows above the output. */
	hints: NodeExecutionHint[];
	/** The data by which n8n's list of executions is searched. */
	customData: Record<string, string>;
	/** The end of a waiting execution's wait, and the items that it goes on with when no call comes. */
	waiting?: { until: Date; input: IDataObject[] };
}

/** What surrounds a call of a trigger or a webhook. */
export interface Around {
	mode?: WorkflowExecuteMode;
	activation?: WorkflowActivateMode;
	/** As stored by n8n; a plain object, so that a test can go on with what an earlier call left. */
	staticData?: IDataObject;
	/** A copied workflow is the same node under another workflow ID. */
	workflowId?: string;
	executionId?: string;
	/** Where n8n is reached. */
	base?: string;
	/** A further node, which gives nothing, leads back to the node. */
	isLooped?: boolean;
	/** Of the workflow; n8n's own when left out. */
	timezone?: string;
}

export interface Listening extends Around {
	/** The execution that an emit starts; `donePromise` follows it, also when it throws. */
	execute?(json: IDataObject[]): Promise<IRun['status'] | void>;
}

export interface Called extends Around {
	headers?: Record<string, string | string[]>;
	query?: IDataObject;
	body?: unknown;
	/** The bytes as sent; else they are made of the body. `null`: n8n has kept none. */
	rawBody?: Buffer | string | null;
	/** Name of the webhook in the description. */
	name?: string;
	/** The execution cannot start, for example without a database: the caller gets a 500. */
	cannotStart?: boolean;
	/** Items of the node, for the webhook that resumes a waiting execution. */
	input?: IDataObject[];
}

export type FondoType = 'fondo' | 'fondoOnN8n1' | 'fondoTrigger' | 'fondoPollingTrigger' | 'fondoJourneyTrigger' | 'fondoWebhookTrigger';
export type FinvisType = 'finvis' | 'finvisOnN8n1' | 'finvisTrigger';

const plain = (data: IDataObject): IDataObject => JSON.parse(JSON.stringify(data)) as IDataObject;

/** A small n8n with one node and one credential for it. */
export class Engine {
	private readonly credentials: MemoryCredentials;
	/** Keys of the executions in n8n's database. */
	private readonly keys = new Set<string>();

	constructor(
		private readonly type: FondoType | FinvisType,
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

	private prepare(
		{ resource, operation, parameters, ...settings }: NodeSettings,
		{
			mode = 'manual',
			staticData = {},
			workflowId = 'wf-1',
			executionId = '1',
			base = 'http://localhost:5678',
			isLooped = false,
			timezone,
		}: Around = {},
	) {
		const credentialType = this.type.startsWith('fondo') ? 'fondoApi' : 'finvisApi';
		const node: INode = {
			id: 'node-1',
			name: 'Node',
			type: this.type,
			typeVersion: 1,
			position: [0, 0],
			parameters: { ...(resource && { resource }), ...(operation && { operation }), ...parameters },
			credentials: { [credentialType]: { id: 'c1', name: 'credential' } },
			webhookId: 'hook-1',
			...settings,
		};
		const workflow = new Workflow({
			id: workflowId,
			name: 'test',
			nodes: isLooped ? [node, { ...node, id: 'node-2', name: 'Back', type: 'nothing', parameters: {} }] : [node],
			connections: isLooped ? { [node.name]: { main: [[to('Back')]] }, Back: { main: [[to(node.name)]] } } : {},
			active: mode !== 'manual',
			nodeTypes: nodeTypes as never,
			settings: { timezone },
			staticData: { [`node:${node.name}`]: plain(staticData) },
		});
		const additional = {
			credentialsHelper: this.credentials,
			executionId,
			hooks: new ExecutionLifecycleHooks(mode, executionId, { id: workflowId, name: 'test', nodes: [node] } as never),
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
		const stored = () => plain(workflow.getStaticData('node', node));
		return { node: workflow.getNode(node.name)!, workflow, additional, stored };
	}

	private webhookData(
		node: INode,
		workflow: Workflow,
		workflowExecuteAdditionalData: IWorkflowExecuteAdditionalData,
		name: string,
		isTest: boolean,
	): IWebhookData {
		const webhookDescription = nodes[this.type].description.webhooks!.find((one) => one.name === name)!;
		const path = `${node.webhookId}/${webhookDescription.path}`;
		return {
			httpMethod: 'POST',
			node: node.name,
			path,
			webhookDescription,
			workflowId: workflow.id,
			workflowExecuteAdditionalData,
			isTest,
		};
	}

	/** Starts the node; the execution can be cancelled as n8n cancels it. */
	start(settings: NodeSettings, input: IDataObject[] = [{}], around?: Around) {
		const { node, workflow, additional } = this.prepare(settings, around);
		const items = input.map((json) => ({ json }));
		const data = createRunExecutionData({
			executionData: { nodeExecutionStack: [{ node, data: { main: [items] }, source: null }] },
		} as never);
		const execution = new WorkflowExecute(additional, around?.mode ?? 'manual', data).processRunExecutionData(workflow);
		const done = (async (): Promise<Run> => {
			const run = await execution;
			const task = run.data.resultData.runData[node.name]?.[0];
			const outputs = task?.data?.main ?? [];
			const main = outputs[0] ?? [];
			const stack = run.data.executionData?.nodeExecutionStack ?? [];
			const input = (stack[0]?.data.main?.[0] ?? []).map(({ json }) => json);
			return {
				...(run.data.waitTill ? { waiting: { until: run.data.waitTill, input } } : {}),
				status: run.status,
				error: run.data.resultData.error as unknown as Run['error'],
				outputs,
				hints: task?.hints ?? [],
				customData: run.data.resultData.metadata ?? {},
				items: main,
				json: main.map(({ json }) => json),
			};
		})();
		return { done, cancel: () => (execution as unknown as { cancel(): void }).cancel() };
	}

	async run(settings: NodeSettings, input?: IDataObject[], around?: Around): Promise<Run> {
		return await this.start(settings, input, around).done;
	}

	/** What the editor gets when a locator's list is opened or searched. */
	async list(method: string, settings: NodeSettings, filter?: string, paginationToken?: string): Promise<INodeListSearchResult> {
		const { node, workflow, additional } = this.prepare(settings);
		const context = new LoadOptionsContext(workflow, node, additional, '');
		return await nodes[this.type].methods!.listSearch![method].call(context, filter, paginationToken);
	}
	/** Starts a trigger as n8n does when the workflow is published (`activate`), changed (`update`) or n8n started (`init`). */
	async trigger(settings: NodeSettings, { mode = 'trigger', activation = 'activate', execute, ...around }: Listening = {}) {
		const { node, workflow, additional, stored } = this.prepare(settings, { ...around, mode });
		const emitted: Array<{ json: IDataObject[]; key?: string }> = [];
		const errors: Error[] = [];
		const failed: Error[] = [];
		let saved: IDataObject | undefined;
		const context: TriggerContext = new TriggerContext(
			workflow,
			node,
			additional,
			mode,
			activation,
			([items], _response, donePromise, key) => {
				saved = mode === 'manual' ? saved : stored();
				if (key !== undefined && this.keys.has(key)) return donePromise?.resolve(undefined as never);
				if (key !== undefined) this.keys.add(key);
				const json = items.map((item) => item.json);
				emitted.push({ json, key });
				void Promise.resolve(execute?.(json)).then(
					(status) => donePromise?.resolve({ status: status ?? 'success', finished: !status || status === 'success' } as IRun),
					(error: Error) => {
						// What was stopped was started, and keeps its key.
						if (key !== undefined && !error.constructor.name.includes('Cancel')) this.keys.delete(key);
						donePromise?.reject(error);
					},
				);
			},
			(error) => errors.push(error),
			(error) => failed.push(error),
		);
		const response = await nodes[this.type].trigger!.call(context);
		const events = () => emitted.flatMap(({ json }) => json);
		return {
			emitted,
			/** The items of all executions. */
			events,
			/** The items about one object. */
			of: (id: unknown) => events().filter((event) => event.id === id),
			errors,
			/** Failed executions that the trigger has left in the list. */
			failed,
			get staticData() {
				return stored();
			},
			/** What n8n's database holds since the last emit. */
			get saved() {
				return saved;
			},
			/** Listens for one event, as the editor does. */
			manual: async () => await response?.manualTriggerFunction?.(),
			close: async () => await response?.closeFunction?.(),
		};
	}

	/** A polling trigger as n8n keeps it: one context for all its rounds. */
	poller(settings: NodeSettings, { mode = 'trigger', activation = 'update', ...around }: Around = {}) {
		const { node, workflow, additional, stored } = this.prepare(settings, { ...around, mode });
		const errors: Error[] = [];
		const context = new PollContext(workflow, node, additional, mode, activation, undefined, (error) => errors.push(error));
		return async () => {
			const items = (await nodes[this.type].poll!.call(context))?.[0] ?? [];
			return { items, json: items.map(({ json }) => json), errors, staticData: stored() };
		};
	}

	/** One round of a polling trigger. */
	async poll(settings: NodeSettings, around: Around = {}) {
		return await this.poller(settings, around)();
	}

	/** What n8n asks of a webhook trigger around publishing, or around listening in the editor (`isTest`), which ends in mode `internal`. */
	async hook(
		settings: NodeSettings,
		method: 'checkExists' | 'create' | 'delete',
		{ mode = 'trigger', activation = 'activate', isTest = mode === 'manual', ...around }: Around & { isTest?: boolean } = {},
	) {
		const { node, workflow, additional, stored } = this.prepare(settings, { ...around, mode });
		const webhook = this.webhookData(node, workflow, additional, 'default', isTest);
		const context = new HookContext(workflow, node, additional, mode, activation, webhook);
		const result = await nodes[this.type].webhookMethods!.default![method]!.call(context);
		return { result, staticData: stored() };
	}

	/** One request to the node's webhook; `status` and `body` are what the caller gets. */
	async webhook(settings: NodeSettings, called: Called = {}) {
		const { mode = 'webhook', headers = {}, query = {}, body = {}, name = 'default', input, cannotStart, ...around } = called;
		const { node, workflow, additional, stored } = this.prepare(settings, { ...around, mode });
		const rawBody = called.rawBody === null ? undefined : Buffer.from(called.rawBody ?? JSON.stringify(body));
		const sent = Object.assign(new EventEmitter(), { statusCode: 200, body: undefined as unknown });
		const response = Object.assign(sent, {
			status: (statusCode: number) => Object.assign(sent, { statusCode }),
			setHeader: () => sent,
			json: (body: unknown) => Object.assign(sent, { body }),
			send: (body: unknown) => Object.assign(sent, { body }),
			end: () => sent,
		});
		additional.httpRequest = { headers, rawBody, body, query, params: {}, method: 'POST' } as never;
		additional.httpResponse = response as never;
		const items = input?.map((json) => ({ json }));
		const data =
			items && createRunExecutionData({ executionData: { nodeExecutionStack: [{ node, data: { main: [items] }, source: null }] } });
		const webhook = this.webhookData(node, workflow, additional, name, mode === 'manual');
		const context = new WebhookContext(workflow, node, additional, mode, webhook, [], data ?? null);
		const result = await nodes[this.type].webhook!.call(context);
		const json = result.workflowData?.[0]?.map((item) => item.json);
		if (cannotStart && json) sent.statusCode = 500;
		sent.emit('close');
		return {
			result,
			json,
			status: sent.statusCode,
			body: result.noWebhookResponse ? sent.body : result.webhookResponse,
			staticData: stored(),
		};
	}
}
