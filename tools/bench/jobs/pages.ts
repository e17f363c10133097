import type { IConnection, IConnections } from 'n8n-workflow';
import type { SavedWorkflow } from '../../harness/n8n/client';
import { byId } from '../../harness/n8n/workflow';
import { saveExample } from '../../harness/stack';
import type { BenchStack } from '../bench';
import type { BenchPlan, JobResult } from '../job';
import { MEBIBYTE, mebibytes, seconds } from '../numbers';
import { runRawLoop } from '../rawLoop';
import { inRounds } from '../rounds';
import { markedAfter, ourNode, runInFreshN8n, saveMeasured } from '../workflow';
import { filledList } from './list';

const EXAMPLE = 'process-in-pages.json';
const LAST = 'Done';
const SUB_WORKFLOW = 'Read and work on a page';
const MAX_GROWTH = 140 * MEBIBYTE;

/** The example, with a mark after it. */
const saveAsExample = async (bench: BenchStack, example: SavedWorkflow) =>
	await bench.client.createWorkflow(markedAfter(bench, LAST, { ...example, name: 'Bench: pages in sub-workflows' }));

const to = (node: string): IConnection => ({ node, type: 'main', index: 0 });

/** The nodes of the example that work on a page, in a loop of one execution. n8n then keeps the data of every turn. */
async function saveAsLoop(bench: BenchStack, { nodes, connections, ...example }: SavedWorkflow): Promise<SavedWorkflow> {
	const { [SUB_WORKFLOW]: _, ...others } = connections;
	const inLoop: IConnections = {
		...others,
		'Before the first page': { main: [[to('A page')]] },
		'Work on the page': { main: [[to('More?')]] },
		'More?': { main: [[to('A page')], [to(LAST)]] },
	};
	const loop = nodes
		.filter(({ name }) => name !== SUB_WORKFLOW)
		// A node that passes its items on takes the place of the trigger of the sub-workflow.
		.map((one) => (one.name === 'A page' ? { ...one, type: 'n8n-nodes-base.noOp', typeVersion: 1, parameters: {} } : one));
	const workflow = { ...example, name: 'Bench: pages in one execution', nodes: loop, connections: inLoop };
	return await bench.client.createWorkflow(markedAfter(bench, LAST, workflow));
}

/** Reads a list that is too long to be held, a page at a time. n8n starts fresh for each way, because a process releases little memory. */
export async function pages(bench: BenchStack, { rounds, quick, log }: BenchPlan): Promise<JobResult> {
	const count = quick ? 10_000 : 100_000;
	const { client, url } = await filledList(bench, count);
	const getMany = { resource: 'cashTransaction', operation: 'getMany', client: byId(client) };
	const { workflow: example, trigger } = await saveExample(bench, EXAMPLE);
	const asExample = await saveAsExample(bench, example);
	const asLoop = await saveAsLoop(bench, example);
	const warmUp = await saveMeasured(bench, 'a page', ourNode(bench, 'fondo', { ...getMany, limit: 1_000 }));
	const whole = await saveMeasured(bench, 'all pages', ourNode(bench, 'fondo', { ...getMany, returnAll: true }), { marked: true });
	const figures = await inRounds(
		quick ? 1 : Math.min(rounds, 3),
		{
			'Process in Pages, a sub-workflow for each page': async () => await runInFreshN8n(bench, asExample, { trigger, warmUp }),
			'Process in Pages, a loop in one execution': async () => await runInFreshN8n(bench, asLoop, { trigger, warmUp }),
			'Return All': async () => await runInFreshN8n(bench, whole, { warmUp }),
			'raw axios, all rows held': async () =>
				await runRawLoop(bench, 'fondo', { job: 'pages', url, size: 1_000, warmUp: `${url}?limit=1` }),
		},
		{ log, isCold: true },
	);
	const own = figures['Process in Pages, a sub-workflow for each page'];
	return {
		title: `${count.toLocaleString('en')} rows without holding them`,
		unit: 'MiB of the process',
		bars: Object.entries(figures).map(([way, { peakProcess }]) => [way, peakProcess / MEBIBYTE]),
		table: [
			['way', 'wall', 'process grew by', 'heap held at the end'],
			...Object.entries(figures).map(([way, { wall, peakProcess, held }]) => [way, seconds(wall), mebibytes(peakProcess), mebibytes(held)]),
		],
		verdicts: [{ goal: '≤ 140 MiB', measured: mebibytes(own.peakProcess), reached: own.peakProcess <= MAX_GROWTH }],
	};
}
