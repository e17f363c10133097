import type { INodeParameters } from 'n8n-workflow';
import { byId } from '../../harness/n8n/workflow';
import type { BenchStack } from '../bench';
import type { BenchPlan, JobResult } from '../job';
import { milliseconds, seconds, times } from '../numbers';
import { runRawLoop } from '../rawLoop';
import { inRounds } from '../rounds';
import { httpRequest, ourNode, runWorkflow, saveMeasured } from '../workflow';

const LATENCY_MS = 50;

/** Reads single objects, a call each, from a slow server. */
export async function reads(bench: BenchStack, { rounds, quick, log }: BenchPlan): Promise<JobResult> {
	const { sandbox } = bench;
	const count = quick ? 100 : 1_000;
	const [{ id: client }] = await sandbox.fondo.read<Array<{ id: string }>>('/client');
	const [{ id: account }] = await sandbox.fondo.read<Array<{ id: string }>>(`/client/${client}/account`);
	const url = `${sandbox.fondoUrl}/v2/partner/client/${client}/account/${account}`;
	await sandbox.addFaults({ match: { path: 'getAccount' }, kind: 'latency', delayMs: LATENCY_MS });

	const get = { resource: 'account', operation: 'get', client: byId(client), account: byId(account) };
	const saveOurs = async (itemsAtOnce: number) =>
		await saveMeasured(bench, `reads, ${itemsAtOnce}`, ourNode(bench, 'fondo', { ...get, options: { itemsAtOnce } }), { items: count });
	const saveHttp = async (name: string, options: INodeParameters) =>
		await saveMeasured(bench, `reads, HTTP Request ${name}`, httpRequest(bench, 'fondo', { url, options }), { items: count });
	const raw = async (atOnce: number) => await runRawLoop(bench, 'fondo', { job: 'calls', count, atOnce, url, warmUp: url });
	const workflows = {
		five: await saveOurs(5),
		fifty: await saveOurs(50),
		batched: await saveHttp('in batches', { batching: { batch: { batchSize: 5, batchInterval: LATENCY_MS } } }),
		unbounded: await saveHttp('at once', {}),
	};
	const figures = await inRounds(
		rounds,
		{
			'our node': async () => await runWorkflow(bench, workflows.five),
			'HTTP Request': async () => await runWorkflow(bench, workflows.batched),
			'raw axios': async () => await raw(5),
			'our node, 50 at once': async () => await runWorkflow(bench, workflows.fifty),
			'HTTP Request, all at once': async () => await runWorkflow(bench, workflows.unbounded),
			'raw axios, 50 at once': async () => await raw(50),
		},
		{ log },
	);
	await sandbox.clearFaults();

	const [own, http, axios] = [figures['our node'].wall, figures['HTTP Request'].wall, figures['raw axios'].wall];
	return {
		title: `${count.toLocaleString('en')} reads at ${LATENCY_MS} ms of latency, 5 at once`,
		unit: 's',
		bars: Object.entries(figures).map(([way, { wall }]) => [way, wall / 1_000]),
		table: [
			['way', 'wall', 'to raw', 'per call, beyond the latency'],
			...Object.entries(figures).map(([way, { wall }]) => {
				const isFifty = /at once$/.test(way);
				const atOnce = isFifty ? 50 : 5;
				return [
					way,
					seconds(wall),
					times(wall, figures[isFifty ? 'raw axios, 50 at once' : 'raw axios'].wall),
					way.includes('all at once') ? '' : milliseconds((wall * atOnce) / count - LATENCY_MS),
				];
			}),
		],
		verdicts: [
			{ goal: '≤ 1.15 × raw', measured: times(own, axios), reached: own <= 1.15 * axios },
			{ goal: 'not slower than HTTP Request', measured: times(own, http), reached: own <= http },
		],
	};
}
