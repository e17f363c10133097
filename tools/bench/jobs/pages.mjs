import { readExample, saveExample } from '../../stack.mjs';
import { MEBIBYTE, mebibytes, seconds } from '../numbers.mjs';
import { runRaw } from '../raw.mjs';
import { inRounds } from '../rounds.mjs';
import { markedAfter, ourNode, runAnew, saveWorkflow } from '../workflow.mjs';
import { filledList } from './list.mjs';

const EXAMPLE = 'process-in-pages.json';
const LAST = 'Done';
const SUB_WORKFLOW = 'Read and work on a page';
const MOST = 140 * MEBIBYTE;

/** The example as it is, but for the mark behind it. */
async function asExample(bench) {
	const { workflow } = await saveExample(bench.client, bench.credentials, EXAMPLE);
	return await bench.client.createWorkflow(markedAfter(bench, LAST, { ...workflow, name: 'Bench: pages in sub-workflows' }));
}

/** The nodes of the example that work on a page, in a loop of one execution: what n8n keeps of every turn stays. */
async function loopInOne(bench) {
	const { workflow } = await saveExample(bench.client, bench.credentials, EXAMPLE);
	const nodes = workflow.nodes.filter(({ name }) => name !== SUB_WORKFLOW);
	const to = (node) => ({ main: [[{ node, type: 'main', index: 0 }]] });
	const { [SUB_WORKFLOW]: _, ...others } = workflow.connections;
	const connections = {
		...others,
		'Before the first page': to('A page'),
		'Work on the page': to('More?'),
		'More?': { main: [[{ node: 'A page', type: 'main', index: 0 }], [{ node: 'Done', type: 'main', index: 0 }]] },
	};
	// Where the sub-workflow began stands a node that only passes on.
	const inLoop = nodes.map((node) =>
		node.name === 'A page' ? { ...node, type: 'n8n-nodes-base.noOp', typeVersion: 1, parameters: {} } : node,
	);
	const loop = { ...workflow, name: 'Bench: pages in one execution', nodes: inLoop, connections };
	return await bench.client.createWorkflow(markedAfter(bench, LAST, loop));
}

/** A list that is too long to be held, a page at a time. n8n is started anew for each way: a process gives little back of what it once had. */
export async function pages(bench, { rounds, quick, tell }) {
	const count = quick ? 10_000 : 100_000;
	const client = await filledList(bench, count);
	const url = `${bench.sandbox.fondoUrl}/v2/partner/client/${client}/transaction/cash`;
	const parameters = { resource: 'cashTransaction', operation: 'getMany', client: { __rl: true, mode: 'id', value: client } };
	const example = await asExample(bench);
	const warmUp = await saveWorkflow(bench, 'a page', ourNode(bench, 'fondo', { ...parameters, limit: 1_000 }));
	const whole = await saveWorkflow(bench, 'all pages', ourNode(bench, 'fondo', { ...parameters, returnAll: true }), { marked: true });
	const one = await loopInOne(bench);
	const start = readExample(EXAMPLE).nodes.find(({ type }) => type === 'n8n-nodes-base.manualTrigger').name;
	const run = async (workflow, trigger) => await runAnew(bench, workflow, { trigger, warmUp });
	const figures = await inRounds(
		quick ? 1 : Math.min(rounds, 3),
		{
			'Process in Pages, a sub-workflow for each page': async () => await run(example, start),
			'Process in Pages, a loop in one execution': async () => await run(one, start),
			'Return All': async () => await run(whole),
			'raw axios, all rows held': async () => await runRaw(bench, 'fondo', { job: 'pages', url, size: 1_000, warmUp: `${url}?limit=1` }),
		},
		tell,
		{ warmUp: false },
	);
	const mine = figures['Process in Pages, a sub-workflow for each page'];
	return {
		title: `${count.toLocaleString('en')} rows without holding them`,
		unit: 'MiB of the process',
		bars: Object.entries(figures).map(([way, { peakProcess }]) => [way, peakProcess / MEBIBYTE]),
		table: [
			['way', 'wall', 'process grew by', 'heap held at the end'],
			...Object.entries(figures).map(([way, { wall, peakProcess, held }]) => [way, seconds(wall), mebibytes(peakProcess), mebibytes(held)]),
		],
		verdicts: [{ goal: '≤ 140 MiB', measured: mebibytes(mine.peakProcess), reached: mine.peakProcess <= MOST }],
	};
}
