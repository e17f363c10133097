import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { mustRun } from '../../base/run';
import { compile } from '../../harness/compile';
import { installN8n } from '../../harness/n8n/install';
import { saveTriggerWorkflow } from '../../harness/n8n/workflow';
import { until } from '../../harness/until';
import type { BenchStack } from '../bench';
import type { BenchPlan, JobResult } from '../job';
import { ManyClients } from '../manyClients';
import { kilobytes, mebibytes, milliseconds, seconds } from '../numbers';

/** One process of n8n (2.41) begins about thirty executions a second on two cores. */
const EVENTS_A_SECOND = 20;
const MOST_AT_ONCE = 12;
/** The node writes at most so much of its own state in a second, however many clients it has. */
const MOST_BYTES_A_SECOND = 60_000;
const POLL = { timeoutMs: 300_000, everyMs: 50 };

const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);

/** One Fondo Trigger with many clients: its start, its events, and the end of an outage of all. */
export async function clients(bench: BenchStack, { quick, log }: BenchPlan): Promise<JobResult> {
	const { client, probe, dataFolder } = bench;
	const { node } = await installN8n();
	const script = compile(join(__dirname, '..', 'inside', 'memoryRow.ts'), dataFolder);
	const database = join(dataFolder, '.n8n', 'database.sqlite');
	const ask = async <T>(task: string, ...args: readonly string[]): Promise<T> =>
		JSON.parse(await mustRun(node.executable, [script, database, task, ...args]));
	const eventSeconds = quick ? 3 : 20;

	async function measure(count: number) {
		const fondo = new ManyClients(count);
		const baseUrl = await fondo.open();
		const all = async () => await until(() => fondo.connections === count, { what: `${count} streams are open`, ...POLL });
		const timed = async (work: () => Promise<unknown>) => {
			const began = Date.now();
			await work();
			return Date.now() - began;
		};
		const data = { environment: 'custom', baseUrl, clientId: 'bench', clientSecret: 'bench-secret' };
		const credential = await client.saveCredential({ name: `${count} clients`, type: 'fondoApi', data });
		const { workflow } = await saveTriggerWorkflow({ client, credentials: [credential] }, `${count} clients`, {
			parameters: { clients: [...fondo.ids], objects: ['order'] },
		});
		const before = await probe.begin();
		const start = await timed(async () => {
			await client.publish(workflow);
			await all();
		});
		// Events of a client wait until its lists are read.
		await fondo.untilQuiet();
		const { calls: startCalls, mostAtOnce: startAtOnce, tokens } = fondo;
		const memory = (await probe.begin()).heap - before.heap;

		await ask('watchState', workflow.id);
		const sent = EVENTS_A_SECOND * eventSeconds;
		const took = await timed(async () => {
			for (let nth = 0; nth < sent; nth += 1) {
				fondo.send();
				await sleep(1_000 / EVENTS_A_SECOND);
			}
			await probe.next(workflow, sent);
		});
		const written = await ask<number[]>('readState', workflow.id);

		fondo.cut();
		const recovery = await timed(all);
		await fondo.untilQuiet();
		const { mostAtOnce } = fondo;
		await client.unpublish(workflow);
		fondo.close();
		log(
			`${count} clients: open after ${seconds(start)}, ${written.length} writes of ${kilobytes(sum(written))}, again after ${seconds(recovery)}`,
		);
		return { count, start, startCalls, tokens, atOnce: Math.max(startAtOnce, mostAtOnce), memory, sent, took, written, recovery };
	}

	const measured = [];
	for (const count of quick ? [20, 100] : [10, 100, 1_000]) measured.push(await measure(count));
	const atOnce = Math.max(...measured.map((one) => one.atOnce));
	const rates = measured.map(({ written, took }) => sum(written) / (took / 1_000));
	return {
		title: 'A Fondo Trigger with many clients',
		table: [
			[
				'clients',
				'all streams open after',
				'calls, tokens',
				'calls at once',
				'heap grew by',
				'state written a second',
				'an event',
				'open again after an outage',
			],
			...measured.map(({ count, start, startCalls, tokens, atOnce: most, memory, sent, written, recovery }, index) => [
				count.toLocaleString('en'),
				seconds(start),
				`${startCalls.toLocaleString('en')}, ${tokens}`,
				most,
				mebibytes(memory),
				kilobytes(rates[index]),
				kilobytes(sum(written) / sent),
				milliseconds(recovery),
			]),
		],
		verdicts: [
			{ goal: `≤ ${MOST_AT_ONCE} calls at once`, measured: String(atOnce), reached: atOnce <= MOST_AT_ONCE },
			{
				goal: `≤ ${kilobytes(MOST_BYTES_A_SECOND)} of state written a second`,
				measured: kilobytes(Math.max(...rates)),
				reached: Math.max(...rates) <= MOST_BYTES_A_SECOND,
			},
		],
	};
}
