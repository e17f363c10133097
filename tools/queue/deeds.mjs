import { setTimeout as sleep } from 'node:timers/promises';
import { Failure } from '../failure.mjs';
import { reasonOf } from '../n8n-host/client.mjs';
import { enqueuedBy, startedBy } from './executions.mjs';

const POLL_MS = 500;
const DEADLINE_MS = 120_000;

const ENDED = ['success', 'error', 'crashed', 'canceled'];

/** All executions once every webhook of the sandbox has arrived and nothing runs any more. */
async function settled({ client, sandbox }) {
	for (const deadline = Date.now() + DEADLINE_MS; Date.now() < deadline; await sleep(POLL_MS)) {
		const { deliveries } = await sandbox.call('GET', '/deliveries');
		const { results } = await client.call('GET', '/rest/executions?limit=100');
		const byWebhook = results.filter(({ mode }) => mode === 'webhook');
		const isOver = deliveries.every(({ state }) => state !== 'sending') && results.every(({ status }) => ENDED.includes(status));
		if (isOver && byWebhook.length >= deliveries.filter(({ state }) => state === 'delivered').length) return results;
	}
	throw new Failure(`Not every execution had ended after ${DEADLINE_MS / 1_000} s`, 'look at the executions in the editor');
}

/** What each process of a queue stack has done, as rows of { execution, workflow, who took it, who ran it, status }, the oldest first. */
export async function deedsOf(stack) {
	const executions = await settled(stack);
	const { main, webhooks, workers } = stack.logs;
	const takers = [
		['main', enqueuedBy(main)],
		['webhook processor', enqueuedBy(webhooks)],
	];
	const runners = [...workers.map((log, index) => [`worker ${index + 1}`, startedBy(log)])];
	const who = (all, id, otherwise) => all.find(([, ids]) => ids.includes(id))?.[0] ?? otherwise;
	return executions
		.sort((one, other) => Number(one.id) - Number(other.id))
		.map(({ id, workflowName, mode, status }) => {
			// A sub-workflow runs where its parent runs, without a way through the queue; an Error Trigger is started by the worker of the failed run.
			const taker = who(takers, id, mode === 'error' ? 'a failed run' : 'its parent');
			return [id, workflowName ?? '', taker, who(runners, id, 'the same'), status];
		});
}

/** Why executions failed, a line each. */
export async function failuresOf({ client }, deeds) {
	const failed = deeds.filter(([, , , , status]) => status !== 'success');
	return await Promise.all(failed.map(async ([id, name]) => `${id} ${name}: ${reasonOf(await client.ended(id, 0))}`));
}
