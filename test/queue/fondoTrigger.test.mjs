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
	await until(async () => (await executions.read()).length >= EVENTS);
	await sleep(3_000);
	const ended = await executions.read();
	expect(ended.flatMap(({ items }) => items.map(({ id }) => id)).sort()).toEqual([...made].sort());
	expect(ended.map(({ status }) => status)).toEqual(Array(EVENTS).fill('success'));
	expect(Math.max(...connections)).toBe(1);

	const ids = ended.map(({ id }) => String(id));
	const started = startedByWorkers().map((byOne) => byOne.filter((id) => ids.includes(id)));
	expect(started.flat().sort()).toEqual([...ids].sort());
	for (const byOne of started) expect(byOne.length).toBeGreaterThan(EVENTS / 10);
	await n8n.client.unpublish(saved.workflow);
	await until(async () => (await streams()) === 0);
});
