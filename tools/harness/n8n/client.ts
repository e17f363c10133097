import { randomUUID } from 'node:crypto';
import { parse } from 'flatted';
import type {
	ExecutionStatus,
	IConnections,
	IDataObject,
	INode,
	INodeExecutionData,
	INodeListSearchResult,
	IRunExecutionData,
	IWorkflowSettings,
} from 'n8n-workflow';
import { Failure } from '../../base/failure';
import { bodyOf, fetchPatiently } from '../fetchPatiently';
import { until } from '../until';

const POLL_MS = 250;
const PUBLISH_TIMEOUT_MS = 30_000;
const RUN_TIMEOUT_MS = 60_000;
const ENDED: readonly ExecutionStatus[] = ['success', 'error', 'crashed', 'canceled'];

export interface Account {
	readonly email: string;
	readonly password: string;
	readonly firstName: string;
	readonly lastName: string;
}

/** A credential as the owner enters it. */
export interface CredentialData {
	readonly name: string;
	readonly type: string;
	readonly data: Readonly<Record<string, string | boolean | readonly string[]>>;
}

export interface SavedCredential {
	readonly id: string;
	readonly name: string;
	readonly type: string;
}

export interface WorkflowContent {
	readonly name: string;
	readonly nodes: readonly INode[];
	readonly connections: IConnections;
	readonly settings?: IWorkflowSettings;
}

export interface SavedWorkflow extends WorkflowContent {
	readonly id: string;
	readonly versionId: string;
}

/** A row of n8n's list of executions. */
export interface ExecutionRow {
	readonly id: string;
	readonly status: ExecutionStatus;
	readonly mode: string;
	readonly workflowId: string;
	readonly workflowName?: string;
}

export interface Execution extends ExecutionRow {
	readonly data: IRunExecutionData & { readonly resumeToken?: string };
	/** What nodes have added to it. The editor calls it *Highlighted data*. */
	readonly customData: Readonly<Record<string, string>>;
}

interface StoredExecution extends Omit<Execution, 'data'> {
	readonly data: string;
}

const isStored = (data: unknown): data is { data: unknown } => typeof data === 'object' && data !== null && 'data' in data;

/** The REST calls of n8n's own editor, in the name of one signed-in user. */
export class N8nClient {
	#cookie = '';

	#apiKey?: string;

	// n8n binds the login cookie to the browser ID of the login.
	#browserId = randomUUID();

	constructor(readonly url: string) {}

