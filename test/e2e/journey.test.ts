import { setTimeout as sleep } from 'node:timers/promises';
import type { INode, INodeParameters } from 'n8n-workflow';
import { useStack } from '../../tools/harness/jest/useStack';
import { jsonOf, reasonOf, runCountOf, type ExecutionRow, type SavedWorkflow } from '../../tools/harness/n8n/client';
import {
	byId,
	code,
	credentialsOf,
	inLine,
	manualTrigger,
	node,
	ourNode,
	ours,
	saveWorkflow,
	webhook,
	type Link,
} from '../../tools/harness/n8n/workflow';
import { until } from '../../tools/harness/until';

const { editorUrl, n8n, owner, sandbox } = useStack();

const CLIENT = 'cb9321dc-cab4-444a-8886-c22a18a4b149';
const NO_LISTENER = 'http://127.0.0.1:9/no-listener';
const PATIENCE_MS = 20_000;

/** What the steps Create and Wait show of a journey. */
interface Journey {
	readonly id: string;
	readonly url: string;
	readonly callbackUrl: string;
	readonly outcome?: string;
}

const START = manualTrigger();
const JOURNEY = { resource: 'journey', client: byId(CLIENT) };
const create = (parameters: INodeParameters = {}) =>
	ourNode(owner, 'fondo', { ...JOURNEY, operation: 'create', journeyType: 'createAccount', ...parameters }, { name: 'Create' });
const wait = (parameters: INodeParameters = {}) =>
	ourNode(owner, 'fondo', { ...JOURNEY, operation: 'waitForOutcome', journey: byId('={{ $json.id }}'), ...parameters }, { name: 'Wait' });
const customers = (count: number) =>
	code('Customers', `return Array.from({ length: ${count} }, (_, customer) => ({ json: { customer } }))`);
const after = (name: string) => node(name, 'n8n-nodes-base.noOp');

const save = async (name: string, nodes: readonly INode[], links?: readonly Link[]) => await saveWorkflow(owner, name, nodes, { links });
const start = async (workflow: SavedWorkflow) => await owner.client.start(workflow);

/** The executions of a workflow; undefined while there are none. */
async function begunOf(workflow: SavedWorkflow): Promise<ExecutionRow[] | undefined> {
	const executions = await owner.client.executions(workflow);
	return executions.length > 0 ? executions : undefined;
}

const execution = async (id: string) => await owner.client.execution(id);

const eventually = async <T>(what: string, ask: () => Promise<T | false | undefined>) =>
	await until<T>(ask, { what, timeoutMs: PATIENCE_MS, everyMs: 100 });

const waits = async (id: string) =>
	await eventually(`execution ${id} waits`, async () => {
		const found = await execution(id);
		if (found.status === 'error') throw new Error(reasonOf(found));
		return found.status === 'waiting' && found;
	});
const stillWaits = async (id: string) => expect((await execution(id)).status).toBe('waiting');
const ends = async (id: string) => {
	const ended = await owner.client.ended(id, 100_000);
	expect({ status: ended.status, reason: ended.status === 'error' ? reasonOf(ended) : '' }).toEqual({ status: 'success', reason: '' });
	return ended;
};

const post = async (url: string, body?: unknown) =>
	await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, ...(body ? { body: JSON.stringify(body) } : {}) });
const play = async ({ url }: Journey, ending = 'complete') => expect((await post(`${url}/${ending}`)).status).toBe(200);
const callback = (journey: Journey, status: string) => ({
	eventType: 'journey.update',
	current: { ...journey, status },
	previous: journey,
	scope: null,
});
const deliveriesTo = async (url: string) => (await sandbox.deliveries()).filter((one) => one.url === url);

/** An execution that waits for its journey: { id, journey }. */
async function waiting(name: string) {
	const id = await start(await save(name, [START, create(), wait(), after('After')]));
	const [journey] = jsonOf<Journey>(await waits(id), 'Create');
	return { id, journey };
}

