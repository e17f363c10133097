import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { outputOf } from '../../tools/n8n-host/client.mjs';
import { Executions } from '../../tools/n8n-host/executions.mjs';
import { ours, saveTriggerWorkflow } from '../../tools/n8n-host/triggerWorkflow.mjs';
import { fondoReader } from '../../tools/soak/fondo.mjs';
import { prove } from '../../tools/soak/proof.mjs';
import { layLine } from './line.mjs';
import { fondo, n8n, ports, sandbox, signedIn } from './stack.mjs';

const DEPOSITS = { objects: ['transaction'], kinds: ['created'] };
const HEALING_MS = 100_000;
/** n8n polls at a second of its own in each minute. */
const POLL_MS = 200_000;

let owner;
let line;
let clientId;
const published = [];

beforeAll(async () => {
	line = await layLine(ports.fondo);
	owner = await signedIn();
	const data = { ...fondo.data, baseUrl: line.url };
	owner.credentials = [await owner.client.saveCredential({ ...fondo, name: 'Fondo by a line', data })];
	await sandbox.call('POST', '/clock', { speed: 1 });
	const read = await fondoReader(sandbox);
	[{ id: clientId }] = await read('/client');
});

afterEach(async () => {
	line.up();
	await sandbox.call('DELETE', '/faults');
	for (const { workflow } of published.splice(0)) await owner.client.unpublish(workflow);
	await until(async () => (await connections()) === 0);
});

afterAll(async () => {
	await line.remove();
});

async function listening(name, parameters) {
	const saved = await saveTriggerWorkflow(owner, name, { clients: [clientId], ...DEPOSITS, ...parameters });
	await owner.client.publish(saved.workflow);
	published.push(saved);
	return { ...saved, executions: new Executions(owner.client, saved) };
}

/** Money that arrives: the IDs of the transactions. */
const made = async (count) => (await sandbox.call('POST', '/deposits', { clientId, count })).transactions;
const connections = async () => (await sandbox.call('GET', '/stream')).connections;
const told = async ({ executions }) => (await executions.read()).flatMap(({ items }) => items);

async function until(condition, timeoutMs = HEALING_MS) {
	const deadline = Date.now() + timeoutMs;
	while (!(await condition())) {
		if (Date.now() > deadline) throw new Error(`It did not happen within ${timeoutMs / 1000} s: ${condition}`);
		await sleep(300);
	}
}

const idsOf = (items) => items.map(({ id }) => id).sort();

test('two workflows get each change once; publishing opens a connection for each, unpublishing closes it', async () => {
	await until(async () => (await connections()) === 0);
	const [one, other] = [await listening('Stream one'), await listening('Stream two')];
	await until(async () => (await connections()) === 2);
	const ids = (await made(5)).sort();
	await until(async () => (await told(one)).length >= 5 && (await told(other)).length >= 5);
	expect(idsOf(await told(one))).toEqual(ids);
	expect(idsOf(await told(other))).toEqual(ids);
	await owner.client.unpublish(one.workflow);
	await until(async () => (await connections()) === 1);
	await owner.client.unpublish(other.workflow);
	await until(async () => (await connections()) === 0);
});

test('listening by hand ends with the first event, and leaves no connection', async () => {
	const { workflow, trigger } = await saveTriggerWorkflow(owner, 'By hand', { clients: [clientId], ...DEPOSITS });
	const run = owner.client.run(workflow, trigger);
	await until(async () => (await connections()) === 1);
	await sleep(1_000);
	const [id] = await made(1);
	const execution = await run;
	expect(execution.status).toBe('success');
	expect(outputOf(execution, trigger).map(({ json }) => json.id)).toEqual([id]);
	await until(async () => (await connections()) === 0);
});

test('Fondo is down while n8n starts: n8n comes up, and what was missed is told when Fondo is back', async () => {
	const workflow = await listening('Down at start');
	line.down();
	await n8n.stop();
	const ids = await made(3);
	await n8n.start();
	await sleep(5_000);
	expect(await told(workflow)).toEqual([]);
	ids.push(...(await made(2)));
	line.up();
	await until(async () => (await told(workflow)).length >= 5);
	ids.push(...(await made(1)));
	await until(async () => (await told(workflow)).length >= 6);
	const items = await told(workflow);
	expect(idsOf(items)).toEqual([...ids].sort());
	expect(new Set(items.map(({ source }) => source))).toEqual(new Set(['catchUp', 'stream']));
});

