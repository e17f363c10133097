import { beforeAll, describe, expect, test } from '@jest/globals';
import { setTimeout as sleep } from 'node:timers/promises';
import { outputOf, reasonOf } from '../../tools/n8n-host/client.mjs';
import { unflatten } from '../../tools/n8n-host/flatted.mjs';
import { editorUrl, n8n, sandbox, signedIn } from './stack.mjs';

const CLIENT = 'cb9321dc-cab4-444a-8886-c22a18a4b149';
const NOBODY = 'http://127.0.0.1:9/nobody';
const PATIENCE_MS = 20_000;

let owner;

beforeAll(async () => {
	owner = await signedIn();
});

const byId = (value) => ({ __rl: true, mode: 'id', value });
const START = { name: 'Start', type: 'n8n-nodes-base.manualTrigger', typeVersion: 1, parameters: {} };
const fondo = (name, parameters, more = {}) => {
	const { id, name: credential } = owner.credentials.find(({ type }) => type === 'fondoApi');
	const type = 'n8n-nodes-fondo-finvis.fondo';
	return { name, type, typeVersion: 1, parameters, credentials: { fondoApi: { id, name: credential } }, ...more };
};
const create = (more = {}) =>
	fondo('Create', { resource: 'journey', operation: 'create', client: byId(CLIENT), journeyType: 'createAccount', ...more });
const wait = (more = {}) =>
	fondo('Wait', { resource: 'journey', operation: 'waitForOutcome', client: byId(CLIENT), journey: byId('={{ $json.id }}'), ...more });
const items = (count) => ({
	name: 'Customers',
	type: 'n8n-nodes-base.code',
	typeVersion: 2,
	parameters: { jsCode: `return Array.from({ length: ${count} }, (_, customer) => ({ json: { customer } }))` },
});
const after = (name) => ({ name, type: 'n8n-nodes-base.noOp', typeVersion: 1, parameters: {} });

/** Saves nodes in line; `more` connects others: from, output, to. */
async function save(name, line, more = []) {
	const extra = more.flatMap(({ from, to }) => [from, to]).filter((node) => !line.includes(node));
	const nodes = [...new Set([...line, ...extra])].map((node, index) => ({ id: `node-${index}`, position: [220 * index, 0], ...node }));
	const connections = {};
	const connect = (from, output, to) => {
		const { main } = (connections[from.name] ??= { main: [] });
		while (main.length <= output) main.push([]);
		main[output].push({ node: to.name, type: 'main', index: 0 });
	};
	line.slice(1).forEach((node, index) => connect(line[index], line[index].onwards ?? 0, node));
	for (const { from, output = 0, to } of more) connect(from, output, to);
	const plain = nodes.map(({ onwards, ...node }) => node);
	return await owner.client.createWorkflow({ name, nodes: plain, connections, settings: { executionOrder: 'v1' } });
}

async function start(workflow, trigger = 'Start') {
	const body = { workflowData: workflow, triggerToStartFrom: { name: trigger } };
	return (await owner.client.call('POST', `/rest/workflows/${workflow.id}/run`, body)).executionId;
}

/** What has begun of a workflow; undefined while nothing has. */
async function begunOf({ id: workflowId }) {
	const filter = encodeURIComponent(JSON.stringify({ workflowId }));
	const { results } = await owner.client.call('GET', `/rest/executions?filter=${filter}`);
	return results.length > 0 ? results : undefined;
}

async function execution(id) {
	const found = await owner.client.call('GET', `/rest/executions/${id}`);
	return { ...found, data: unflatten(found.data) };
}

/** Resolves when something holds; fails when it does not come to hold. */
async function eventually(what, ask) {
	for (const deadline = Date.now() + PATIENCE_MS; Date.now() < deadline; await sleep(100)) {
		const answer = await ask();
		if (answer) return answer;
	}
	throw new Error(`${what}: it did not happen within ${PATIENCE_MS / 1000} s`);
}

const waits = async (id) =>
	await eventually(`execution ${id} waits`, async () => {
		const found = await execution(id);
		if (found.status === 'error') throw new Error(reasonOf(found));
		return found.status === 'waiting' && found;
	});
const stillWaits = async (id) => expect((await execution(id)).status).toBe('waiting');
const ends = async (id) => {
	const ended = await owner.client.ended(id, 100_000);
	expect({ status: ended.status, reason: ended.status === 'error' ? reasonOf(ended) : '' }).toEqual({ status: 'success', reason: '' });
	return ended;
};
const jsonOf = (ended, node) => outputOf(ended, node).map(({ json }) => json);
const runsOf = ({ data }, node) => data.resultData.runData[node]?.length ?? 0;

