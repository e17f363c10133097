// What the checks share: workflows on the n8n of somebody else, their answers and their executions.
import type { IDataObject, INodeParameters, IWorkflowSettings } from 'n8n-workflow';
import { Failure } from '../base/failure';
import { bodyOf } from '../harness/fetchPatiently';
import { jsonOf, reasonOf, type Execution, type SavedCredential, type SavedWorkflow, type WorkflowContent } from '../harness/n8n/client';
import { Executions } from '../harness/n8n/executions';
import type { PublicApi } from '../harness/n8n/publicApi';
import { ourNode, publishForReferences, type SavedTrigger } from '../harness/n8n/workflow';
import type { SandboxClient } from '../harness/sandbox';
import { credentialsFor } from '../harness/stack';
import { until } from '../harness/until';
import { move } from '../moveWorkflow/move';
import type { Service } from './services';

const PATIENCE_MS = 90_000;

/** An n8n can be set not to keep executions; the checks read them. */
const KEEP: IWorkflowSettings = { saveDataSuccessExecution: 'all', saveDataErrorExecution: 'all' };

/** An item of our nodes, as far as the checks compare it. */
export interface Item extends IDataObject {
	readonly id: string;
	readonly receipt?: { readonly outcome: string } & IDataObject;
}

/** A workflow that does one operation for each reference of a POST. */
export interface Callable {
	readonly workflow: SavedWorkflow;
	readonly path: string;
}

export class Trial {
	credentials: SavedCredential[] = [];

	/** `prefix` begins the name of everything that is made in n8n, and the references. */
	constructor(
		readonly n8n: PublicApi,
		readonly sandbox: SandboxClient,
		readonly packageName: string,
		readonly prefix: string,
	) {}

	async saveCredentials(services: readonly Service[]): Promise<void> {
		const types = services.map(({ api }) => `${api}Api`);
		for (const credential of credentialsFor(this.sandbox).filter(({ type }) => types.includes(type))) {
			this.credentials.push(await this.n8n.createCredential({ ...credential, name: `${this.prefix} ${credential.name}` }));
		}
	}

	/** n8n in the name of the user, with the names, types and settings that this run needs. */
	get client() {
		const createWorkflow = async (content: WorkflowContent): Promise<SavedWorkflow> => {
			const { nodes, connections, settings } = content;
			const named = { name: `${this.prefix} ${content.name}`, nodes, connections, settings: { ...settings, ...KEEP } };
			return await this.n8n.createWorkflow(JSON.parse(move(JSON.stringify(named), this.packageName).text));
		};
		return { createWorkflow, publish: this.n8n.publish.bind(this.n8n) };
	}

	async publish(name: string, { api }: Pick<Service, 'api'>, parameters: INodeParameters): Promise<Callable> {
		return await publishForReferences(this, name, [ourNode(this, api, parameters)]);
	}

	/** Runs the workflow: the items of its last node. */
	async call({ workflow, path }: Callable, reference = 'once'): Promise<Item[]> {
		// n8n answers 404 until it has registered the webhook, and has done nothing then.
		const post = async () => {
			const body = JSON.stringify({ references: [reference] });
			const response = await fetch(`${this.n8n.url}${path}`, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
			return response.status !== 404 && response;
		};
		const response = await until(post, { what: `n8n registers the webhook of '${workflow.name}'`, timeoutMs: PATIENCE_MS });
		if (response.ok) return await bodyOf<Item[]>(response);
		throw new Failure(`'${workflow.name}' answered ${response.status}: ${await this.#reasonOf(workflow)}`);
	}

	async #reasonOf({ id }: SavedWorkflow): Promise<string> {
		const path = `/executions?workflowId=${id}&status=error&includeData=true&limit=1`;
		const { data } = await this.n8n.publicApi<{ data: Execution[] }>('GET', path);
		return data[0] ? reasonOf(data[0]) : 'n8n kept no execution';
	}

	/** The items of a node over all executions of a workflow. */
	async itemsOf({ id }: SavedWorkflow, node: string): Promise<Item[]> {
		const path = `/executions?workflowId=${id}&includeData=true&limit=100`;
		const { data } = await this.n8n.publicApi<{ data: Execution[] }>('GET', path);
		return data.filter((one) => one.data?.resultData).flatMap((one) => jsonOf<Item>(one, node));
	}

	/** The IDs that started the trigger, the oldest first. */
	async startsOf(saved: SavedTrigger): Promise<string[]> {
		const executions = await new Executions<Item>(this.n8n, saved).read();
		return executions.flatMap(({ items }) => items.map(({ id }) => id));
	}

	async eventually<T>(what: string, condition: () => Promise<T | false>): Promise<T> {
		return await until<T>(condition, { what, timeoutMs: PATIENCE_MS, everyMs: 500 });
	}
}
