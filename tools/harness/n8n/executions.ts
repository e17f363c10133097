import type { IDataObject, IRunExecutionData, ITaskDataConnections } from 'n8n-workflow';
import type { N8nClient } from './client';
import type { SavedTrigger } from './workflow';

const PAGE = 100;
/** n8n does not list running executions; an execution with a lower ID can still be running when this many later ones have ended. */
const RUNNING_BEFORE = 2_000;
const LASTING = ['new', 'running', 'waiting'];

interface ListedExecution {
	readonly id: string;
	readonly status: string;
	readonly startedAt: string;
	readonly data: Partial<IRunExecutionData>;
}

interface Page {
	readonly data: readonly ListedExecution[];
	readonly nextCursor: string | null;
}

/** An ended execution of a trigger workflow, and the items of its trigger. */
export interface TriggerExecution<Item = IDataObject> {
	readonly id: number;
	readonly status: string;
	/** Milliseconds since the epoch. */
	readonly startedAt: number;
	readonly items: readonly Item[];
}

/** n8n's placeholder for the output of a node in a killed execution whose data is lost. */
const isPlaceholder = (data: ITaskDataConnections) => data.main?.[0]?.[0]?.json?.isArtificialRecoveredEventItem === true;

// For a killed execution n8n keeps what it began with; the output of a node is in runData.
function itemsOf<Item>({ data: { resultData, executionData } }: ListedExecution, node: string): Item[] {
	const given = resultData?.runData?.[node]?.[0]?.data;
	const begun = executionData?.nodeExecutionStack?.find((one) => one.node.name === node)?.data;
	return ((given && !isPlaceholder(given) ? given : begun)?.main?.[0] ?? []).map(({ json }) => json as Item);
}

/** Reads n8n's list of the executions of a workflow as it grows, because n8n does not keep the list for ever. */
export class Executions<Item = IDataObject> {
	readonly #ended = new Map<number, TriggerExecution<Item>>();

	/** Every execution up to this ID has ended and is read. */
	#highWatermark = 0;

	readonly #workflowId: string;

	readonly #trigger: string;

	constructor(
		private readonly client: Pick<N8nClient, 'publicApi'>,
		{ workflow, trigger }: { workflow: { id: string }; trigger: string } | SavedTrigger,
	) {
		this.#workflowId = workflow.id;
		this.#trigger = trigger;
	}

	/** All executions that have ended, the oldest first. */
	async read(): Promise<Array<TriggerExecution<Item>>> {
		let firstOpen = Infinity;
		let cursor: string | null = '';
		do {
			const query: string = `workflowId=${this.#workflowId}&includeData=true&limit=${PAGE}${cursor && `&cursor=${cursor}`}`;
			const { data, nextCursor } = await this.client.publicApi<Page>('GET', `/executions?${query}`);
			for (const execution of data) {
				const id = Number(execution.id);
				if (LASTING.includes(execution.status)) firstOpen = Math.min(firstOpen, id);
				else if (!this.#ended.has(id)) this.#ended.set(id, this.#factsOf(execution));
			}
			cursor = data.some(({ id }) => Number(id) <= this.#highWatermark) ? null : nextCursor;
		} while (cursor);
		this.#highWatermark = Math.min(firstOpen - 1, Math.max(this.#highWatermark, ...this.#ended.keys()) - RUNNING_BEFORE);
		return [...this.#ended.values()].sort((one, other) => one.id - other.id);
	}

	/**
	 * As `read`, with the executions that a kill ended so early that n8n calls them running until its next start. Only for an n8n that has
	 * no more work: the trigger emitted their items, and n8n has them.
	 */
	async readInterrupted(): Promise<Array<TriggerExecution<Item>>> {
		const query = `workflowId=${this.#workflowId}&includeData=true&limit=${PAGE}&status=running`;
		const { data } = await this.client.publicApi<Page>('GET', `/executions?${query}`);
		const running = data.map((execution) => this.#factsOf(execution));
		const all = new Map([...running, ...(await this.read())].map((one) => [one.id, one]));
		return [...all.values()].sort((one, other) => one.id - other.id);
	}

	#factsOf(execution: ListedExecution): TriggerExecution<Item> {
		const { id, status, startedAt } = execution;
		return { id: Number(id), status, startedAt: Date.parse(startedAt), items: itemsOf<Item>(execution, this.#trigger) };
	}
}