test('the token is refused for a while: it heals without a hand', async () => {
	const workflow = await listening('Token refused');
	await until(async () => (await connections()) === 1);
	await sandbox.call('POST', '/faults', { match: { api: 'fondo', path: 'authToken' }, kind: 'status', status: 401 });
	await sandbox.call('POST', '/tokens/revoke', { api: 'fondo' });
	await sandbox.call('POST', '/stream/cut');
	const ids = await made(4);
	await sleep(4_000);
	expect(await told(workflow)).toEqual([]);
	await sandbox.call('DELETE', '/faults');
	await until(async () => (await told(workflow)).length >= 4);
	expect(idsOf(await told(workflow))).toEqual(ids.sort());
	await until(async () => (await connections()) === 1);
});

test('an outage longer than the limit is one failed execution, for which the error workflow runs; then it heals', async () => {
	const failures = await saveTriggerWorkflow(owner, 'When something fails', { type: 'n8n-nodes-base.errorTrigger' });
	await owner.client.publish(failures.workflow);
	published.push(failures);
	const settings = { errorWorkflow: failures.workflow.id };
	const workflow = await listening('Long outage', { options: { reportAfterMinutes: 0.05 }, settings });
	await until(async () => (await connections()) === 1);
	line.down();
	const failed = async () => (await workflow.executions.read()).filter(({ status }) => status === 'error');
	await until(async () => (await failed()).length > 0);
	const errors = new Executions(owner.client, failures);
	await until(async () => (await errors.read()).length > 0);
	const [{ items }] = await errors.read();
	expect(items[0].trigger.error.message).toContain('has been interrupted for');
	const ids = await made(2);
	await sleep(10_000);
	expect(await failed()).toHaveLength(1);
	line.up();
	await until(async () => (await told(workflow)).length >= 2);
	expect(idsOf(await told(workflow))).toEqual(ids.sort());
});

test(
	'the polling twin tells of the same events under the same identity',
	async () => {
		const pollTimes = { item: [{ mode: 'everyMinute' }] };
		const polling = await listening('Polling twin', { type: ours('fondoPollingTrigger'), pollTimes });
		const stream = await listening('Stream twin');
		await until(async () => (await connections()) === 1);
		const ids = await made(6);
		await until(async () => (await told(polling)).length >= 6 && (await told(stream)).length >= 6, POLL_MS);
		expect(idsOf(await told(stream))).toEqual(ids.sort());
		const identities = async (workflow) => (await told(workflow)).map(({ eventId }) => eventId).sort();
		expect(await identities(polling)).toEqual(await identities(stream));
	},
	POLL_MS + 40_000,
);

test('events that were gathered into an execution are not told again when n8n is killed after it', async () => {
	const workflow = await listening('Gathered and killed', { options: { gatherSeconds: 1 } });
	await until(async () => (await connections()) === 1);
	const ids = await made(5);
	await until(async () => (await told(workflow)).length >= 5);
	await n8n.kill();
	ids.push(...(await made(2)));
	await n8n.start();
	await until(async () => {
		const sent = idsOf(await told(workflow));
		return ids.every((id) => sent.includes(id));
	});
	expect(idsOf(await told(workflow))).toEqual(ids.sort());
});

test('500 events through 10 cuts and two restarts of n8n, one of them by SIGKILL: each is told once', async () => {
	const proof = await prove({ sandbox, n8n, ...owner }, { events: 500, cuts: 10, seconds: 60, gatherers: 1 });
	expect(proof.cuts).toBeGreaterThanOrEqual(10);
	const told = proof.verdicts.map(({ events, delivered, lost, doubles }) => ({ events, delivered, lost, doubles }));
	expect(told).toEqual([500, 500].map((events) => ({ events, delivered: events, lost: [], doubles: 0 })));
	expect(proof.states).toMatchObject({ objects: 3, doubles: 0, backwards: 0, outdated: 0 });
}, 300_000);
