import { setTimeout as sleep } from 'node:timers/promises';
import { beforeAll, expect, test } from '@jest/globals';
import { Executions } from '../../tools/n8n-host/executions.mjs';
import { saveTriggerWorkflow } from '../../tools/n8n-host/triggerWorkflow.mjs';
import { fondoReader } from '../../tools/soak/fondo.mjs';
import { sandbox, signedIn } from '../e2e/stack.mjs';
import { startedByWorkers, until } from './workers.mjs';

const EVENTS = 200;
const PER_SECOND = 10;
let n8n;

beforeAll(async () => {
	n8n = await signedIn();
	await sandbox.call('POST', '/clock', { speed: 1 });
});

const streams = async () => (await sandbox.call('GET', '/stream')).connections;

/** What n8n's own list says of executions that have not ended. */
async function notEnded({ workflow }) {
	const filter = encodeURIComponent(JSON.stringify({ workflowId: workflow.id, status: ['new', 'running', 'waiting', 'unknown'] }));
	const { results } = await n8n.client.call('GET', `/rest/executions?filter=${filter}&limit=100`);
	return results.map(({ id, status }) => `${id} ${status}`).join(', ') || 'none';
}

test(`${EVENTS} events come over one connection, and each runs once, on one of the workers`, async () => {
	const [{ id: clientId }] = await (await fondoReader(sandbox))('/client');
	const wanted = { clients: [clientId], objects: ['transaction'], kinds: ['created'] };
	const saved = await saveTriggerWorkflow(n8n, 'Stream in queue mode', wanted);
	await n8n.client.publish(saved.workflow);
	await until(async () => (await streams()) > 0);

	const made = [];
	const connections = new Set();
	while (made.length < EVENTS) {
		made.push(...(await sandbox.call('POST', '/deposits', { clientId, count: PER_SECOND })).transactions);
		connections.add(await streams());
		if (made.length === EVENTS / 2) await sandbox.call('POST', '/stream/cut');
		await sleep(1_000);
	}
	const executions = new Executions(n8n.client, saved);
	const told = (ended) => ended.flatMap(({ items }) => items.map(({ id }) => id)).sort();
	await until(async () => (await executions.read()).length >= EVENTS, {
		explain: async () => {
			const ended = await executions.read();
			const ids = told(ended);
			const at = (id) => `${made.indexOf(id)} ${id}`;
			return `${ended.length} executions have ended; not told: ${
				made
					.filter((id) => !ids.includes(id))
					.map(at)
					.join(', ') || 'none'
			}; not ended: ${await notEnded(saved)}`;
		},
	});
	await sleep(3_000);
	const ended = await executions.read();
	expect(told(ended)).toEqual([...made].sort());
	expect(ended.map(({ status }) => status)).toEqual(Array(EVENTS).fill('success'));
	expect(Math.max(...connections)).toBe(1);

	const ids = ended.map(({ id }) => String(id));
	const started = startedByWorkers().map((byOne) => byOne.filter((id) => ids.includes(id)));
	expect(started.flat().sort()).toEqual([...ids].sort());
	for (const byOne of started) expect(byOne.length).toBeGreaterThan(EVENTS / 10);
	await n8n.client.unpublish(saved.workflow);
	await until(async () => (await streams()) === 0);
});
