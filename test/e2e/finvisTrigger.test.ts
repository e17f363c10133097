import { createHmac, randomBytes, randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { INodeParameters } from 'n8n-workflow';
import { useStack } from '../../tools/harness/jest/useStack';
import type { SavedWorkflow, WorkflowContent } from '../../tools/harness/n8n/client';
import { Executions } from '../../tools/harness/n8n/executions';
import { ours, saveTriggerWorkflow, type SavedTrigger } from '../../tools/harness/n8n/workflow';
import type { Webhook } from '../../tools/harness/sandbox';
import { until as untilHolds } from '../../tools/harness/until';

const { editorUrl, finvis, n8n, owner, sandbox } = useStack();

/** All of them: `FORGERIES=10000 npm run e2e -- finvisTrigger`. */
const FORGERIES = Number(process.env.FORGERIES ?? 500);
const AT_ONCE = 20;
/** For each, on a machine with a lot to do. */
const MOST_MS = 500;
const SECRET = 'whsec_of_the_credential';
const PATIENCE_MS = 30_000;

interface EventItem {
	readonly id: string;
	readonly delivery: { readonly verifiedWith: string };
}

const published: SavedWorkflow[] = [];
/** Signs in again after n8n has restarted. The credential with the webhook secret stays. */
const signIn = async () => {
	const { credentials } = owner;
	await owner.signIn();
	owner.credentials = credentials;
};
const executionsOf = (saved: { workflow: SavedWorkflow; trigger: string }) => new Executions<EventItem>(owner.client, saved);

beforeAll(async () => {
	const data = { ...finvis.data, webhookSecret: SECRET };
	owner.credentials = [await owner.client.saveCredential({ ...finvis, name: 'Finvis with webhooks', data })];
});

beforeEach(async () => {
	for (const { id } of await webhooks()) await sandbox.removeWebhook(id);
});

afterEach(async () => {
	await sandbox.clearFaults();
	for (const workflow of published.splice(0)) await owner.client.unpublish(workflow);
});

afterAll(async () => {
	await until(async () => (await webhooks()).length === 0);
});

const until = async (condition: () => Promise<boolean>) => await untilHolds(condition, { timeoutMs: PATIENCE_MS });

const { webhooks, emitEvent } = sandbox;
const addresses = async () => (await webhooks()).map(({ url }) => url).sort();
const urlOf = ({ nodes: [{ webhookId }] }: WorkflowContent) => `${editorUrl}/webhook/${webhookId}/webhook`;

async function listening(name: string): Promise<SavedTrigger & { url: string; executions: Executions<EventItem> }> {
	const parameters: INodeParameters = { events: ['payment.status.updated'] };
	const saved = await saveTriggerWorkflow(owner, name, { type: ours('finvisTrigger'), parameters });
	await owner.client.publish(saved.workflow);
	published.push(saved.workflow);
	return { ...saved, url: urlOf(saved.workflow), executions: executionsOf(saved) };
}

/** Saves a change of a workflow and publishes it, as the editor does. */
async function republish({ id }: SavedWorkflow, change: (current: SavedWorkflow) => Partial<WorkflowContent>) {
	const current = await owner.client.workflow(id);
	const { nodes, connections, name, versionId } = { ...current, ...change(current) };
	const saved = await owner.client.call<SavedWorkflow>('PATCH', `/rest/workflows/${id}`, { nodes, connections, name, versionId });
	await owner.client.publish(saved);
	return saved;
}

const restart = async () => {
	await n8n.stop();
	await n8n.start();
	await signIn();
};

const sign = (bytes: string, secret = SECRET, encoding: 'hex' | 'base64' = 'hex') =>
	createHmac('sha256', secret).update(bytes).digest(encoding);
const eventOf = (changed = {}) =>
	JSON.stringify({ id: randomUUID(), event: 'payment.status.updated', data: { batch_id: 'b1', status: 'executed' }, ...changed });
type Headers = Readonly<Record<string, string>>;
const post = async (url: string, body: string, headers: Headers = {}) => {
	const response = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body });
	return { status: response.status, text: await response.text() };
};
const signature = (value: string): Headers => ({ 'x-finvis-signature': value });

