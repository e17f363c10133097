import { setTimeout as sleep } from 'node:timers/promises';
import type { INode, INodeParameters } from 'n8n-workflow';
import { Failure } from '../base/failure';
import type { SavedWorkflow, WorkflowContent } from '../harness/n8n/client';
import * as harness from '../harness/n8n/workflow';
import { BARE_PACKAGE, type BenchStack } from './bench';
import type { EndedExecution, RunFigures } from './inside/messages';

/** The node that a job measures. */
const MEASURED = 'Node';
const START = 'Start';
const MARK = 'Mark';
/** n8n needs this long to release the execution before. */
const SETTLE_MS = 1_000;

type Settings = harness.NodeSettings;

/** The measured node: an action node of this package. */
export const ourNode = (bench: BenchStack, api: harness.Api, parameters: INodeParameters, settings?: Settings): INode =>
	harness.ourNode(bench, api, parameters, { name: MEASURED, ...settings });

/** The measured node: n8n's own HTTP Request node with the same credential. */
export const httpRequest = ({ credentials }: BenchStack, api: harness.Api, parameters: INodeParameters, settings?: Settings): INode =>
	harness.node(
		MEASURED,
		'n8n-nodes-base.httpRequest',
		{ authentication: 'predefinedCredentialType', nodeCredentialType: `${api}Api`, options: {}, ...parameters },
		{ typeVersion: 4.2, credentials: harness.credentialsOf(harness.ours(api), credentials), ...settings },
	);

/** The measured node: a bare node with the Fondo credential. */
export const bareNode = ({ credentials }: BenchStack, type: string, parameters: INodeParameters): INode =>
	harness.node(MEASURED, `${BARE_PACKAGE}.${type}`, parameters, {
		credentials: harness.credentialsOf(harness.ours('fondo'), credentials),
	});

/** Nodes that give `count` items, numbered from 0. */
const itemsOf = (count: number): INode[] => [
	harness.node(
		'Make',
		'n8n-nodes-base.set',
		{
			assignments: {
				assignments: [
					{ id: 'items', name: 'items', type: 'array', value: `={{ Array.from({ length: ${count} }, (_, number) => ({ number })) }}` },
				],
			},
			options: {},
		},
		{ typeVersion: 3.4 },
	),
	harness.itemFor('items', 'Items'),
];

/** Asks the probe for the memory in use when the node before has ended. */
const mark = ({ probe }: BenchStack): INode =>
	harness.node(MARK, 'n8n-nodes-base.httpRequest', { url: probe.markUrl, options: {} }, { typeVersion: 4.2, executeOnce: true });

/** A workflow with a mark after its last node. */
export const markedAfter = (bench: BenchStack, last: string, { nodes, connections, ...workflow }: WorkflowContent): WorkflowContent => ({
	...workflow,
	nodes: [...nodes, mark(bench)],
	connections: { ...connections, [last]: { main: [[{ node: MARK, type: 'main', index: 0 }]] } },
});

export interface MeasuredOptions {
	/** How many items the measured node gets; one when left out. */
	readonly items?: number;
	/** Whether to mark the moment after the measured node. */
	readonly marked?: boolean;
}

/** Saves a workflow with a manual trigger and the measured node. n8n does not save its executions, because the probe sees them. */
export async function saveMeasured(bench: BenchStack, name: string, measured: INode, { items, marked = false }: MeasuredOptions = {}) {
	const nodes = [harness.manualTrigger(START), ...(items === undefined ? [] : itemsOf(items)), measured, ...(marked ? [mark(bench)] : [])];
	const settings = { saveDataSuccessExecution: 'none' as const, saveManualExecutions: false };
	return await harness.saveWorkflow(bench, `Bench: ${name}`, nodes, { settings });
}

/** The next execution that the trigger started, because a workflow that calls itself ends many times. */
async function nextFrom(trigger: string, { probe }: BenchStack, workflow: SavedWorkflow): Promise<EndedExecution> {
	for (;;) {
		const found = (await probe.next(workflow)).find(({ nodes }) => trigger in nodes);
		if (found) return found;
	}
}

/** Runs a workflow, and returns the figures of its measured node over all its runs, or of the execution where it has none. */
export async function runWorkflow(bench: BenchStack, workflow: SavedWorkflow, trigger = START): Promise<RunFigures> {
	const { client, probe } = bench;
	await sleep(SETTLE_MS);
	await probe.ended(workflow);
	const before = await probe.begin();
	await client.start(workflow, trigger);
	const { status, error, nodes, startedAt, endedAt } = await nextFrom(trigger, bench, workflow);
	const { peak, atMark } = await probe.end();
	if (status !== 'success') throw new Failure(`'${workflow.name}' ended with ${status}: ${error}`);
	const runs = nodes[MEASURED] ?? [{ startTime: startedAt, executionTime: endedAt - startedAt, items: 0, failed: 0 }];
	const last = runs[runs.length - 1];
	const failed = runs.reduce((sum, run) => sum + run.failed, 0);
	return {
		wall: last.startTime + last.executionTime - runs[0].startTime,
		ok: runs.reduce((sum, run) => sum + run.items, 0) - failed,
		failed,
		held: atMark ? atMark.heap - before.heap : 0,
		peakHeap: peak.heap - before.heap,
		peakProcess: peak.rss - before.rss,
	};
}

/** As `runWorkflow`, in a fresh n8n that has run another workflow once. */
export async function runInFreshN8n(
	bench: BenchStack,
	workflow: SavedWorkflow,
	{ trigger, warmUp }: { trigger?: string; warmUp: SavedWorkflow },
): Promise<RunFigures> {
	await bench.n8n.stop();
	await bench.n8n.start();
	await runWorkflow(bench, warmUp);
	return await runWorkflow(bench, workflow, trigger);
}
