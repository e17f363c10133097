import { describeStack, globalSetup } from '../../tools/harness/jest/globalStack';
import { startQueueStack, type QueueLogs } from '../../tools/queue/stack';

/** What the queue project adds to its stack. */
export interface QueueExtra {
	readonly webhookUrl: string;
	readonly logs: QueueLogs;
}

export default globalSetup(async () => {
	const { webhookUrl, logs, services, ...stack } = await startQueueStack();
	const extra: QueueExtra = { webhookUrl, logs };
	return await describeStack(stack, { services, extra });
});