describe('deliveries', () => {
	test(
		`${FORGERIES} forged, tampered, unsigned and replayed ones start no run; a good one starts one`,
		async () => {
			const { url, executions } = await listening('Forgeries');
			const genuine = eventOf();
			expect(await post(url, genuine, signature(sign(genuine)))).toEqual({ status: 200, text: '{"message":"Received"}' });

			const fresh = () => eventOf();
			const kinds: Record<string, [() => [string, Headers?], number]> = {
				unsigned: [() => [fresh()], 401],
				'with an empty signature': [() => [fresh(), signature('')], 401],
				'signed with another secret': [(body = fresh()) => [body, signature(sign(body, randomBytes(16).toString('hex')))], 401],
				'signed with nothing': [(body = fresh()) => [body, signature(sign(body, ' '))], 401],
				'with a random signature': [() => [fresh(), signature(randomBytes(32).toString('hex'))], 401],
				'with the signature of another event': [() => [fresh(), signature(sign(genuine))], 401],
				'changed by one byte': [() => [genuine.replace('executed', 'Executed'), signature(sign(genuine))], 401],
				'with a space added': [() => [`${genuine} `, signature(sign(genuine))], 401],
				'written a second time with the same content': [
					() => [JSON.stringify(JSON.parse(genuine), undefined, 1), signature(sign(genuine))],
					401,
				],
				'with a signature cut short': [(body = fresh()) => [body, signature(sign(body).slice(0, 63))], 401],
				'with a signature made longer': [(body = fresh()) => [body, signature(`${sign(body)}0`)], 401],
				'signed in another format': [(body = fresh()) => [body, signature(`sha256=${sign(body)}`)], 401],
				'signed in base64': [(body = fresh()) => [body, signature(sign(body, SECRET, 'base64'))], 401],
				replayed: [() => [genuine, signature(sign(genuine))], 200],
				'signed, but not asked for': [(body = eventOf({ event: 'transaction.created' })) => [body, signature(sign(body))], 200],
				'signed, but no object': [(body = JSON.stringify([randomUUID()])) => [body, signature(sign(body))], 422],
				'signed, but broken JSON': [(body = `{"id":"${randomUUID()}"`) => [body, signature(sign(body))], 422],
			};
			const names = Object.keys(kinds);
			const answers: Record<string, Record<string, number>> = {};
			let sent = 0;
			const began = Date.now();
			const sendAll = async () => {
				while (sent < FORGERIES) {
					const name = names[sent % names.length];
					sent += 1;
					const [body, headers] = kinds[name][0]();
					const { status } = await post(url, body, headers);
					const counts = (answers[name] ??= {});
					counts[status] = (counts[status] ?? 0) + 1;
				}
			};
			await Promise.all(Array.from({ length: AT_ONCE }, sendAll));
			const seconds = (Date.now() - began) / 1_000;
			console.log(`${sent} deliveries in ${seconds.toFixed(1)} s (${Math.round(sent / seconds)} a second), answers by kind:`, answers);

			for (const name of names) expect([name, Object.keys(answers[name])]).toEqual([name, [String(kinds[name][1])]]);
			const last = eventOf();
			await post(url, last, signature(sign(last)));
			await until(async () => (await executions.read()).length >= 2);
			const ids = (await executions.read()).flatMap(({ items }) => items.map(({ id }) => id));
			expect(ids).toEqual([JSON.parse(genuine).id, JSON.parse(last).id]);
		},
		PATIENCE_MS + FORGERIES * MOST_MS,
	);

	test('of Finvis start a run; redelivered or tampered with they start none', async () => {
		const { executions } = await listening('Redelivered');
		const [id] = await emitEvent('payment.status.updated', { batch_id: 'b1', status: 'executed' });
		await until(async () => (await executions.read()).length === 1);
		for (const tamper of ['body', 'signature', 'unsigned', 'secret', undefined]) {
			const again = await sandbox.redeliver(id, tamper);
			expect([tamper, ...again.attempts]).toEqual([tamper, tamper === undefined ? 200 : 401]);
		}
		expect((await executions.read()).flatMap(({ items }) => items)).toEqual([
			expect.objectContaining({ id, delivery: expect.objectContaining({ verifiedWith: 'registration' }) }),
		]);
	});

	test('that arrive again after a restart of n8n start no second run', async () => {
		const { executions, workflow } = await listening('Redelivered after a restart');
		const [id] = await emitEvent('payment.status.updated', { batch_id: 'b1', status: 'executed' });
		await until(async () => (await executions.read()).length === 1);
		await restart();
		await until(async () => (await sandbox.redeliver(id)).attempts.includes(200));
		await until(async () => (await owner.client.executions(workflow)).length >= 2);
		expect((await executions.read()).flatMap(({ items }) => items.map((item) => item.id))).toEqual([id]);
	});
});

