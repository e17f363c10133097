import { setTimeout as sleep } from 'node:timers/promises';
import WebSocket from 'ws';
import { fondoReader } from '../../soak/fondo.mjs';
import { saveTriggerWorkflow } from '../../n8n-host/triggerWorkflow.mjs';
import { milliseconds, percent } from '../numbers.mjs';
import { tokenOf } from '../raw.mjs';
import { inRounds, quantile } from '../rounds.mjs';

/** So many come at once. Of 10,000 at once, each an execution of its own, n8n ended 1,679 in ten minutes for the bare trigger. */
const AT_ONCE = 200;
/** About a third of what n8n can do on two cores: in a queue nobody hands over fast. */
const STEADY_EVERY_MS = 100;
const POLL_MS = 50;
/** Half of them backwards: n8n is slower the more executions it keeps, and whoever comes second would pay for the first. */
const ROUNDS = 4;
/** Each round has a look of the trigger at the lists in it. */
const CHECK_MINUTES = 1;

/** Turns a trigger on, lets money arrive, first many at once and then steadily, and looks when its executions began and ended. */
async function hear(bench, { workflow }, { client, burst, steady }) {
	const deposit = async (count) => await bench.sandbox.call('POST', '/deposits', { clientId: client, count, amount: 1 });
	const isHeard = async (count) => (await bench.sandbox.call('GET', '/stream')).connections === count;
	await bench.client.publish(workflow);
	while (!(await isHeard(1))) await sleep(POLL_MS);
	// The first event of all comes when everything has settled.
	await deposit(1);
	await bench.probe.next(workflow);

	// The sandbox has a clock of its own.
	const asked = Date.now();
	const ahead = Date.parse((await bench.sandbox.call('GET', '/clock')).now) - (asked + Date.now()) / 2;
	const began = Date.now();
	let ended = began;
	for (let heard = 0; heard < burst; heard += AT_ONCE) {
		await deposit(AT_ONCE);
		const some = await bench.probe.next(workflow, { count: AT_ONCE });
		ended = Math.max(...some.map(({ endedAt }) => endedAt));
	}
	const wall = ended - began;

	await bench.probe.handed(workflow);
	for (let event = 0; event < steady; event += 1) {
		await deposit(1);
		await sleep(STEADY_EVERY_MS);
	}
	const some = await bench.probe.next(workflow, { count: steady });
	const handed = await bench.probe.handed(workflow);
	await bench.client.unpublish(workflow);
	while (!(await isHeard(0))) await sleep(POLL_MS);
	const delays = (all, when) => all.map((one) => when(one) - (one.happenedAt - ahead));
	const toN8n = delays(handed, ({ at }) => at);
	const toBegin = delays(some, ({ startedAt }) => startedAt);
	return {
		rate: burst / (wall / 1_000),
		half: quantile(toN8n, 0.5),
		p99: quantile(toN8n, 0.99),
		begunHalf: quantile(toBegin, 0.5),
		begunP99: quantile(toBegin, 0.99),
	};
}

/** The same events outside n8n: a socket that only counts. */
async function count(bench, { client, url, token, burst }) {
	const socket = new WebSocket(url, { headers: { authorization: `Bearer ${token}` } });
	await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
	const began = performance.now();
	const all = new Promise((resolve) => {
		let heard = 0;
		socket.on('message', (data) => {
			if (JSON.parse(String(data)).eventType === 'transaction.create' && ++heard === burst) resolve();
		});
	});
	await bench.sandbox.call('POST', '/deposits', { clientId: client, count: burst, amount: 1 });
	await all;
	socket.close();
	return { rate: burst / ((performance.now() - began) / 1_000) };
}

/** Events of the stream, each an execution. */
export async function stream(bench, { quick, tell }) {
	const [burst, steady] = quick ? [200, 50] : [2_500, 250];
	const rounds = quick ? 1 : ROUNDS;
	const read = await fondoReader(bench.sandbox);
	const [{ id: client }] = await read('/client');
	const token = await tokenOf(bench, 'fondo');
	const url = `${bench.sandbox.fondoUrl.replace('http', 'ws')}/v2/partner/client/${client}/subscribe`;
	const ours = await saveTriggerWorkflow(bench, 'Bench: stream, our trigger', {
		clients: [client],
		objects: ['transaction'],
		kinds: ['created'],
		options: { checkMinutes: CHECK_MINUTES },
	});
	const bare = await saveTriggerWorkflow(bench, 'Bench: stream, bare trigger', { type: 'n8n-nodes-bench-bare.bareTrigger', url, token });
	const sizes = (round) => (round === 0 ? { client, burst: 200, steady: 20 } : { client, burst, steady });
	const figures = await inRounds(
		rounds,
		{
			'our trigger': async (round) => await hear(bench, ours, sizes(round)),
			'bare trigger': async (round) => await hear(bench, bare, sizes(round)),
			'outside n8n': async (round) => await count(bench, { ...sizes(round), url, token }),
		},
		tell,
	);
	const [mine, other] = [figures['our trigger'], figures['bare trigger']];
	return {
		title: `${(rounds * burst).toLocaleString('en')} stream events`,
		unit: 'executions a second',
		bars: [mine, other].map(({ rate }, index) => [['our trigger', 'bare trigger'][index], rate]),
		table: [
			['way', 'events a second', 'handed to n8n, half of them', 'p99', 'execution begun, half of them', 'p99'],
			...Object.entries(figures).map(([way, { rate, ...delays }]) => [
				way,
				rate.toFixed(1),
				...['half', 'p99', 'begunHalf', 'begunP99'].map((name) => (name in delays ? milliseconds(delays[name]) : '')),
			]),
		],
		verdicts: [
			{ goal: '≥ 95 % of a bare trigger', measured: percent(mine.rate / other.rate), reached: mine.rate >= 0.95 * other.rate },
			{ goal: 'p99 hand-over < 20 ms', measured: milliseconds(mine.p99), reached: mine.p99 < 20 },
		],
	};
}
