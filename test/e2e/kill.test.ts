import { useStack } from '../../tools/harness/jest/useStack';
import { ITEMS, expectNothingDoubledNothingLost, killedInTheMiddle } from './killing';

const { editorUrl, n8n, owner } = useStack();

async function kill() {
	await n8n.kill();
	await n8n.start();
	await owner.signIn();
}

test.each(['orders', 'batches'] as const)(
	`SIGKILL in the middle of ${ITEMS} %s: each is there once after a retry of the crashed execution and a second run`,
	async (kind) => {
		const result = await killedInTheMiddle(kind, { kill, webhookUrl: editorUrl });
		console.log(`${kind}: killed after ${result.atKill}; ${result.ledger.size} of ${ITEMS} in the ledger`);
		expectNothingDoubledNothingLost(result);
		// The retry found what the killed execution had done, and did the rest.
		expect(result.retried.filter(({ outcome }) => outcome !== 'created').length).toBeGreaterThanOrEqual(result.atKill);
	},
	600_000,
);
