// What the checks of the examples share: an example in n8n, its runs, and what both APIs have afterwards.
import { randomUUID } from 'node:crypto';
import type { IDataObject, INode } from 'n8n-workflow';
import { useStack } from '../../../tools/harness/jest/useStack';
import { jsonOf, outputOf, reasonOf, type Execution, type ExecutionRow, type SavedWorkflow } from '../../../tools/harness/n8n/client';
import { exampleWith, withSettings } from '../../../tools/harness/stack';
import { until } from '../../../tools/harness/until';

const PATIENCE_MS = 90_000;

export const { editorUrl, owner, sandbox } = useStack();

/** Proves what an example does. */
export type Check = (world: World, file: string) => Promise<void>;

/** An object of an API, whose fields a check compares. */
export interface Row {
	readonly id: string;
	readonly [field: string]: unknown;
}

export interface InvestorAccount {
	readonly id: string;
	readonly status: string;
	readonly balance: number;
	readonly ref: string;
}

export interface Journey {
	readonly id: string;
	readonly url: string;
	readonly clientId: string;
	readonly callbackUrl: string;
}

export interface BankAccount {
	readonly id: string;
	readonly currency: string;
	readonly iban: string;
	readonly available_balance: string;
}

/** The report of positions of Finvis. */
export interface Positions {
	readonly total: string;
	readonly positions: ReadonlyArray<{ company_id: string; booked_balance: string; available_balance: string }>;
}