	/** The raw answer. */
	async request(method: string, path: string, body?: unknown): Promise<{ status: number; body: string }> {
		const response = await fetchPatiently(`${this.url}${path}`, {
			method,
			headers: {
				accept: 'application/json',
				'browser-id': this.#browserId,
				...(this.#cookie && { cookie: this.#cookie }),
				...(body !== undefined && { 'content-type': 'application/json' }),
			},
			body: body === undefined ? undefined : JSON.stringify(body),
		});
		const cookie = response.headers.getSetCookie().find((line) => line.startsWith('n8n-auth='));
		if (cookie) [this.#cookie] = cookie.split(';');
		return { status: response.status, body: await response.text() };
	}

	/** The data of a good answer. */
	async call<T = unknown>(method: string, path: string, body?: unknown): Promise<T> {
		const answer = await this.request(method, path, body);
		if (answer.status >= 400) throw new Failure(`n8n answered ${answer.status} to ${method} ${path}: ${answer.body.slice(0, 500)}`);
		const parsed = JSON.parse(answer.body);
		return isStored(parsed) ? (parsed.data as T) : parsed;
	}

	/** A call of n8n's public API, with a key of its own. */
	async publicApi<T>(method: string, path: string): Promise<T> {
		this.#apiKey ??= await this.#newApiKey();
		const response = await fetchPatiently(`${this.url}/api/v1${path}`, { method, headers: { 'x-n8n-api-key': this.#apiKey } });
		if (!response.ok) throw new Failure(`n8n answered ${response.status} to ${method} ${path}: ${await response.text()}`);
		return await bodyOf<T>(response);
	}

	async #newApiKey(): Promise<string> {
		const key = { label: randomUUID(), scopes: ['execution:list', 'execution:read'], expiresAt: null };
		return (await this.call<{ rawApiKey: string }>('POST', '/rest/api-keys', key)).rawApiKey;
	}

	/** Creates the owner at the first start, and signs in at later ones. */
	async signIn({ email, password, firstName, lastName }: Account): Promise<void> {
		const setup = await this.request('POST', '/rest/owner/setup', { email, password, firstName, lastName });
		if (setup.status < 400) return;
		const login = await this.request('POST', '/rest/login', { emailOrLdapLoginId: email, password });
		if (login.status >= 400) {
			throw new Failure(
				`n8n neither created its owner (${setup.status}) nor accepted the login (${login.status}): ${login.body.slice(0, 200)}`,
				'if its password was changed in the editor, start with --fresh to remove the data of that n8n',
			);
		}
	}

	/** Invites a second person, who accepts at once, unless the person can sign in already. */
	async invite({ email, password, firstName, lastName }: Account): Promise<void> {
		const person = new N8nClient(this.url);
		const login = await person.request('POST', '/rest/login', { emailOrLdapLoginId: email, password });
		if (login.status < 400) return;
		const invited = [{ email, role: 'global:member' }];
		const [{ user }] = await this.call<Array<{ user: { inviteAcceptUrl: string } }>>('POST', '/rest/invitations', invited);
		const token = new URL(user.inviteAcceptUrl).searchParams.get('token');
		await person.call('POST', '/rest/invitations/accept', { token, password, firstName, lastName });
	}

	/** Creates the credential, or replaces the data of the credential with this name and type. */
	async saveCredential({ name, type, data }: CredentialData): Promise<SavedCredential> {
		const saved = await this.call<SavedCredential[]>('GET', '/rest/credentials');
		const existing = saved.find((one) => one.name === name && one.type === type);
		if (!existing) return await this.call('POST', '/rest/credentials', { name, type, data });
		return await this.call('PATCH', `/rest/credentials/${existing.id}`, { name, type, data });
	}

	/** The Test button of a credential. */
	async testCredential({ id, name, type }: SavedCredential, data: CredentialData['data']): Promise<{ status: string; message: string }> {
		return await this.call('POST', '/rest/credentials/test', { credentials: { id, name, type, data } });
	}

	async workflow(id: string): Promise<SavedWorkflow> {
		return await this.call('GET', `/rest/workflows/${id}`);
	}

	async workflowsNamed(name: string): Promise<SavedWorkflow[]> {
		const found = (await this.call<SavedWorkflow[]>('GET', '/rest/workflows')).filter((one) => one.name === name);
		return await Promise.all(found.map(async ({ id }) => await this.workflow(id)));
	}

	async createWorkflow({ name, nodes, connections, settings = {} }: WorkflowContent): Promise<SavedWorkflow> {
		return await this.call('POST', '/rest/workflows', { name, nodes, connections, settings, active: false });
	}

	async publicationStatus({ id }: Pick<SavedWorkflow, 'id'>): Promise<{ status: string }> {
		return await this.call('GET', `/rest/workflows/${id}/publication-status`);
	}

	/** Publishes the saved workflow, and waits until its triggers are on. */
	async publish({ id, versionId }: Pick<SavedWorkflow, 'id' | 'versionId'>, timeoutMs = PUBLISH_TIMEOUT_MS): Promise<void> {
		await this.call('POST', `/rest/workflows/${id}/activate`, { versionId });
		// n8n also answers not_published in the moment between two of its tables.
		const isPublished = async () => {
			const { status } = await this.publicationStatus({ id });
			if (status === 'failed' || status === 'partial') throw new Failure(`The workflow was not published: ${status}`);
			return status === 'published';
		};
		await until(isPublished, { what: 'the workflow is published', timeoutMs, everyMs: POLL_MS });
	}

	/** Turns the triggers of a workflow off. */
	async unpublish({ id }: Pick<SavedWorkflow, 'id'>): Promise<void> {
		await this.call('POST', `/rest/workflows/${id}/deactivate`, {});
	}

	/** Turns the triggers of every workflow off. */
	async unpublishAll(): Promise<void> {
		const filter = encodeURIComponent(JSON.stringify({ active: true }));
		const published = await this.call<Array<Pick<SavedWorkflow, 'id'>>>('GET', `/rest/workflows?filter=${filter}`);
		for (const workflow of published) await this.unpublish(workflow);
	}

	/** The Execute workflow button: the ID of the execution. `items` are what the trigger gives, where n8n cannot know it. */
	async start(workflow: SavedWorkflow, trigger = 'Start', items?: readonly IDataObject[]): Promise<string> {
		const data = items && {
			data: { main: [items.map((json) => ({ json }))] },
			executionIndex: 0,
			executionStatus: 'success',
			executionTime: 0,
			source: [null],
			startTime: 0,
		};
		const body = { workflowData: workflow, triggerToStartFrom: { name: trigger, ...(data && { data }) } };
		return (await this.call<{ executionId: string }>('POST', `/rest/workflows/${workflow.id}/run`, body)).executionId;
	}

	/** The Execute workflow button; resolves with the ended execution. */
	async run(workflow: SavedWorkflow, trigger = 'Start', timeoutMs = RUN_TIMEOUT_MS): Promise<Execution> {
		return await this.ended(await this.start(workflow, trigger), timeoutMs);
	}

	/** The Retry button in the list of executions; resolves with the ended execution. */
	async retry(executionId: string, timeoutMs = RUN_TIMEOUT_MS): Promise<Execution> {
		const { id } = await this.call<{ id: string }>('POST', `/rest/executions/${executionId}/retry`, { loadWorkflow: false });
		return await this.ended(id, timeoutMs);
	}

	/** An execution as it is now. */
	async execution(id: string): Promise<Execution> {
		const stored = await this.call<StoredExecution>('GET', `/rest/executions/${id}`);
		return { ...stored, data: stored.data && parse(stored.data) };
	}

	/** An execution once it has ended, with any status. */
	async ended(id: string, timeoutMs = RUN_TIMEOUT_MS): Promise<Execution> {
		let status = '';
		const hasEnded = async () => {
			const stored = await this.call<StoredExecution>('GET', `/rest/executions/${id}`);
			({ status } = stored);
			return ENDED.includes(stored.status) && { ...stored, data: parse(stored.data) };
		};
		const explain = () => `(it is still ${status})`;
		return await until<Execution>(hasEnded, { what: `execution ${id} ends`, timeoutMs, everyMs: POLL_MS, explain });
	}

	/** The executions of a workflow, or of all workflows, the oldest first; only those in a status where given. */
	async executions(workflow?: Pick<SavedWorkflow, 'id'>, status?: readonly string[]): Promise<ExecutionRow[]> {
		const filter = encodeURIComponent(JSON.stringify({ workflowId: workflow?.id, status }));
		const { results } = await this.call<{ results: ExecutionRow[] }>('GET', `/rest/executions?filter=${filter}&limit=100`);
		return [...results].sort((one, other) => Number(one.id) - Number(other.id));
	}

	/** The list of a From List field. */
	async listSearch(search: { node: INode; method: string; path: string; filter?: string }): Promise<INodeListSearchResult> {
		const { node, method, path, filter } = search;
		return await this.call('POST', '/rest/dynamic-node-parameters/resource-locator-results', {
			path,
			methodName: method,
			nodeTypeAndVersion: { name: node.type, version: node.typeVersion },
			currentNodeParameters: node.parameters,
			credentials: node.credentials,
			filter,
		});
	}
}

/** The items that a node gave in its first run. */
export const outputOf = ({ data }: Pick<Execution, 'data'>, node: string): INodeExecutionData[] =>
	data.resultData.runData[node]?.[0]?.data?.main?.[0] ?? [];

/** The JSON of the items that a node gave over all its runs, at one of its outputs. */
export const jsonOf = <T = IDataObject>({ data }: Pick<Execution, 'data'>, node: string, output = 0): T[] =>
	(data.resultData.runData[node] ?? []).flatMap((run) => run.data?.main?.[output] ?? []).map(({ json }) => json as T);

/** How often a node ran in an execution. */
export const runCountOf = ({ data }: Pick<Execution, 'data'>, node: string): number => data.resultData.runData[node]?.length ?? 0;

/** The reason of a failed execution, in one line. */
export function reasonOf({ data }: Pick<Execution, 'data'>): string {
	const { error, lastNodeExecuted } = data.resultData;
	const description = error && 'description' in error && error.description ? ` (${error.description})` : '';
	return `${lastNodeExecuted}: ${error?.message ?? 'no reason given'}${description}`;
}
