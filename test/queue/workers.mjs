// The processes that tools/queue/cli.mjs has started, by what they wrote.
import { setTimeout as sleep } from 'node:timers/promises';
import { enqueuedBy, startedBy } from '../../tools/queue/executions.mjs';

const started = process.env.FONDO_FINVIS_QUEUE;
if (!started) throw new Error('These tests run with `npm run test:queue`, which starts what they need');
const { webhookUrl, logs } = JSON.parse(started);

export { webhookUrl };

/** The IDs of the executions that each worker has started. */
export const startedByWorkers = () => logs.workers.map(startedBy);

/** The IDs of the executions that came in by the webhook processor. */
export const enqueuedByWebhooks = () => enqueuedBy(logs.webhooks);

/** Resolves with the first true answer; fails when none comes, with what `explain` has to say of it. */
export async function until(ask, { timeoutMs = 150_000, explain = () => ask } = {}) {
	for (const deadline = Date.now() + timeoutMs; Date.now() < deadline; await sleep(250)) {
		const answer = await ask();
		if (answer) return answer;
	}
	throw new Error(`It did not happen within ${timeoutMs / 1000} s: ${await explain()}`);
}

/** The ended executions of a workflow, once there are as many as expected. */
export async function executionsOf({ client }, { id }, count) {
	const filter = encodeURIComponent(JSON.stringify({ workflowId: id }));
	const results = await until(async () => {
		const found = (await client.call('GET', `/rest/executions?filter=${filter}&limit=100`)).results;
		return found.length >= count && found;
	});
	return await Promise.all(results.map(async (one) => await client.ended(one.id, 60_000)));
}