/** The name of a batch without the mark that the node adds. */
export const nameOf = ({ name }: Pick<Batch, 'name'>) => name.replace(/ #\w{16}$/, '');

export interface Batch {
	readonly id: string;
	readonly name: string;
	readonly status: string;
	readonly execution_date: string;
	readonly total_amount: string;
}

export interface Approval {
	readonly id: string;
	readonly object_id: string;
	readonly requested_by: string;
}

export interface Receipt {
	readonly outcome: string;
	readonly reference: string;
	readonly fingerprint: string;
	readonly time: string;
}

/** An amount as the examples show it to people: `32 888 869,07`, with spaces that do not break. */
export const swedish = (amount: string | number) =>
	Number(amount)
		.toFixed(2)
		.replace('.', ',')
		.replace(/\B(?=(\d{3})+,)/g, '\u00A0');

/** The day in Stockholm, YYYY-MM-DD. */
export const today = () => new Date().toLocaleDateString('sv-SE', { timeZone: 'Europe/Stockholm' });

/** A customer ends a journey: complete or cancel. */
export const endJourney = async ({ url }: Journey, ending: 'complete' | 'cancel') =>
	expect((await fetch(`${url}/${ending}`, { method: 'POST' })).status).toBe(200);

/** Resolves with what a condition gives once it gives something. */
export const eventually = async <T>(what: string, ask: () => Promise<T | false | undefined>): Promise<T> =>
	await until<T>(ask, { what, timeoutMs: PATIENCE_MS, everyMs: 100 });

/** The items of a node over all its runs. */
export const itemsOf = <T = Row>(execution: Pick<Execution, 'data'>, node: string): T[] => jsonOf<T>(execution, node);

export const outcomesOf = (execution: Execution, node: string) =>
	itemsOf<{ receipt: Receipt }>(execution, node).map(({ receipt }) => receipt.outcome);

/** The only value of a search, which must be there. */
export function present<T>(value: T | undefined): T {
	if (value === undefined) throw new Error('What the check looks for is not there');
	return value;
}

export interface FileOfRun {
	readonly name: string | undefined;
	readonly type: string;
	readonly text: string;
}

/** A fresh sandbox, and n8n as its owner sees it. */
export class World {
	readonly sandbox = sandbox;

	readonly owner = owner;

	readonly client = owner.client;

	readonly published: SavedWorkflow[] = [];

	static async begin(): Promise<World> {
		await owner.newWorld();
		return new World();
	}

	async end(): Promise<void> {
		for (const workflow of this.published) await this.client.unpublish(workflow);
		await sandbox.clearFaults();
		expect(await sandbox.violations()).toEqual([]);
	}

	/** The example as the editor imports it, with webhook addresses of its own; with other settings and other nodes where given. */
	async imported(
		file: string,
		settings: Readonly<Record<string, unknown>> = {},
		nodesInstead: Readonly<Record<string, Partial<INode>>> = {},
	): Promise<SavedWorkflow> {
		const { nodes, ...example } = exampleWith(owner.credentials, file);
		const own = withSettings(nodes, settings)
			.map((node) => (node.webhookId ? { ...node, webhookId: randomUUID() } : node))
			.map((node) => ({ ...node, ...nodesInstead[node.name] }));
		return await this.client.createWorkflow({ ...example, nodes: own });
	}

	async publish(workflow: SavedWorkflow): Promise<void> {
		await this.client.publish(workflow);
		this.published.push(workflow);
	}

	start = async (workflow: SavedWorkflow, trigger = 'Start', items?: readonly IDataObject[]) =>
		await this.client.start(workflow, trigger, items);

	/** Runs it by hand to its end, and expects this status. */
	async run(workflow: SavedWorkflow, trigger = 'Start', status = 'success'): Promise<Execution> {
		return await this.ends(await this.start(workflow, trigger), status);
	}

	async ends(id: string, status = 'success'): Promise<Execution> {
		const ended = await this.client.ended(id, PATIENCE_MS);
		const reason = ended.status === 'error' && status === 'success' ? reasonOf(ended) : '';
		expect({ status: ended.status, reason }).toEqual({ status, reason: '' });
		return ended;
	}

	execution = async (id: string): Promise<Execution> => await this.client.execution(id);

	/** Resolves when the execution waits behind a node. */
	async waits(id: string, node: string): Promise<Execution> {
		const isThere = ({ status, data }: Execution) => status === 'waiting' && data.resultData.lastNodeExecuted === node;
		const what = `execution ${id} waits at '${node}'`;
		const explain = async () => {
			const { status, data } = await this.execution(id);
			const { lastNodeExecuted: last = '' } = data.resultData;
			return `It is ${status} at '${last}': ${JSON.stringify(itemsOf({ data }, last))}`;
		};
		return await until(
			async () => {
				const found = await this.execution(id);
				if (found.status === 'error') throw new Error(reasonOf(found));
				return isThere(found) && found;
			},
			{ what, timeoutMs: PATIENCE_MS, everyMs: 100, explain },
		);
	}

	/** The executions of a workflow, the oldest first. */
	executionsOf = async (workflow: SavedWorkflow): Promise<ExecutionRow[]> => await this.client.executions(workflow);

	/** The ID of the latest execution of a workflow. */
	latestOf = async (workflow: SavedWorkflow): Promise<string> => present((await this.executionsOf(workflow)).at(-1)).id;

	/** The files that a node gave. */
	async filesOf(execution: Execution, node: string): Promise<FileOfRun[]> {
		const files = outputOf(execution, node).flatMap(({ binary = {} }) => Object.values(binary));
		return await Promise.all(
			files.map(async ({ id, data, fileName, mimeType }) => {
				const path = `/rest/binary-data?id=${encodeURIComponent(id ?? '')}&action=download`;
				const text = id === undefined ? Buffer.from(data, 'base64').toString() : (await this.client.request('GET', path)).body;
				return { name: fileName, type: mimeType, text };
			}),
		);
	}

	/** A list of the simulated Fondo, past n8n. */
	fondoList = async <T = Row>(path: string): Promise<T[]> => await sandbox.fondo.read<T[]>(path);

	/** A list of the simulated Finvis, past n8n. */
	finvisList = async <T = Row>(path: string): Promise<T[]> => await sandbox.finvis.list<T>(path);

	requests = sandbox.requests;

	ledger = sandbox.ledger;
}
