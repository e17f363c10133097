// The processes of n8n in queue mode, by what they log.
import { useStack } from '../../tools/harness/jest/useStack';
import type { Execution, SavedWorkflow } from '../../tools/harness/n8n/client';
import { until } from '../../tools/harness/until';
import { enqueuedBy, startedBy } from '../../tools/queue/queueLog';
import type { QueueExtra } from './globalSetup';

const { owner, extra } = useStack();
const { webhookUrl, logs } = extra<QueueExtra>();

/** The address of production webhooks, without /webhook. */
export { webhookUrl };

/** Long enough for executions that wait in the queue of a busy machine. */
export const QUEUE_TIMEOUT_MS = 150_000;

/** The IDs of the executions that each worker started. */
export const startedByWorkers = (): string[][] => logs.workers.map(startedBy);

/** The IDs of the executions that the webhook processor put into the queue. */
export const enqueuedByWebhooks = (): string[] => enqueuedBy(logs.webhooks);

/** The executions of a workflow once there are `count` of them and each has ended. */
export async function endedExecutions(workflow: SavedWorkflow, count: number): Promise<Execution[]> {
	const isComplete = async () => {
		const found = await owner.client.executions(workflow);
		return found.length >= count && found;
	};
	const rows = await until(isComplete, { what: `${count} executions`, timeoutMs: QUEUE_TIMEOUT_MS });
	return await Promise.all(rows.map(async ({ id }) => await owner.client.ended(id)));
}
