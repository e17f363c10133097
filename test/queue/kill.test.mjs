import { beforeAll, expect, test } from '@jest/globals';
import { ITEMS, expectNothingDoubledNothingLost, killedInTheMiddle } from '../e2e/killing.mjs';
import { keeperUrl, signedIn } from '../e2e/stack.mjs';
import { keptService } from '../../tools/keeper.mjs';
import { startedByWorkers, until, webhookUrl } from './workers.mjs';

let n8n;

beforeAll(async () => {
	n8n = { ...(await signedIn()), webhookUrl };
});

/** Kills the worker that has the execution, and starts it again. */
async function kill(executionId) {
	const number = await until(() => startedByWorkers().findIndex((ids) => ids.includes(executionId)) + 1);
	const worker = keptService(keeperUrl, `worker${number}`);
	await worker.kill();
	await worker.start();
}

test.each(['orders', 'batches'])(
	`SIGKILL of the worker in the middle of ${ITEMS} %s: nothing is doubled, nothing is lost`,
	async (kind) => {
		const result = await killedInTheMiddle(n8n, kind, kill);
		console.log(`${kind}: killed after ${result.atKill}; ${result.ledger.size} of ${ITEMS} in the ledger`);
		expectNothingDoubledNothingLost(result, { mayBeUnknown: kind === 'orders' ? 1 : 0 });
	},
	900_000,
);
