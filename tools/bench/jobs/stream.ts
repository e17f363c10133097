import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import WebSocket from 'ws';
import { saveTriggerWorkflow, type SavedTrigger } from '../../harness/n8n/workflow';
import { until } from '../../harness/until';
import { BARE_PACKAGE, type BenchStack } from '../bench';
import type { BenchPlan, JobResult } from '../job';
import { milliseconds, percent } from '../numbers';
import { inRounds, quantile } from '../rounds';

/** How many events come at once. Of 10,000 at once, each an execution, n8n ended 1,679 in ten minutes for the bare trigger. */
const AT_ONCE = 200;
/** About a third of what n8n can do on two cores, because a queue of executions delays every trigger. */
const STEADY_EVERY_MS = 100;
/** Half of them in the other order: n8n slows down as it keeps more executions, and the second way would pay for the first. */
const ROUNDS = 4;
/** Each round contains a check of the lists by the trigger. */
const CHECK_MINUTES = 1;
const POLL = { timeoutMs: 600_000, everyMs: 50 };

interface Sizes {
	/** Events that come at once, in parts. */
	readonly burst: number;
	/** Events that come one by one. */
	readonly steady: number;
}

/** Switches a trigger on, lets money arrive, and measures how fast its executions begin and end. */
async function runTrigger({ sandbox, client, probe }: BenchStack, { workflow }: SavedTrigger, clientId: string, { burst, steady }: Sizes) {
	const deposit = async (count: number) => await sandbox.deposit({ clientId, count, amount: 1 });
	const streamsAre = async (count: number) =>
		await until(async () => (await sandbox.streams()) === count, { what: `${count} streams are open`, ...POLL });
	await client.publish(workflow);
	await streamsAre(1);
	// The first event comes when everything has settled.
	await deposit(1);
	await probe.next(workflow);

	// The clock of the sandbox is not that of this machine.
	const asked = Date.now();
	const { now } = await sandbox.call<{ now: string }>('GET', '/clock');
	const aheadMs = Date.parse(now) - (asked + Date.now()) / 2;
	const began = Date.now();
	let ended = began;
	for (let sent = 0; sent < burst; sent += AT_ONCE) {
		await deposit(AT_ONCE);
		const some = await probe.next(workflow, AT_ONCE);
		ended = Math.max(...some.map(({ endedAt }) => endedAt));
	}
	const wall = ended - began;

	await probe.handed(workflow);
	for (let event = 0; event < steady; event += 1) {
		await deposit(1);
		await sleep(STEADY_EVERY_MS);
	}
	const executions = await probe.next(workflow, steady);
	const handed = await probe.handed(workflow);
	await client.unpublish(workflow);
	await streamsAre(0);
	const delay = (at: number, happenedAt = NaN) => at - (happenedAt - aheadMs);
	const toN8n = handed.map(({ at, happenedAt }) => delay(at, happenedAt));
	const toBegin = executions.map(({ startedAt, happenedAt }) => delay(startedAt, happenedAt));
	return {
		rate: burst / (wall / 1_000),
		half: quantile(toN8n, 0.5),
		p99: quantile(toN8n, 0.99),
		begunHalf: quantile(toBegin, 0.5),
		begunP99: quantile(toBegin, 0.99),
	};
}

/** The same events without n8n: a socket that only counts them. */
async function countEvents({ sandbox }: BenchStack, clientId: string, { burst }: Sizes, { url, token }: { url: string; token: string }) {
	const socket = new WebSocket(url, { headers: { authorization: `Bearer ${token}` } });
	await once(socket, 'open');
	const began = performance.now();
	const all = new Promise<void>((resolve) => {
		let count = 0;
		socket.on('message', (data) => {
			if (JSON.parse(String(data)).eventType === 'transaction.create' && ++count === burst) resolve();
		});
	});
	await sandbox.deposit({ clientId, count: burst, amount: 1 });
	await all;
	socket.close();
	return { rate: burst / ((performance.now() - began) / 1_000) };
}

/** Events of the stream, an execution each. */
export async function stream(bench: BenchStack, { quick, log }: BenchPlan): Promise<JobResult> {
	const { sandbox } = bench;
	const [burst, steady] = quick ? [200, 50] : [2_500, 250];
	const rounds = quick ? 1 : ROUNDS;
	const [{ id: client }] = await sandbox.fondo.read<Array<{ id: string }>>('/client');
	const token = await sandbox.fondo.newToken();
	const url = `${sandbox.fondoUrl.replace('http', 'ws')}/v2/partner/client/${client}/subscribe`;
	const ours = await saveTriggerWorkflow(bench, 'Bench: stream, our trigger', {
		parameters: { clients: [client], objects: ['transaction'], kinds: ['created'], options: { checkMinutes: CHECK_MINUTES } },
	});
	const bare = await saveTriggerWorkflow(bench, 'Bench: stream, bare trigger', {
		type: `${BARE_PACKAGE}.bareTrigger`,
		parameters: { url, token },
	});
	const sizesOf = (round: number): Sizes => (round === 0 ? { burst: 200, steady: 20 } : { burst, steady });
	const figures = await inRounds(
		rounds,
		{
			'our trigger': async (round) => await runTrigger(bench, ours, client, sizesOf(round)),
			'bare trigger': async (round) => await runTrigger(bench, bare, client, sizesOf(round)),
			'outside n8n': async (round) => await countEvents(bench, client, sizesOf(round), { url, token }),
		},
		{ log },
	);
	const { 'our trigger': own, 'bare trigger': other, 'outside n8n': outside } = figures;
	return {
		title: `${(rounds * burst).toLocaleString('en')} stream events`,
		unit: 'executions a second',
		bars: [
			['our trigger', own.rate],
			['bare trigger', other.rate],
		],
		table: [
			['way', 'events a second', 'handed to n8n, half of them', 'p99', 'execution begun, half of them', 'p99'],
			...Object.entries({ 'our trigger': own, 'bare trigger': other }).map(([way, { rate, half, p99, begunHalf, begunP99 }]) => [
				way,
				rate.toFixed(1),
				...[half, p99, begunHalf, begunP99].map(milliseconds),
			]),
			['outside n8n', outside.rate.toFixed(1), '', '', '', ''],
		],
		verdicts: [
			{ goal: '≥ 95 % of a bare trigger', measured: percent(own.rate / other.rate), reached: own.rate >= 0.95 * other.rate },
			{ goal: 'p99 hand-over < 20 ms', measured: milliseconds(own.p99), reached: own.p99 < 20 },
		],
	};
}
