import { byId } from '../../harness/n8n/workflow';
import type { BenchStack } from '../bench';
import type { BenchPlan, JobResult } from '../job';
import { mebibytes, milliseconds, seconds, times } from '../numbers';
import { runRawLoop } from '../rawLoop';
import { inRounds } from '../rounds';
import { bareNode, httpRequest, ourNode, runWorkflow, saveMeasured } from '../workflow';

const SIZE = 1_000;

/** Fills the list of cash transactions of a client up to this many, and returns the client and the address of the list. */
export async function filledList({ sandbox }: BenchStack, count: number): Promise<{ client: string; url: string }> {
	const [{ id: client }] = await sandbox.fondo.read<Array<{ id: string }>>('/client');
	const { length } = await sandbox.fondo.read<unknown[]>(`/client/${client}/transaction/cash`);
	if (count > length) await sandbox.deposit({ clientId: client, count: count - length, amount: 1 });
	return { client, url: `${sandbox.fondoUrl}/v2/partner/client/${client}/transaction/cash` };
}

/** Reads a long list to its end. */
export async function list(bench: BenchStack, { rounds, quick, log }: BenchPlan): Promise<JobResult> {
	const count = quick ? 10_000 : 100_000;
	const { client, url } = await filledList(bench, count);
	const getMany = { resource: 'cashTransaction', operation: 'getMany', client: byId(client) };
	const pagination = {
		paginationMode: 'updateAParameterInEachRequest',
		parameters: { parameters: [{ type: 'qs', name: 'start', value: '={{ $response.body.at(-1).sortedId }}' }] },
		paginationCompleteWhen: 'other',
		// The list begins at `start` itself, so a page of one row has nothing new.
		completeExpression: '={{ $response.body.length < 2 }}',
		limitPagesFetched: true,
		maxRequests: 1_000,
	};
	const query = { sendQuery: true, queryParameters: { parameters: [{ name: 'limit', value: String(SIZE) }] } };
	const save = async (name: string, node: Parameters<typeof saveMeasured>[2]) =>
		await saveMeasured(bench, `a long list, ${name}`, node, { marked: true });
	const workflows = {
		ours: await save('our node', ourNode(bench, 'fondo', { ...getMany, returnAll: true })),
		http: await save('HTTP Request', httpRequest(bench, 'fondo', { url, ...query, options: { pagination: { pagination } } })),
		bare: await save('bare node', bareNode(bench, 'bareList', { url, size: SIZE })),
	};
	const small = await saveMeasured(bench, 'a row', ourNode(bench, 'fondo', { ...getMany, returnAll: false, limit: 1 }));
	// n8n releases the rows of one execution when another has run.
	const afterASmallRun = async (workflow: (typeof workflows)['ours']) => {
		await runWorkflow(bench, small);
		return await runWorkflow(bench, workflow);
	};
	const figures = await inRounds(
		rounds,
		{
			'our node': async () => await afterASmallRun(workflows.ours),
			'HTTP Request': async () => await afterASmallRun(workflows.http),
			'bare node': async () => await afterASmallRun(workflows.bare),
			'raw axios': async () => await runRawLoop(bench, 'fondo', { job: 'pages', url, size: SIZE, warmUp: `${url}?limit=1` }),
		},
		{ log },
	);
	const { 'our node': own, 'HTTP Request': http, 'bare node': bare, 'raw axios': raw } = figures;
	const ownPerItem = (own.wall - raw.wall) / own.ok;
	return {
		title: `Get Many of ${own.ok.toLocaleString('en')} rows, ${SIZE.toLocaleString('en')} a page`,
		unit: 's',
		bars: Object.entries(figures).map(([way, { wall }]) => [way, wall / 1_000]),
		table: [
			['way', 'wall', 'to raw', 'heap held', 'to raw', 'process grew by'],
			...Object.entries(figures).map(([way, { wall, held, peakProcess }]) => [
				way,
				seconds(wall),
				times(wall, raw.wall),
				mebibytes(held),
				times(held, raw.held),
				mebibytes(peakProcess),
			]),
		],
		verdicts: [
			{ goal: '≤ 1.2 × raw wall', measured: times(own.wall, raw.wall), reached: own.wall <= 1.2 * raw.wall },
			{ goal: '≤ 1.2 × the smallest node', measured: times(own.wall, bare.wall), reached: own.wall <= 1.2 * bare.wall },
			{ goal: '≤ 1.5 × raw heap', measured: times(own.held, raw.held), reached: own.held <= 1.5 * raw.held },
			{ goal: '< 1 ms of our own per item', measured: milliseconds(ownPerItem), reached: ownPerItem < 1 },
			{ goal: 'not slower than HTTP Request', measured: times(own.wall, http.wall), reached: own.wall <= http.wall },
		],
	};
}
