import { setTimeout as sleep } from 'node:timers/promises';
import { Failure } from '../failure.mjs';

const POLL_MS = 50;

/** The probe in n8n's process, from outside. */
export function probeAt(port) {
	const url = `http://127.0.0.1:${port}`;
	const ask = async (path) => await (await fetch(url + path)).json();
	return {
		markUrl: `${url}/mark`,
		begin: async () => await ask('/begin'),
		end: async () => await ask('/end'),
		/** Executions of a workflow that have ended since the last question. */
		ended: async ({ id }) => await ask(`/ended?workflow=${id}`),
		/** What the trigger of a workflow handed to n8n since the last question: when, and when that had happened. */
		handed: async ({ id }) => await ask(`/handed?workflow=${id}`),
		/** Milliseconds that the trigger of a workflow took with each request since the last question. */
		answering: async ({ id }) => await ask(`/answering?workflow=${id}`),
		/** The next executions of a workflow to end. */
		async next(workflow, { count = 1, timeoutMs = 600_000 } = {}) {
			const deadline = Date.now() + timeoutMs;
			const found = [];
			while (found.length < count) {
				if (Date.now() > deadline) throw new Failure(`Only ${found.length} of ${count} executions of '${workflow.name}' have ended`);
				await sleep(POLL_MS);
				found.push(...(await this.ended(workflow)));
			}
			return found;
		},
	};
}
