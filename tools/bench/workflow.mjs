import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { Failure } from '../failure.mjs';
import { ours } from '../n8n-host/triggerWorkflow.mjs';

const START = 'Start';
/** After this n8n has let go of the execution before. */
const SETTLE_MS = 1_000;

const node = (name, type, typeVersion, parameters, more = {}) => ({
	id: randomUUID(),
	name,
	type,
	typeVersion,
	position: [0, 0],
	parameters,
	...more,
});

const credential = ({ credentials }, type) => {
	const { id, name } = credentials.find((one) => one.type === type);
	return { credentials: { [type]: { id, name } } };
};

/** One of our action nodes, named Node. */
export const ourNode = (bench, api, parameters, more) =>
	node('Node', ours(api), 1, parameters, { ...credential(bench, `${api}Api`), ...more });

/** n8n's own HTTP Request node with the same credential, named Node. */
export const httpRequest = (bench, api, parameters, more) =>
	node(
		'Node',
		'n8n-nodes-base.httpRequest',
		4.2,
		{ authentication: 'predefinedCredentialType', nodeCredentialType: `${api}Api`, options: {}, ...parameters },
		{ ...credential(bench, `${api}Api`), ...more },
	);

/** A node of the package that does the least, with the Fondo credential, named Node. */
export const bareNode = (bench, type, parameters) =>
	node('Node', `n8n-nodes-bench-bare.${type}`, 1, parameters, credential(bench, 'fondoApi'));

/** Nodes that make `count` items, each with a number from 0 on. */
const itemsOf = (count) => [
	node('Make', 'n8n-nodes-base.set', 3.4, {
		assignments: {
			assignments: [
				{ id: randomUUID(), name: 'items', type: 'array', value: `={{ Array.from({ length: ${count} }, (_, number) => ({ number })) }}` },
			],
		},
		options: {},
	}),
	node('Items', 'n8n-nodes-base.splitOut', 1, { fieldToSplitOut: 'items', options: {} }),
];

/** Asks the probe what is held at the moment when the node before has ended. */
const mark = (bench) => node('Mark', 'n8n-nodes-base.httpRequest', 4.2, { url: bench.probe.markUrl, options: {} }, { executeOnce: true });

/** A workflow of somebody else, with a mark behind its last node. */
export const markedAfter = (bench, last, { nodes, connections, ...workflow }) => ({
	...workflow,
	nodes: [...nodes, mark(bench)],
	connections: { ...connections, [last]: { main: [[{ node: 'Mark', type: 'main', index: 0 }]] } },
});

const inRow = (nodes) =>
	Object.fromEntries(nodes.slice(1).map(({ name }, index) => [nodes[index].name, { main: [[{ node: name, type: 'main', index: 0 }]] }]));

/** A workflow that is started by hand: items, where wanted, the node, and a mark behind it. What succeeded is not saved: the probe has seen it. */
export async function saveWorkflow(bench, name, theNode, { items, marked = false } = {}) {
	const start = node(START, 'n8n-nodes-base.manualTrigger', 1, {});
	const nodes = [start, ...(items === undefined ? [] : itemsOf(items)), theNode, ...(marked ? [mark(bench)] : [])];
	const settings = { executionOrder: 'v1', saveDataSuccessExecution: 'none', saveManualExecutions: false };
	return await bench.client.createWorkflow({ name: `Bench: ${name}`, nodes, connections: inRow(nodes), settings });
}

/**
 * Runs a workflow and gives { wall, ok, failed, held, peakHeap, peakProcess }: milliseconds in the node called Node, over all its runs, or else
 * of the execution; items of that node that are and are no failures; where the workflow is marked, bytes of the heap that are alive behind it;
 * by how many bytes heap and process grew at most.
 */
export async function runWorkflow({ client, probe }, workflow, trigger = START) {
	await sleep(SETTLE_MS);
	await probe.ended(workflow);
	const before = await probe.begin();
	await client.call('POST', `/rest/workflows/${workflow.id}/run`, { workflowData: workflow, triggerToStartFrom: { name: trigger } });
	const { status, error, nodes, startedAt, endedAt } = await theOneFrom(trigger, probe, workflow);
	const { peak, heldAtMark } = await probe.end();
	if (status !== 'success') throw new Failure(`'${workflow.name}' ended with ${status}: ${error}`);
	const runs = nodes.Node ?? [{ startTime: startedAt, executionTime: endedAt - startedAt, items: 0, failed: 0 }];
	const last = runs.at(-1);
	const failed = runs.reduce((sum, run) => sum + run.failed, 0);
	return {
		wall: last.startTime + last.executionTime - runs[0].startTime,
		ok: runs.reduce((sum, run) => sum + run.items, 0) - failed,
		failed,
		...(heldAtMark && { held: heldAtMark.heap - before.heap }),
		peakHeap: peak.heap - before.heap,
		peakProcess: peak.rss - before.rss,
	};
}

// A workflow that calls itself ends many times.
async function theOneFrom(trigger, probe, workflow) {
	for (;;) {
		const found = (await probe.next(workflow)).find(({ nodes }) => trigger in nodes);
		if (found) return found;
	}
}

/** The same in an n8n that was started anew and has run another workflow once. */
export async function runAnew(bench, workflow, { trigger, warmUp }) {
	await bench.n8n.stop();
	await bench.n8n.start();
	await runWorkflow(bench, warmUp);
	return await runWorkflow(bench, workflow, trigger);
}
