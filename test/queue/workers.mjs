// The workers that tools/queue/cli.mjs has started, by what they wrote.
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

const logs = JSON.parse(process.env.FONDO_FINVIS_WORKERS ?? '[]');
if (logs.length === 0) throw new Error('These tests run with `npm run test:queue`, which starts what they need');

/** The IDs of the executions that each worker has started. */
export const startedByWorkers = () =>
	logs.map((log) => [...readFileSync(log, 'utf8').matchAll(/Worker started execution (\d+) /g)].map(([, id]) => id));

/** Resolves with the first true answer; fails when none comes. */
export async function until(ask, timeoutMs = 150_000) {
	for (const deadline = Date.now() + timeoutMs; Date.now() < deadline; await sleep(250)) {
		const answer = await ask();
		if (answer) return answer;
	}
	throw new Error(`It did not happen within ${timeoutMs / 1000} s: ${ask}`);
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
