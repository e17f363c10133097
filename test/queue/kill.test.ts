import { useStack } from '../../tools/harness/jest/useStack';
import { until } from '../../tools/harness/until';
import { ITEMS, expectNothingDoubledNothingLost, killedInTheMiddle } from '../e2e/killing';
import { QUEUE_TIMEOUT_MS, startedByWorkers, webhookUrl } from './workers';

const { service } = useStack();

/** Kills the worker that runs the execution, and starts it again. */
async function kill(executionId: string): Promise<void> {
	const numberOf = () => startedByWorkers().findIndex((ids) => ids.includes(executionId)) + 1;
	const number = await until(numberOf, { what: 'a worker has the execution', timeoutMs: QUEUE_TIMEOUT_MS });
	const worker = service(`worker${number}`);
	await worker.kill();
	await worker.start();
}

test.each(['orders', 'batches'] as const)(
	`SIGKILL of the worker in the middle of ${ITEMS} %s: no item is executed twice, and none is lost`,
	async (kind) => {
		const result = await killedInTheMiddle(kind, { kill, webhookUrl });
		console.log(`${kind}: killed after ${result.atKill}; ${result.ledger.size} of ${ITEMS} in the ledger`);
		expectNothingDoubledNothingLost(result);
	},
	900_000,
);