const post = async (url, body) =>
	await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, ...(body ? { body: JSON.stringify(body) } : {}) });
const play = async ({ url }, ending = 'complete') => expect((await post(`${url}/${ending}`)).status).toBe(200);
const callback = (journey, status) => ({ eventType: 'journey.update', current: { ...journey, status }, previous: journey, scope: null });
const deliveriesTo = async (url) => (await sandbox.call('GET', '/deliveries')).deliveries.filter((one) => one.url === url);

/** An execution that waits for its journey: { id, journey }. */
async function waiting(name, more) {
	const id = await start(await save(name, [START, create(), wait(more), after('After')]));
	const [journey] = jsonOf(await waits(id), 'Create');
	return { id, journey };
}

describe('in a published workflow', () => {
	const begin = async (name, ...line) => {
		const parameters = { httpMethod: 'POST', path: name };
		const webhook = { name: 'Begin', type: 'n8n-nodes-base.webhook', typeVersion: 2, webhookId: name, parameters };
		const workflow = await save(name, [webhook, ...line, after('After')]);
		await owner.client.publish(workflow);
		expect((await post(`${editorUrl}/webhook/${name}`)).status).toBe(200);
		const [{ id }] = await eventually('a run starts', async () => await begunOf(workflow));
		return id;
	};

	test('an execution waits and goes on', async () => {
		const id = await begin('journey-published', create(), wait());
		const [journey] = jsonOf(await waits(id), 'Create');
		await play(journey);
		expect(jsonOf(await ends(id), 'After')).toEqual([expect.objectContaining({ id: journey.id, outcome: 'complete' })]);
	});

	test('a callback that comes before the execution waits is refused by n8n, and yet nothing is lost', async () => {
		const customer = {
			name: 'Customer',
			type: 'n8n-nodes-base.httpRequest',
			typeVersion: 4.2,
			parameters: { method: 'POST', url: '={{ $json.url }}/complete', options: {} },
		};
		const id = await begin('journey-early', create(), customer, wait({ journey: byId("={{ $('Create').first().json.id }}") }));
		const ended = await ends(id);
		expect(jsonOf(ended, 'After')).toEqual([expect.objectContaining({ outcome: 'complete' })]);
		const { callbackUrl } = jsonOf(ended, 'Create')[0];
		const attempts = await eventually('n8n has answered', async () => {
			const [delivery] = await deliveriesTo(callbackUrl);
			return delivery.attempts.length > 0 && delivery.attempts;
		});
		expect(attempts[0]).toBe(409);
	});
});

test('forged, premature and empty calls do nothing; then the customer cancels, and a repeated callback does nothing', async () => {
	const { id, journey } = await waiting('Forged');
	const { callbackUrl } = journey;
	expect((await post(callbackUrl.split('?')[0], callback(journey, 'complete'))).status).toBe(401);
	expect((await post(callbackUrl, callback(journey, 'complete'))).status).toBe(503);
	expect((await post(callbackUrl, callback({ ...journey, id: 'another' }, 'complete'))).status).toBe(200);
	expect((await post(callbackUrl)).status).toBe(200);
	await stillWaits(id);
	await play(journey, 'cancel');
	const ended = await ends(id);
	expect(jsonOf(ended, 'After')).toEqual([expect.objectContaining({ id: journey.id, status: 'canceled', outcome: 'canceled' })]);
	expect((await post(callbackUrl, callback(journey, 'canceled'))).status).toBe(409);
	const again = await execution(id);
	expect([again.status, runsOf(again, 'After')]).toEqual(['success', 1]);
});

test('several callbacks at the same time let it go on once', async () => {
	const id = await start(await save('At once', [START, create({ callbackUrl: NOBODY }), wait(), after('After')]));
	const held = await waits(id);
	const [journey] = jsonOf(held, 'Create');
	await play(journey);
	const url = `${editorUrl}/webhook-waiting/${id}?signature=${held.data.resumeToken}`;
	const answers = await Promise.all([1, 2, 3, 4, 5].map(async () => (await post(url, callback(journey, 'complete'))).status));
	const ended = await ends(id);
	expect(answers.filter((status) => status === 200)).toHaveLength(1);
	expect(runsOf(ended, 'After')).toBe(1);
});

