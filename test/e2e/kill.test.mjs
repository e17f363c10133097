import { beforeAll, expect, test } from '@jest/globals';
import { ITEMS, expectNothingDoubledNothingLost, killedInTheMiddle } from './killing.mjs';
import { n8n as process, signedIn } from './stack.mjs';

let n8n;

beforeAll(async () => {
	n8n = await signedIn();
});

async function kill() {
	await process.kill();
	await process.start();
	n8n.client = (await signedIn()).client;
}

test.each(['orders', 'batches'])(
	`SIGKILL in the middle of ${ITEMS} %s: the crashed execution is retried and the workflow run anew, and each is there once`,
	async (kind) => {
		const result = await killedInTheMiddle(n8n, kind, kill);
		console.log(`${kind}: killed after ${result.atKill}; ${result.ledger.size} of ${ITEMS} in the ledger`);
		expectNothingDoubledNothingLost(result, { mayBeUnknown: kind === 'orders' ? 1 : 0 });
		// With its first execution dead, what it had done was found and what it had not was done.
		expect(result.retried.filter(({ outcome }) => outcome !== 'created').length).toBeGreaterThanOrEqual(result.atKill);
	},
	600_000,
);
