import { createHmac, randomBytes, randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { outputOf } from '../../tools/n8n-host/client.mjs';
import { Executions } from '../../tools/n8n-host/executions.mjs';
import { ours, saveTriggerWorkflow } from '../../tools/n8n-host/triggerWorkflow.mjs';
import { editorUrl, finvis, n8n, sandbox, signedIn } from './stack.mjs';

/** All of them: `FORGERIES=10000 npm run e2e -- finvisTrigger`. */
const FORGERIES = Number(process.env.FORGERIES ?? 500);
const AT_ONCE = 20;
/** For each, on a machine with a lot to do. */
const MOST_MS = 500;
const SECRET = 'whsec_of_the_credential';
const PATIENCE_MS = 30_000;

let owner;
const published = [];

beforeAll(async () => {
	owner = await signedIn();
	const data = { ...finvis.data, webhookSecret: SECRET };
	owner.credentials = [await owner.client.saveCredential({ ...finvis, name: 'Finvis with webhooks', data })];
});

beforeEach(async () => {
	for (const { id } of await webhooks()) await sandbox.call('DELETE', `/webhooks/${id}`);
});

afterEach(async () => {
	await sandbox.call('DELETE', '/faults');
	for (const workflow of published.splice(0)) await owner.client.unpublish(workflow);
});

afterAll(async () => {
	await until(async () => (await webhooks()).length === 0);
});

async function until(condition) {
	const deadline = Date.now() + PATIENCE_MS;
	while (!(await condition())) {
		if (Date.now() > deadline) throw new Error(`It did not happen within ${PATIENCE_MS / 1000} s: ${condition}`);
		await sleep(200);
	}
}

const webhooks = async () => (await sandbox.call('GET', '/webhooks')).webhooks;
const addresses = async () => (await webhooks()).map(({ url }) => url).sort();
const urlOf = ({ nodes: [{ webhookId }] }) => `${editorUrl}/webhook/${webhookId}/webhook`;
const happens = async (event, data = {}) => (await sandbox.call('POST', '/events', { event, data })).deliveries;

async function listening(name, parameters = {}) {
	const type = ours('finvisTrigger');
	const saved = await saveTriggerWorkflow(owner, name, { type, events: ['payment.status.updated'], ...parameters });
	await owner.client.publish(saved.workflow);
	published.push(saved.workflow);
	return { ...saved, url: urlOf(saved.workflow), executions: new Executions(owner.client, saved) };
}

/** Saves a change of a workflow and publishes it, as the editor does. */
async function republish({ id }, change) {
	const current = await owner.client.call('GET', `/rest/workflows/${id}`);
	const { nodes, connections, name, versionId } = { ...current, ...change(current) };
	const saved = await owner.client.call('PATCH', `/rest/workflows/${id}`, { nodes, connections, name, versionId });
	await owner.client.publish(saved);
	return saved;
}

const restart = async () => {
	await n8n.stop();
	await n8n.start();
	owner.client = (await signedIn()).client;
};

const sign = (bytes, secret = SECRET, encoding = 'hex') => createHmac('sha256', secret).update(bytes).digest(encoding);
const eventOf = (changed = {}) =>
	JSON.stringify({ id: randomUUID(), event: 'payment.status.updated', data: { batch_id: 'b1', status: 'executed' }, ...changed });
const post = async (url, body, headers = {}) => {
	const response = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body });
	return { status: response.status, text: await response.text() };
};
const signature = (value) => ({ 'x-finvis-signature': value });

