import { setTimeout as sleep } from 'node:timers/promises';
import type { INodeParameters } from 'n8n-workflow';
import { useStack } from '../../tools/harness/jest/useStack';
import { jsonOf } from '../../tools/harness/n8n/client';
import { Executions } from '../../tools/harness/n8n/executions';
import { ours, saveTriggerWorkflow, type SavedTrigger, type TriggerOptions } from '../../tools/harness/n8n/workflow';
import { until as untilHolds } from '../../tools/harness/until';
import { proveEvents } from '../../tools/soak/eventProof';
import { layLine, type Line } from './line';

const { fondo, n8n, owner, ports, sandbox } = useStack();

const DEPOSITS: INodeParameters = { objects: ['transaction'], kinds: ['created'] };
const HEALING_MS = 100_000;
/** n8n polls once a minute, at a second that it chooses. */
const POLL_MS = 200_000;

interface ChangeItem {
	readonly id: string;
	readonly source: string;
	readonly eventId: string;
}

interface Listening extends SavedTrigger {
	readonly executions: Executions<ChangeItem>;
}

let line: Line;
let clientId: string;
const published: SavedTrigger[] = [];

beforeAll(async () => {
	line = await layLine(ports.fondo);
	const data = { ...fondo.data, baseUrl: line.url };
	owner.credentials = [await owner.client.saveCredential({ ...fondo, name: 'Fondo by a line', data })];
	await sandbox.setSpeed(1);
	[{ id: clientId }] = await sandbox.fondo.read<Array<{ id: string }>>('/client');
});

afterEach(async () => {
	line.up();
	await sandbox.clearFaults();
	for (const { workflow } of published.splice(0)) await owner.client.unpublish(workflow);
	await until(async () => (await connections()) === 0);
});

afterAll(async () => {
	await line.remove();
});

async function listening(name: string, { parameters, ...options }: TriggerOptions = {}): Promise<Listening> {
	const saved = await saveTriggerWorkflow(owner, name, { parameters: { clients: [clientId], ...DEPOSITS, ...parameters }, ...options });
	await owner.client.publish(saved.workflow);
	published.push(saved);
	return { ...saved, executions: new Executions(owner.client, saved) };
}

/** Money that arrives: the IDs of the transactions. */
const made = async (count: number) => (await sandbox.deposit({ clientId, count })).transactions;
const connections = sandbox.streams;
/** What the trigger gave. n8n (2.41) puts an empty item into the failed execution that reports an outage. */
const emitted = async ({ executions }: Listening) =>
	(await executions.read()).flatMap(({ status, items }) => (status === 'error' ? [] : items));

const until = async (condition: () => Promise<boolean>, timeoutMs = HEALING_MS) => await untilHolds(condition, { timeoutMs, everyMs: 300 });

const idsOf = (items: ReadonlyArray<{ id: string }>) => items.map(({ id }) => id).sort();

test('two workflows get each change once; publishing opens a connection for each, unpublishing closes it', async () => {
	await until(async () => (await connections()) === 0);
	const [one, other] = [await listening('Stream one'), await listening('Stream two')];
	await until(async () => (await connections()) === 2);
	const ids = (await made(5)).sort();
	await until(async () => (await emitted(one)).length >= 5 && (await emitted(other)).length >= 5);
	expect(idsOf(await emitted(one))).toEqual(ids);
	expect(idsOf(await emitted(other))).toEqual(ids);
	await owner.client.unpublish(one.workflow);
	await until(async () => (await connections()) === 1);
	await owner.client.unpublish(other.workflow);
	await until(async () => (await connections()) === 0);
});

test('listening by hand ends with the first event, and leaves no connection', async () => {
	const { workflow, trigger } = await saveTriggerWorkflow(owner, 'By hand', { parameters: { clients: [clientId], ...DEPOSITS } });
	const run = owner.client.run(workflow, trigger);
	await until(async () => (await connections()) === 1);
	await sleep(1_000);
	const [id] = await made(1);
	const execution = await run;
	expect(execution.status).toBe('success');
	expect(jsonOf(execution, trigger).map(({ id: found }) => found)).toEqual([id]);
	await until(async () => (await connections()) === 0);
});

