// The workers that tools/queue/cli.mjs has started, by what they wrote.
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

const logs = JSON.parse(process.env.FONDO_FINVIS_WORKERS ?? '[]');
if (logs.length === 0) throw new Error('These tests run with `npm run test:queue`, which starts what they need');

/** The IDs of the executions that each worker has started. */
export const startedByWorkers = () =>
	logs.map((log) => [...readFileSync(log, 'utf8').matchAll(/Worker started execution (\d+) /g)].map(([, id]) => id));

/** The ended executions of a workflow, once there are as many as expected. */
export async function executionsOf({ client }, { id }, count, timeoutMs = 60_000) {
	const deadline = Date.now() + timeoutMs;
	const filter = encodeURIComponent(JSON.stringify({ workflowId: id }));
	for (;;) {
		const { results } = await client.call('GET', `/rest/executions?filter=${filter}&limit=100`);
		if (results.length >= count) return await Promise.all(results.map(async (one) => await client.ended(one.id, timeoutMs)));
		if (Date.now() > deadline) throw new Error(`There are ${results.length} executions after ${timeoutMs / 1000} s, not ${count}`);
		await sleep(250);
	}
}