describe('webhooks at Finvis', () => {
	test('are there while their workflows are on: publishing, unpublishing, publishing again', async () => {
		const [one, other] = [await listening('One'), await listening('Other')];
		expect(await addresses()).toEqual([one.url, other.url].sort());
		await owner.client.unpublish(one.workflow);
		await until(async () => (await webhooks()).length === 1);
		expect(await addresses()).toEqual([other.url]);
		await owner.client.publish(one.workflow);
		expect(await addresses()).toEqual([one.url, other.url].sort());
	});

	test('stay the same over a restart of n8n, and are created again when they have vanished meanwhile', async () => {
		const [one, other] = [await listening('Stays'), await listening('Vanishes')];
		const before = await webhooks();
		const idOf = (all: readonly Webhook[], url: string) => all.find((webhook) => webhook.url === url)?.id;
		await n8n.stop();
		expect(await webhooks()).toEqual(before);
		await sandbox.removeWebhook(idOf(before, other.url) ?? '');
		await n8n.start();
		await signIn();
		await until(async () => (await webhooks()).length === 2);
		const after = await webhooks();
		expect(await addresses()).toEqual([one.url, other.url].sort());
		expect(idOf(after, one.url)).toBe(idOf(before, one.url));
		expect(idOf(after, other.url)).not.toBe(idOf(before, other.url));

		await emitEvent('payment.status.updated', { batch_id: 'after the restart' });
		for (const { workflow, trigger } of [one, other]) {
			const executions = executionsOf({ workflow, trigger });
			await until(async () => (await executions.read()).length === 1);
			expect((await executions.read())[0].items[0].delivery.verifiedWith).toBe('registration');
		}

		// n8n saved what it created at the start, so another start keeps it.
		await restart();
		await sleep(3_000);
		expect(await webhooks()).toEqual(after);
	});

	test('need no Finvis when n8n starts', async () => {
		const one = await listening('Through an outage');
		const before = await webhooks();
		await n8n.stop();
		await sandbox.addFaults({ match: { api: 'finvis' }, kind: 'status', status: 503 });
		await n8n.start();
		await signIn();
		await sleep(20_000);
		expect(await owner.client.publicationStatus(one.workflow)).toMatchObject({ status: 'published' });
		await sandbox.clearFaults();
		expect(await webhooks()).toEqual(before);
		await emitEvent('payment.status.updated');
		const executions = executionsOf(one);
		await until(async () => (await executions.read()).length === 1);
	});

	test('follow a change of the events, and a renamed node or workflow', async () => {
		const { workflow, url } = await listening('To be changed');
		const [{ id }] = await webhooks();
		await republish(workflow, () => ({ name: 'Changed' }));
		expect((await webhooks()).map((webhook) => webhook.id)).toEqual([id]);

		const renamed = await republish(workflow, ({ nodes: [node] }) => ({ nodes: [{ ...node, name: 'Renamed' }] }));
		expect(await addresses()).toEqual([url]);

		const events = ['payment.status.updated', 'transaction.created'];
		await republish(renamed, ({ nodes: [node] }) => ({ nodes: [{ ...node, parameters: { ...node.parameters, events } }] }));
		expect(await webhooks()).toEqual([expect.objectContaining({ url, events })]);

		await emitEvent('transaction.created', { id: 't1' });
		const executions = executionsOf({ workflow, trigger: 'Renamed' });
		await until(async () => (await executions.read()).length === 1);
	});

	test('of a copied workflow are its own', async () => {
		const original = await listening('Original');
		const [before] = await webhooks();
		const { nodes, connections, settings } = await owner.client.workflow(original.workflow.id);
		const copied = nodes.map((node) => ({ ...node, webhookId: randomUUID() }));
		const copy = await owner.client.createWorkflow({ name: 'Copy', nodes: copied, connections, settings });
		await owner.client.publish(copy);
		expect(await addresses()).toEqual([original.url, urlOf(copy)].sort());
		await owner.client.unpublish(copy);
		await until(async () => (await webhooks()).length === 1);
		expect(await webhooks()).toEqual([before]);
		await emitEvent('payment.status.updated');
		await until(async () => (await original.executions.read()).length === 1);
	});

	test('of listening in the editor come beside and go again', async () => {
		const { workflow, url } = await listening('Test');
		const [before] = await webhooks();
		await owner.client.start(workflow, 'Trigger');
		const testUrl = url.replace('/webhook/', '/webhook-test/');
		await until(async () => (await webhooks()).length === 2);
		expect(await addresses()).toEqual([testUrl, url].sort());
		await emitEvent('payment.status.updated');
		await until(async () => (await webhooks()).length === 1);
		expect(await webhooks()).toEqual([before]);
		// One of each: by the published workflow and by the one under test.
		const modes = async () => (await owner.client.executions(workflow)).map(({ mode }) => mode).sort();
		await until(async () => (await modes()).length === 2);
		expect(await modes()).toEqual(['manual', 'webhook']);
	});

	test('have no readable secret in the workflow', async () => {
		const { workflow } = await listening('Secret');
		const shown = JSON.stringify(await owner.client.workflow(workflow.id));
		expect(shown).toContain('"sealed":');
		expect(shown).not.toContain('whsec_');
	});

	test('are said to lack the scope where it lacks', async () => {
		const data = { ...finvis.data, scopes: finvis.data.scopes.filter((scope) => scope !== 'admin:public_api') };
		const credentials = [await owner.client.saveCredential({ ...finvis, name: 'Finvis without webhooks', data })];
		const saved = await saveTriggerWorkflow({ client: owner.client, credentials }, 'Without scope', { type: ours('finvisTrigger') });
		published.push(saved.workflow);
		await expect(owner.client.publish(saved.workflow, 60_000)).rejects.toThrow();
		const status = await owner.client.publicationStatus(saved.workflow);
		expect(JSON.stringify(status)).toContain('does not let this credential administer webhooks');
		expect(await webhooks()).toEqual([]);
	});
});
