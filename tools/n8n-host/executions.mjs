const PAGE = 100;
/** n8n does not list what is running, which may have a lower ID than much that has ended. */
const RUNNING_BEFORE = 2_000;
const LASTING = ['new', 'running', 'waiting'];

/** What n8n puts there for a node of a killed execution of which it has kept nothing. */
const isInvented = (data) => data?.main?.[0]?.[0]?.json?.isArtificialRecoveredEventItem === true;

// n8n keeps what a killed execution had begun with; what a node had given is in runData.
function itemsOf({ data: { resultData, executionData } }, node) {
	const given = resultData?.runData?.[node]?.[0]?.data;
	const begun = executionData?.nodeExecutionStack?.find((one) => one.node.name === node)?.data;
	return ((given && !isInvented(given) ? given : begun)?.main?.[0] ?? []).map(({ json }) => json);
}

/** Reads n8n's own list of the executions of a workflow, as it grows: n8n does not keep it for ever. */
export class Executions {
	/** What has ended, by ID: { id, status, startedAt, items }, items being what the trigger gave. */
	#ended = new Map();

	/** What has an ID up to here has ended and is read. */
	#readTo = 0;

	constructor(client, { workflow, trigger }) {
		this.client = client;
		this.workflowId = workflow.id;
		this.trigger = trigger;
	}

	/** Reads what is new, and gives all that has ended, the oldest first. */
	async read() {
		let firstOpen = Infinity;
		let cursor = '';
		do {
			const query = `workflowId=${this.workflowId}&includeData=true&limit=${PAGE}${cursor && `&cursor=${cursor}`}`;
			const { data, nextCursor } = await this.client.publicApi('GET', `/executions?${query}`);
			for (const execution of data) {
				const id = Number(execution.id);
				if (LASTING.includes(execution.status)) firstOpen = Math.min(firstOpen, id);
				else if (!this.#ended.has(id)) this.#ended.set(id, this.#factsOf(execution));
			}
			cursor = data.some(({ id }) => Number(id) <= this.#readTo) ? null : nextCursor;
		} while (cursor);
		this.#readTo = Math.min(firstOpen - 1, Math.max(this.#readTo, ...this.#ended.keys()) - RUNNING_BEFORE);
		return [...this.#ended.values()].sort((one, other) => one.id - other.id);
	}

	/**
	 * Reads what was cut short by a kill so early that n8n calls it running until its next start: of an n8n that has nothing left to do.
	 * It was handed over, and n8n has it.
	 */
	async readCutShort() {
		const query = `workflowId=${this.workflowId}&includeData=true&limit=${PAGE}&status=running`;
		const { data } = await this.client.publicApi('GET', `/executions?${query}`);
		const running = data.map((execution) => this.#factsOf(execution));
		const all = new Map([...running, ...(await this.read())].map((one) => [one.id, one]));
		return [...all.values()].sort((one, other) => one.id - other.id);
	}

	#factsOf({ id, status, startedAt, ...execution }) {
		return { id: Number(id), status, startedAt: Date.parse(startedAt), items: itemsOf(execution, this.trigger) };
	}
}
