import { reasonOf, type ExecutionRow, type N8nClient } from '../harness/n8n/client';
import { until } from '../harness/until';
import { enqueuedBy, startedBy } from './queueLog';
import type { QueueStack } from './stack';

const ENDED = ['success', 'error', 'crashed', 'canceled'];

/** Which process did what for one execution. */
export interface ReportedExecution {
	readonly id: string;
	readonly workflow: string;
	readonly takenBy: string;
	readonly runBy: string;
	readonly status: string;
}

/** All executions, once every webhook of the sandbox has arrived and no execution runs. */
async function settled({ client, sandbox }: Pick<QueueStack, 'client' | 'sandbox'>): Promise<ExecutionRow[]> {
	const isOver = async () => {
		const deliveries = await sandbox.deliveries();
		const executions = await client.executions();
		const byWebhook = executions.filter(({ mode }) => mode === 'webhook');
		const hasEnded = deliveries.every(({ state }) => state !== 'sending') && executions.every(({ status }) => ENDED.includes(status));
		return hasEnded && byWebhook.length >= deliveries.filter(({ state }) => state === 'delivered').length && executions;
	};
	return await until(isOver, { what: 'every execution has ended (see the executions in the editor)', everyMs: 500 });
}

/** What each process of a queue stack did, the oldest execution first. */
export async function executionReport(stack: Pick<QueueStack, 'client' | 'sandbox' | 'logs'>): Promise<ReportedExecution[]> {
	const executions = await settled(stack);
	const { main, webhooks, workers } = stack.logs;
	const takers = { main: enqueuedBy(main), 'webhook processor': enqueuedBy(webhooks) };
	const runners = Object.fromEntries(workers.map((log, index) => [`worker ${index + 1}`, startedBy(log)]));
	const who = (all: Readonly<Record<string, string[]>>, id: string, otherwise: string) =>
		Object.entries(all).find(([, ids]) => ids.includes(id))?.[0] ?? otherwise;
	return executions.map(({ id, workflowName = '', mode, status }) => {
		// A sub-workflow runs where its parent runs, past the queue. The worker of a failed run starts its Error Trigger.
		const takenBy = who(takers, id, mode === 'error' ? 'a failed run' : 'its parent');
		return { id, workflow: workflowName, takenBy, runBy: who(runners, id, 'the same'), status };
	});
}

/** The reasons of the failed executions, a line each. */
export async function failuresOf({ client }: { client: N8nClient }, report: readonly ReportedExecution[]): Promise<string[]> {
	const failed = report.filter(({ status }) => status !== 'success');
	return await Promise.all(failed.map(async ({ id, workflow }) => `${id} ${workflow}: ${reasonOf(await client.ended(id, 0))}`));
}
