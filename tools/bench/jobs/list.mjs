import { fondoReader } from '../../soak/fondo.mjs';
import { mebibytes, milliseconds, seconds, times } from '../numbers.mjs';
import { runRaw } from '../raw.mjs';
import { inRounds } from '../rounds.mjs';
import { bareNode, httpRequest, ourNode, runWorkflow, saveWorkflow } from '../workflow.mjs';

const SIZE = 1_000;

/** Fills the list of cash transactions of a client up to this many, and gives the client. */
export async function filledList(bench, count) {
	const read = await fondoReader(bench.sandbox);
	const [{ id: client }] = await read('/client');
	const { length } = await read(`/client/${client}/transaction/cash`);
	if (count > length) await bench.sandbox.call('POST', '/deposits', { clientId: client, count: count - length, amount: 1 });
	return client;
}

/** A long list, read whole. */
export async function list(bench, { rounds, quick, tell }) {
	const count = quick ? 10_000 : 100_000;
	const client = await filledList(bench, count);
	const url = `${bench.sandbox.fondoUrl}/v2/partner/client/${client}/transaction/cash`;
	const parameters = {
		resource: 'cashTransaction',
		operation: 'getMany',
		client: { __rl: true, mode: 'id', value: client },
		returnAll: true,
	};
	const pagination = {
		paginationMode: 'updateAParameterInEachRequest',
		parameters: { parameters: [{ type: 'qs', name: 'start', value: `={{ $response.body.at(-1).sortedId }}` }] },
		paginationCompleteWhen: 'other',
		// The list begins at `start` itself: a page of one row has nothing new.
		completeExpression: '={{ $response.body.length < 2 }}',
		limitPagesFetched: true,
		maxRequests: 1_000,
	};
	const query = { sendQuery: true, queryParameters: { parameters: [{ name: 'limit', value: String(SIZE) }] } };
	const node = {
		ours: ourNode(bench, 'fondo', parameters),
		http: httpRequest(bench, 'fondo', { url, ...query, options: { pagination: { pagination } } }),
		bare: bareNode(bench, 'bareList', { url, size: SIZE }),
	};
	const workflows = {
		ours: await saveWorkflow(bench, 'a long list, our node', node.ours, { marked: true }),
		http: await saveWorkflow(bench, 'a long list, HTTP Request', node.http, { marked: true }),
		bare: await saveWorkflow(bench, 'a long list, bare node', node.bare, { marked: true }),
	};
	const small = await saveWorkflow(bench, 'a row', ourNode(bench, 'fondo', { ...parameters, returnAll: false, limit: 1 }));
	// n8n lets go of the rows of one execution when another has run.
	const afterASmallOne = async (workflow) => {
		await runWorkflow(bench, small);
		return await runWorkflow(bench, workflow);
	};
	const figures = await inRounds(
		rounds,
		{
			'our node': async () => await afterASmallOne(workflows.ours),
			'HTTP Request': async () => await afterASmallOne(workflows.http),
			'bare node': async () => await afterASmallOne(workflows.bare),
			'raw axios': async () => await runRaw(bench, 'fondo', { job: 'pages', url, size: SIZE, warmUp: `${url}?limit=1` }),
		},
		tell,
	);
	const { 'our node': mine, 'HTTP Request': http, 'bare node': bare, 'raw axios': raw } = figures;
	const own = (mine.wall - raw.wall) / mine.ok;
	return {
		title: `Get Many of ${mine.ok.toLocaleString('en')} rows, ${SIZE.toLocaleString('en')} a page`,
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
			{ goal: '≤ 1.2 × raw wall', measured: times(mine.wall, raw.wall), reached: mine.wall <= 1.2 * raw.wall },
			{
				goal: '≤ 1.2 × a node that does nothing but ask',
				measured: times(mine.wall, bare.wall),
				reached: mine.wall <= 1.2 * bare.wall,
			},
			{ goal: '≤ 1.5 × raw heap', measured: times(mine.held, raw.held), reached: mine.held <= 1.5 * raw.held },
			{ goal: '< 1 ms of our own per item', measured: milliseconds(own), reached: own < 1 },
			{ goal: 'not slower than HTTP Request', measured: times(mine.wall, http.wall), reached: mine.wall <= http.wall },
		],
	};
}
