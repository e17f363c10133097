import { setTimeout as sleep } from 'node:timers/promises';
import { useStack } from '../../tools/harness/jest/useStack';
import { Executions, type TriggerExecution } from '../../tools/harness/n8n/executions';
import { saveTriggerWorkflow, type SavedTrigger } from '../../tools/harness/n8n/workflow';
import { until } from '../../tools/harness/until';
import { QUEUE_TIMEOUT_MS, startedByWorkers } from './workers';

const { owner, sandbox } = useStack();
const { client } = owner;

const EVENTS = 200;
const PER_SECOND = 10;

interface Transaction {
	readonly id: string;
}

beforeAll(async () => {
	await sandbox.setSpeed(1);
});

/** The executions that have not ended, by n8n's own list. */
async function notEnded({ workflow }: SavedTrigger): Promise<string> {
	const rows = await client.executions(workflow, ['new', 'running', 'waiting', 'unknown']);
	return rows.map(({ id, status }) => `${id} ${status}`).join(', ') || 'none';
}

const idsIn = (ended: ReadonlyArray<TriggerExecution<Transaction>>) => ended.flatMap(({ items }) => items.map(({ id }) => id)).sort();

test(`${EVENTS} events come over one connection, and each runs once, on one of the workers`, async () => {
	const [{ id: clientId }] = await sandbox.fondo.read<Array<{ id: string }>>('/client');
	const parameters = { clients: [clientId], objects: ['transaction'], kinds: ['created'] };
	const saved = await saveTriggerWorkflow(owner, 'Stream in queue mode', { parameters });
	await client.publish(saved.workflow);
	await until(async () => (await sandbox.streams()) > 0, { what: 'the stream is open', timeoutMs: QUEUE_TIMEOUT_MS });

	const made: string[] = [];
	const connections = new Set<number>();
	while (made.length < EVENTS) {
		made.push(...(await sandbox.deposit({ clientId, count: PER_SECOND })).transactions);
		connections.add(await sandbox.streams());
		if (made.length === EVENTS / 2) await sandbox.cutStreams();
		await sleep(1_000);
	}
	const executions = new Executions<Transaction>(client, saved);
	await until(async () => (await executions.read()).length >= EVENTS, {
		what: 'each event has run',
		timeoutMs: QUEUE_TIMEOUT_MS,
		explain: async () => {
			const ended = await executions.read();
			const ids = idsIn(ended);
			const missing = made.map((id, index) => `${index} ${id}`).filter((_, index) => !ids.includes(made[index]));
			return `(${ended.length} executions have ended; missing: ${missing.join(', ') || 'none'}; not ended: ${await notEnded(saved)})`;
		},
	});
	await sleep(3_000);
	const ended = await executions.read();
	expect(idsIn(ended)).toEqual([...made].sort());
	expect(ended.map(({ status }) => status)).toEqual(Array(EVENTS).fill('success'));
	expect(Math.max(...connections)).toBe(1);

	const ids = ended.map(({ id }) => String(id));
	const started = startedByWorkers().map((byOne) => byOne.filter((id) => ids.includes(id)));
	expect(started.flat().sort()).toEqual([...ids].sort());
	for (const byOne of started) expect(byOne.length).toBeGreaterThan(EVENTS / 10);
	await client.unpublish(saved.workflow);
	await until(async () => (await sandbox.streams()) === 0, { what: 'the stream is closed', timeoutMs: QUEUE_TIMEOUT_MS });
});