describe('in a published workflow', () => {
	const begin = async (name: string, ...line: INode[]) => {
		const workflow = await save(name, [webhook(name, {}, 'Begin'), ...line, after('After')]);
		await owner.client.publish(workflow);
		expect((await post(`${editorUrl}/webhook/${name}`)).status).toBe(200);
		const [{ id }] = await eventually('a run starts', async () => await begunOf(workflow));
		return id;
	};

	test('an execution waits and goes on', async () => {
		const id = await begin('journey-published', create(), wait());
		const [journey] = jsonOf<Journey>(await waits(id), 'Create');
		await play(journey);
		expect(jsonOf(await ends(id), 'After')).toEqual([expect.objectContaining({ id: journey.id, outcome: 'complete' })]);
	});

	test('a callback that comes before the execution waits is refused by n8n, and yet nothing is lost', async () => {
		const call = { method: 'POST', url: '={{ $json.url }}/complete', options: {} };
		const customer = node('Customer', 'n8n-nodes-base.httpRequest', call, { typeVersion: 4.2 });
		const id = await begin('journey-early', create(), customer, wait({ journey: byId("={{ $('Create').first().json.id }}") }));
		const ended = await ends(id);
		expect(jsonOf(ended, 'After')).toEqual([expect.objectContaining({ outcome: 'complete' })]);
		const { callbackUrl } = jsonOf<Journey>(ended, 'Create')[0];
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
	expect([again.status, runCountOf(again, 'After')]).toEqual(['success', 1]);
});

test('several callbacks at the same time let it go on once', async () => {
	const id = await start(await save('At once', [START, create({ callbackUrl: NO_LISTENER }), wait(), after('After')]));
	const held = await waits(id);
	const [journey] = jsonOf<Journey>(held, 'Create');
	await play(journey);
	const url = `${editorUrl}/webhook-waiting/${id}?signature=${held.data.resumeToken}`;
	const answers = await Promise.all([1, 2, 3, 4, 5].map(async () => (await post(url, callback(journey, 'complete'))).status));
	const ended = await ends(id);
	expect(answers.filter((status) => status === 200)).toHaveLength(1);
	expect(runCountOf(ended, 'After')).toBe(1);
});

describe('several journeys in one execution', () => {
	test('are refused at once, with the way to do it', async () => {
		const id = await start(await save('Two items', [START, customers(2), create(), wait()]));
		const failed = await owner.client.ended(id, PATIENCE_MS);
		expect(reasonOf(failed)).toMatch(/Wait: 'Wait for Outcome' takes one item at a time, but 2 came in .*Loop Over Items/);
	});

	test('are waited for one after the other in a loop, in whatever order their customers finish', async () => {
		const loop = node('Loop', 'n8n-nodes-base.splitInBatches', { options: {} }, { typeVersion: 3 });
		const before = [START, customers(3), create(), loop];
		const workflow = await save(
			'Loop',
			[...before, wait(), after('After')],
			[...inLine(before), { from: 'Loop', output: 1, to: 'Wait' }, { from: 'Wait', to: 'Loop' }, { from: 'Loop', output: 0, to: 'After' }],
		);
		const id = await start(workflow);
		const [first, second, third] = jsonOf<Journey>(await waits(id), 'Create');
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

test("after its limit the item says 'timeout'; led back, it finds an outcome that no callback reported", async () => {
	const conditions = {
		options: { caseSensitive: true, leftValue: '', typeValidation: 'strict', version: 2 as const },
		combinator: 'and' as const,
		conditions: [
			{
				id: 'c',
				leftValue: '={{ $json.outcome }}',
				rightValue: 'timeout',
				operator: { type: 'string' as const, operation: 'equals' as const },
			},
		],
	};
	const isTimeout = node('Timeout?', 'n8n-nodes-base.if', { conditions }, { typeVersion: 2.2 });
	const before = [START, create({ callbackUrl: NO_LISTENER }), wait({ waitLimit: 0.01 }), isTimeout];
	const id = await start(
		await save(
			'Timeout',
			[...before, after('After')],
			[...inLine(before), { from: 'Timeout?', output: 0, to: 'Wait' }, { from: 'Timeout?', output: 1, to: 'After' }],
		),
	);
	const [journey] = jsonOf<Journey>(await waits(id), 'Create');
	await play(journey);
	const ended = await ends(id);
	const outcomes = ended.data.resultData.runData.Wait.map(({ data }) => data?.main[0]?.map(({ json }) => json.outcome));
	expect(outcomes).toEqual([['timeout'], ['complete']]);
	expect(jsonOf(ended, 'After')).toEqual([expect.objectContaining({ id: journey.id, outcome: 'complete' })]);
});

describe('the Fondo Journey Trigger', () => {
	const address = `${editorUrl}/webhook/journeys-of-no-run/journey`;
	let workflow: SavedWorkflow;
	beforeAll(async () => {
		const type = ours('fondoJourneyTrigger');
		const credentials = credentialsOf(type, owner.credentials);
		const trigger = node('Journey', type, { options: {} }, { webhookId: 'journeys-of-no-run', credentials });
		workflow = await save('Journeys of no run', [trigger, after('After')]);
		await owner.client.publish(workflow);
	});

	test('starts one run for each journey that has ended, with what its creator gave along', async () => {
		const made = create({ callbackUrl: address, additionalFields: { partnerData: 'customer 17' } });
		const [journey] = jsonOf<Journey>(await ends(await start(await save('Only create', [START, made]))), 'Create');
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
	await owner.signIn();
	await stillWaits(id);
	await play(journey);
	expect(jsonOf(await ends(id), 'After')).toEqual([expect.objectContaining({ id: journey.id, outcome: 'complete' })]);
});