describe('deliveries', () => {
	test(
		`${FORGERIES} forged, tampered, unsigned and replayed ones start no run; a good one starts one`,
		async () => {
			const { url, executions } = await listening('Forgeries');
			const genuine = eventOf();
			expect(await post(url, genuine, signature(sign(genuine)))).toEqual({ status: 200, text: '{"message":"Received"}' });

			const fresh = () => eventOf();
			const kinds = {
				unsigned: [() => [fresh()], 401],
				'with an empty signature': [() => [fresh(), signature('')], 401],
				'signed with another secret': [(body = fresh()) => [body, signature(sign(body, randomBytes(16).toString('hex')))], 401],
				'signed with nothing': [(body = fresh()) => [body, signature(sign(body, ' '))], 401],
				'with a random signature': [() => [fresh(), signature(randomBytes(32).toString('hex'))], 401],
				'with the signature of another event': [() => [fresh(), signature(sign(genuine))], 401],
				'changed by one byte': [() => [genuine.replace('executed', 'Executed'), signature(sign(genuine))], 401],
				'with a space added': [() => [`${genuine} `, signature(sign(genuine))], 401],
				'written anew with the same content': [() => [JSON.stringify(JSON.parse(genuine), undefined, 1), signature(sign(genuine))], 401],
				'with a signature cut short': [(body = fresh()) => [body, signature(sign(body).slice(0, 63))], 401],
				'with a signature made longer': [(body = fresh()) => [body, signature(`${sign(body)}0`)], 401],
				'signed in another format': [(body = fresh()) => [body, signature(`sha256=${sign(body)}`)], 401],
				'signed in base64': [(body = fresh()) => [body, signature(sign(body, SECRET, 'base64'))], 401],
				replayed: [() => [genuine, signature(sign(genuine))], 200],
				'signed, but nobody asked for it': [(body = eventOf({ event: 'transaction.created' })) => [body, signature(sign(body))], 200],
				'signed, but no object': [(body = JSON.stringify([randomUUID()])) => [body, signature(sign(body))], 400],
				'signed, but broken JSON': [(body = `{"id":"${randomUUID()}"`) => [body, signature(sign(body))], 422],
			};
			const names = Object.keys(kinds);
			const answers = {};
			let sent = 0;
			const began = Date.now();
			const sendAll = async () => {
				while (sent < FORGERIES) {
					const name = names[sent % names.length];
					sent += 1;
					const { status } = await post(url, ...kinds[name][0]());
					answers[name] ??= {};
					answers[name][status] = (answers[name][status] ?? 0) + 1;
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
		const [id] = await happens('payment.status.updated', { batch_id: 'b1', status: 'executed' });
		await until(async () => (await executions.read()).length === 1);
		for (const tamper of ['body', 'signature', 'unsigned', 'secret', undefined]) {
			const again = await sandbox.call('POST', `/deliveries/${id}/redeliver`, { tamper });
			expect([tamper, ...again.attempts]).toEqual([tamper, tamper === undefined ? 200 : 401]);
		}
		expect((await executions.read()).flatMap(({ items }) => items)).toEqual([
			expect.objectContaining({ id, delivery: expect.objectContaining({ verifiedWith: 'registration' }) }),
		]);
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

	test('stay the same over a restart of n8n, and are made anew when they have vanished meanwhile', async () => {
		const [one, other] = [await listening('Stays'), await listening('Vanishes')];
		const before = await webhooks();
		const idOf = (all, url) => all.find((webhook) => webhook.url === url)?.id;
		await n8n.stop();
		expect(await webhooks()).toEqual(before);
		await sandbox.call('DELETE', `/webhooks/${idOf(before, other.url)}`);
		await n8n.start();
		owner.client = (await signedIn()).client;
		await until(async () => (await webhooks()).length === 2);
		const after = await webhooks();
		expect(await addresses()).toEqual([one.url, other.url].sort());
		expect(idOf(after, one.url)).toBe(idOf(before, one.url));
		expect(idOf(after, other.url)).not.toBe(idOf(before, other.url));

		await happens('payment.status.updated', { batch_id: 'after the restart' });
		for (const { workflow, trigger } of [one, other]) {
			const executions = new Executions(owner.client, { workflow, trigger });
			await until(async () => (await executions.read()).length === 1);
			expect((await executions.read())[0].items[0].delivery.verifiedWith).toBe('registration');
		}

		// What was made at the start has been saved: another start takes it as it is.
		await restart();
		await sleep(3_000);
		expect(await webhooks()).toEqual(after);
	});

	test('need no Finvis when n8n starts', async () => {
		const one = await listening('Through an outage');
		const before = await webhooks();
		await n8n.stop();
		await sandbox.call('POST', '/faults', { match: { api: 'finvis' }, kind: 'status', status: 503 });
		await n8n.start();
		owner.client = (await signedIn()).client;
		await sleep(20_000);
		expect(await owner.client.call('GET', `/rest/workflows/${one.workflow.id}/publication-status`)).toMatchObject({ status: 'published' });
		await sandbox.call('DELETE', '/faults');
		expect(await webhooks()).toEqual(before);
		await happens('payment.status.updated');
		const executions = new Executions(owner.client, one);
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

		await happens('transaction.created', { id: 't1' });
		const executions = new Executions(owner.client, { workflow, trigger: 'Renamed' });
		await until(async () => (await executions.read()).length === 1);
	});

	test('of a copied workflow are its own', async () => {
		const original = await listening('Original');
		const [before] = await webhooks();
		const { nodes, connections, settings } = await owner.client.call('GET', `/rest/workflows/${original.workflow.id}`);
		const copied = nodes.map((node) => ({ ...node, webhookId: randomUUID() }));
		const copy = await owner.client.createWorkflow({ name: 'Copy', nodes: copied, connections, settings });
		await owner.client.publish(copy);
		expect(await addresses()).toEqual([original.url, urlOf(copy)].sort());
		await owner.client.unpublish(copy);
		await until(async () => (await webhooks()).length === 1);
		expect(await webhooks()).toEqual([before]);
		await happens('payment.status.updated');
		await until(async () => (await original.executions.read()).length === 1);
	});

	test('of listening in the editor come beside and go again', async () => {
		const { workflow, url } = await listening('Test');
		const [before] = await webhooks();
		await owner.client.call('POST', `/rest/workflows/${workflow.id}/run`, {
			workflowData: workflow,
			triggerToStartFrom: { name: 'Trigger' },
		});
		const testUrl = url.replace('/webhook/', '/webhook-test/');
		await until(async () => (await webhooks()).length === 2);
		expect(await addresses()).toEqual([testUrl, url].sort());
		await happens('payment.status.updated');
		await until(async () => (await webhooks()).length === 1);
		expect(await webhooks()).toEqual([before]);
		// One of each: by the published workflow and by the one under test.
		const filter = encodeURIComponent(JSON.stringify({ workflowId: workflow.id }));
		const modes = async () => (await owner.client.call('GET', `/rest/executions?filter=${filter}`)).results.map(({ mode }) => mode).sort();
		await until(async () => (await modes()).length === 2);
		expect(await modes()).toEqual(['manual', 'webhook']);
	});

	test('are said to lack the scope where it lacks', async () => {
		const data = { ...finvis.data, scopes: finvis.data.scopes.filter((scope) => scope !== 'admin:public_api') };
		const credentials = [await owner.client.saveCredential({ ...finvis, name: 'Finvis without webhooks', data })];
		const saved = await saveTriggerWorkflow({ client: owner.client, credentials }, 'Without scope', { type: ours('finvisTrigger') });
		published.push(saved.workflow);
		await expect(owner.client.publish(saved.workflow, 60_000)).rejects.toThrow();
		const status = await owner.client.call('GET', `/rest/workflows/${saved.workflow.id}/publication-status`);
		expect(JSON.stringify(status)).toContain('does not let this credential administer webhooks');
		expect(await webhooks()).toEqual([]);
	});
});