test('Fondo is down while n8n starts: n8n comes up, and the missed changes arrive when Fondo is back', async () => {
	const workflow = await listening('Down at start');
	line.down();
	await n8n.stop();
	const ids = await made(3);
	await n8n.start();
	await sleep(5_000);
	expect(await emitted(workflow)).toEqual([]);
	ids.push(...(await made(2)));
	line.up();
	await until(async () => (await emitted(workflow)).length >= 5);
	ids.push(...(await made(1)));
	await until(async () => (await emitted(workflow)).length >= 6);
	const items = await emitted(workflow);
	expect(idsOf(items)).toEqual([...ids].sort());
	expect(new Set(items.map(({ source }) => source))).toEqual(new Set(['catchUp', 'stream']));
});

test('the token is refused for a while: the trigger reconnects by itself', async () => {
	const workflow = await listening('Token refused');
	await until(async () => (await connections()) === 1);
	await sandbox.addFaults({ match: { api: 'fondo', path: 'authToken' }, kind: 'status', status: 401 });
	await sandbox.revokeTokens('fondo');
	await sandbox.cutStreams();
	const ids = await made(4);
	await sleep(4_000);
	expect(await emitted(workflow)).toEqual([]);
	await sandbox.clearFaults();
	await until(async () => (await emitted(workflow)).length >= 4);
	expect(idsOf(await emitted(workflow))).toEqual(ids.sort());
	await until(async () => (await connections()) === 1);
});

test('an outage longer than the limit is one failed execution and starts the error workflow; then the trigger reconnects', async () => {
	const failures = await saveTriggerWorkflow(owner, 'When something fails', { type: 'n8n-nodes-base.errorTrigger' });
	await owner.client.publish(failures.workflow);
	published.push(failures);
	const settings = { errorWorkflow: failures.workflow.id };
	const workflow = await listening('Long outage', { parameters: { options: { reportAfterMinutes: 0.05 } }, settings });
	await until(async () => (await connections()) === 1);
	line.down();
	const failed = async () => (await workflow.executions.read()).filter(({ status }) => status === 'error');
	await until(async () => (await failed()).length > 0);
	const errors = new Executions<{ trigger: { error: { message: string } } }>(owner.client, failures);
	await until(async () => (await errors.read()).length > 0);
	const [{ items }] = await errors.read();
	expect(items[0].trigger.error.message).toContain('has been interrupted for');
	const ids = await made(2);
	await sleep(10_000);
	expect(await failed()).toHaveLength(1);
	line.up();
	await until(async () => (await emitted(workflow)).length >= 2);
	expect(idsOf(await emitted(workflow))).toEqual(ids.sort());
});

test(
	'the polling trigger emits the same events under the same identity',
	async () => {
		const pollTimes = { item: [{ mode: 'everyMinute' }] };
		const polling = await listening('Polling twin', { type: ours('fondoPollingTrigger'), parameters: { pollTimes } });
		const stream = await listening('Stream twin');
		await until(async () => (await connections()) === 1);
		const ids = await made(6);
		await until(async () => (await emitted(polling)).length >= 6 && (await emitted(stream)).length >= 6, POLL_MS);
		expect(idsOf(await emitted(stream))).toEqual(ids.sort());
		const identities = async (workflow: Listening) => (await emitted(workflow)).map(({ eventId }) => eventId).sort();
		expect(await identities(polling)).toEqual(await identities(stream));
	},
	POLL_MS + 40_000,
);

test('events that were gathered into an execution do not arrive a second time when n8n is killed after it', async () => {
	const workflow = await listening('Gathered and killed', { parameters: { options: { gatherSeconds: 1 } } });
	await until(async () => (await connections()) === 1);
	const ids = await made(5);
	await until(async () => (await emitted(workflow)).length >= 5);
	await n8n.kill();
	ids.push(...(await made(2)));
	await n8n.start();
	await until(async () => {
		const sent = idsOf(await emitted(workflow));
		return ids.every((id) => sent.includes(id));
	});
	expect(idsOf(await emitted(workflow))).toEqual(ids.sort());
});

test('500 events through 10 cuts and two restarts of n8n, one of them by SIGKILL: each arrives once', async () => {
	const proof = await proveEvents(
		{ sandbox, n8n, client: owner.client, credentials: owner.credentials },
		{ events: 500, cuts: 10, seconds: 60, gatherers: 1 },
	);
	expect(proof.cuts).toBeGreaterThanOrEqual(10);
	const counts = proof.verdicts.map(({ events, delivered, lost, doubles }) => ({ events, delivered, lost, doubles }));
	expect(counts).toEqual([500, 500].map((events) => ({ events, delivered: events, lost: [], doubles: 0 })));
	expect(proof.states).toMatchObject({ objects: 3, doubles: 0, backwards: 0, outdated: 0 });
}, 600_000);
