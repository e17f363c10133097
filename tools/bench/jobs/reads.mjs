import { fondoReader } from '../../soak/fondo.mjs';
import { milliseconds, seconds, times } from '../numbers.mjs';
import { runRaw } from '../raw.mjs';
import { inRounds } from '../rounds.mjs';
import { httpRequest, ourNode, runWorkflow, saveWorkflow } from '../workflow.mjs';

const LATENCY_MS = 50;
const byId = (value) => ({ __rl: true, mode: 'id', value });

/** Single objects, each by a call of its own, from a server that takes its time. */
export async function reads(bench, { rounds, quick, tell }) {
	const count = quick ? 100 : 1_000;
	const read = await fondoReader(bench.sandbox);
	const [{ id: client }] = await read('/client');
	const [{ id: account }] = await read(`/client/${client}/account`);
	const url = `${bench.sandbox.fondoUrl}/v2/partner/client/${client}/account/${account}`;
	await bench.sandbox.call('POST', '/faults', { match: { path: 'getAccount' }, kind: 'latency', delayMs: LATENCY_MS });

	const ours = async (atOnce) => {
		const parameters = { resource: 'account', operation: 'get', client: byId(client), account: byId(account) };
		return await saveWorkflow(bench, `reads, ${atOnce}`, ourNode(bench, 'fondo', { ...parameters, options: { itemsAtOnce: atOnce } }), {
			items: count,
		});
	};
	const theirs = async (name, options) =>
		await saveWorkflow(bench, `reads, HTTP Request ${name}`, httpRequest(bench, 'fondo', { url, options }), { items: count });
	const raw = async (atOnce) => await runRaw(bench, 'fondo', { job: 'calls', count, atOnce, url, warmUp: url });
	const workflows = {
		five: await ours(5),
		fifty: await ours(50),
		batched: await theirs('in batches', { batching: { batch: { batchSize: 5, batchInterval: LATENCY_MS } } }),
		unbounded: await theirs('at once', {}),
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
		tell,
	);
	await bench.sandbox.call('DELETE', '/faults');

	const [mine, http, axios] = ['our node', 'HTTP Request', 'raw axios'].map((way) => figures[way].wall);
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
			{ goal: '≤ 1.15 × raw', measured: times(mine, axios), reached: mine <= 1.15 * axios },
			{ goal: 'not slower than HTTP Request', measured: times(mine, http), reached: mine <= http },
		],
	};
}
