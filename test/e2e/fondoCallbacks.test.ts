import { setTimeout as sleep } from 'node:timers/promises';
import type { INodeParameters } from 'n8n-workflow';
import { useStack } from '../../tools/harness/jest/useStack';
import { Executions } from '../../tools/harness/n8n/executions';
import { credentialsOf, node, ours, saveWorkflow } from '../../tools/harness/n8n/workflow';
import { until } from '../../tools/harness/until';

const { editorUrl, n8n, owner, sandbox } = useStack();

/** All of them: `FORGERIES=10000 npm run e2e -- fondoCallbacks`. */
const FORGERIES = Number(process.env.FORGERIES ?? 300);
/** As docs/triggers.md says. */
const MOST_CALLS_A_MINUTE = 300;
const AT_ONCE = 10;
/** n8n polls once a minute, at a second that it chooses. */
const POLL_MS = 70_000;
const PATIENCE_MS = 60_000;
const TRIGGERS = { Stream: 'fondoTrigger', Polling: 'fondoPollingTrigger', Callback: 'fondoWebhookTrigger' } as const;
type Trigger = keyof typeof TRIGGERS;

interface ChangeItem {
	readonly id: string;
	readonly source: string;
}

const address = `${editorUrl}/webhook/fondo-callbacks/callback`;
let clientId: string;
let read: (trigger: Trigger) => Promise<ChangeItem[]>;

const callsOf = async () => (await sandbox.requests()).filter(({ operationId }) => operationId !== 'authToken').length;
const post = async (body: unknown) =>
	(await fetch(address, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })).status;
const all = async () => (await Promise.all((Object.keys(TRIGGERS) as Trigger[]).map(read))).flat();

beforeAll(async () => {
	await sandbox.setSpeed(1);
	[{ id: clientId }] = await sandbox.fondo.read<Array<{ id: string }>>('/client');
	const of = (name: Trigger, parameters: INodeParameters = {}) => {
		const type = ours(TRIGGERS[name]);
		const heard = { clients: [clientId], objects: ['transaction'], kinds: ['created'], options: { onceAmongTriggers: true } };
		const settings = { webhookId: 'fondo-callbacks', credentials: credentialsOf(type, owner.credentials) };
		return node(name, type, { ...heard, ...parameters }, settings);
	};
	const nodes = [
		of('Stream'),
		of('Polling', { pollTimes: { item: [{ mode: 'everyMinute' }] } }),
		of('Callback', { options: {} }),
		node('After', 'n8n-nodes-base.noOp'),
	];
	const links = Object.keys(TRIGGERS).map((from) => ({ from, to: 'After' }));
	const workflow = await saveWorkflow(owner, 'Three ways', nodes, { links });
	const executions = Object.fromEntries(
		Object.keys(TRIGGERS).map((trigger) => [trigger, new Executions<ChangeItem>(owner.client, { workflow, trigger })]),
	);
	read = async (trigger) => (await executions[trigger].read()).flatMap(({ items }) => items);
	await owner.client.publish(workflow);
	await until(async () => (await sandbox.streams()) === 1, { timeoutMs: PATIENCE_MS, what: 'the stream is open' });
	await sandbox.changeSettings({ fondo: { callbackUrl: address } });
});
afterAll(async () => await sandbox.changeSettings({ fondo: { callbackUrl: null } }));

test(
	'stream, polling and callbacks at once deliver each change once among them, also after a restart of n8n',
	async () => {
		const { transactions: made } = await sandbox.deposit({ clientId, count: 12 });
		await until(async () => (await all()).length >= made.length, { timeoutMs: PATIENCE_MS, what: 'every change has arrived' });
		await sleep(POLL_MS);
		expect((await all()).map(({ id }) => id).sort()).toEqual([...made].sort());

		await n8n.stop();
		await n8n.start();
		const { credentials } = owner;
		await owner.signIn();
		owner.credentials = credentials;
		const sent = (await sandbox.deliveries()).filter(({ url }) => url === address);
		expect(sent.length).toBeGreaterThanOrEqual(made.length);
		for (const { id } of sent) await sandbox.redeliver(id);
		await sleep(2_000);
		expect((await all()).map(({ id }) => id).sort()).toEqual([...made].sort());
	},
	POLL_MS + 3 * PATIENCE_MS,
);

test(`${FORGERIES} forged callbacks start nothing, and cost Fondo at most ${MOST_CALLS_A_MINUTE} calls a minute`, async () => {
	const [before, known] = [await callsOf(), (await read('Callback')).length];
	const began = Date.now();
	let sent = 0;
	const sendAll = async () => {
		while (sent < FORGERIES) {
			sent += 1;
			const id = [`forged-${sent}`, '../account', 'a'.repeat(10_000), { $ne: 1 }][sent % 4];
			expect([400, 404, 503]).toContain(
				await post({ eventType: 'transaction.create', current: { id, modifiedDate: '2026-01-01T00:00:00Z' } }),
			);
		}
	};
	await Promise.all(Array.from({ length: AT_ONCE }, sendAll));
	// The stream and the polling ask Fondo too.
	const others = 20;
	const minutes = Math.ceil((Date.now() - began) / 60_000) + 1;
	expect((await read('Callback')).length).toBe(known);
	expect((await callsOf()) - before).toBeLessThanOrEqual(minutes * (MOST_CALLS_A_MINUTE + others));
}, 300_000);