describe('several journeys in one execution', () => {
	test('are refused at once, with the way to do it', async () => {
		const id = await start(await save('Two items', [START, items(2), create(), wait()]));
		const failed = await owner.client.ended(id, PATIENCE_MS);
		expect(reasonOf(failed)).toMatch(/Wait: 'Wait for Outcome' takes one item at a time, but 2 came in .*Loop Over Items/);
	});

	test('are waited for one after the other in a loop, in whatever order their customers finish', async () => {
		const loop = { name: 'Loop', type: 'n8n-nodes-base.splitInBatches', typeVersion: 3, parameters: { options: {} }, onwards: 1 };
		const last = wait();
		const done = after('After');
		const workflow = await save(
			'Loop',
			[START, items(3), create(), loop, last],
			[
				{ from: last, to: loop },
				{ from: loop, output: 0, to: done },
			],
		);
		const id = await start(workflow);
		const [first, second, third] = jsonOf(await waits(id), 'Create');
		await play(third);
		await play(second, 'cancel');
		await sleep(500);
		await stillWaits(id);
		await play(first);
		const ended = await ends(id);
		expect(jsonOf(ended, 'After').map(({ id: journey, outcome }) => [journey, outcome])).toEqual([
			[first.id, 'complete'],
			[second.id, 'canceled'],
			[third.id, 'complete'],
		]);
	});
});

test("after its limit the item says 'timeout'; led back, it finds an outcome that nobody reported", async () => {
	const last = wait({ waitLimit: 0.01 });
	const isTimeout = {
		name: 'Timeout?',
		type: 'n8n-nodes-base.if',
		typeVersion: 2.2,
		parameters: {
			conditions: {
				options: { caseSensitive: true, leftValue: '', typeValidation: 'strict', version: 2 },
				combinator: 'and',
				conditions: [
					{ id: 'c', leftValue: '={{ $json.outcome }}', rightValue: 'timeout', operator: { type: 'string', operation: 'equals' } },
				],
			},
		},
	};
	const done = after('After');
	const id = await start(
		await save(
			'Timeout',
			[START, create({ callbackUrl: NOBODY }), last, isTimeout],
			[
				{ from: isTimeout, output: 0, to: last },
				{ from: isTimeout, output: 1, to: done },
			],
		),
	);
	const [journey] = jsonOf(await waits(id), 'Create');
	await play(journey);
	const ended = await ends(id);
	const outcomes = ended.data.resultData.runData.Wait.map(({ data }) => data.main[0].map(({ json }) => json.outcome));
	expect(outcomes).toEqual([['timeout'], ['complete']]);
	expect(jsonOf(ended, 'After')).toEqual([expect.objectContaining({ id: journey.id, outcome: 'complete' })]);
});

describe('the Fondo Journey Trigger', () => {
	const address = `${editorUrl}/webhook/journeys-of-no-run/journey`;
	let workflow;
	beforeAll(async () => {
		const trigger = fondo('Journey', {}, { type: 'n8n-nodes-fondo-finvis.fondoJourneyTrigger', webhookId: 'journeys-of-no-run' });
		workflow = await save('Journeys of no run', [trigger, after('After')]);
		await owner.client.publish(workflow);
	});

	test('starts one run for each journey that has ended, with what its creator gave along', async () => {
		const made = create({ callbackUrl: address, additionalFields: { partnerData: 'customer 17' } });
		const [journey] = jsonOf(await ends(await start(await save('Only create', [START, made]))), 'Create');
		expect((await post(address, callback(journey, 'complete'))).status).toBe(503);
		expect((await post(address, callback({ ...journey, id: '00000000-0000-4000-8000-000000000000' }, 'complete'))).status).toBe(404);
		expect(await begunOf(workflow)).toBeUndefined();
		await play(journey);
		const [{ id }] = await eventually('a run starts', async () => await begunOf(workflow));
		expect(jsonOf(await ends(id), 'After')).toEqual([
			expect.objectContaining({
				id: journey.id,
				clientId: CLIENT,
				outcome: 'complete',
				partnerData: 'customer 17',
				receivedAt: expect.any(String),
			}),
		]);
		expect((await post(address, callback(journey, 'complete'))).status).toBe(200);
		await sleep(500);
		expect(await begunOf(workflow)).toHaveLength(1);
	});
});

test('an execution that waits outlives a restart of n8n', async () => {
	const { id, journey } = await waiting('Restart');
	await n8n.stop();
	await n8n.start();
	owner = await signedIn();
	await stillWaits(id);
	await play(journey);
	expect(jsonOf(await ends(id), 'After')).toEqual([expect.objectContaining({ id: journey.id, outcome: 'complete' })]);
});
